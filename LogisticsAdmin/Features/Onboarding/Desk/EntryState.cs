namespace LogisticsAdmin.Features.Onboarding.Desk;

/// <summary>How far a freshman is, as the desk and the lists show it.</summary>
public enum EntryState
{
    /// <summary>未选床: is expected and has no bed.</summary>
    WithoutBed = 1,

    /// <summary>待报到: has a bed and is expected.</summary>
    WithBed = 2,

    /// <summary>已报到.</summary>
    Arrived = 3,

    /// <summary>放弃入学.</summary>
    Withdrawn = 4,
}
