namespace LogisticsAdmin.Features.Onboarding.Leaving;

/// <summary>How far somebody who leaves is. It is derived and not stored.</summary>
public enum LeaverState
{
    /// <summary>待验房.</summary>
    ToInspect = 1,

    /// <summary>待赔偿: damage was found and is not paid.</summary>
    OwesDamage = 2,

    /// <summary>已验房.</summary>
    Inspected = 3,

    /// <summary>已退宿.</summary>
    Left = 4,
}
