namespace LogisticsAdmin.Features.Onboarding.Choosing;

/// <summary>What a student sees of a bed.</summary>
public enum BedMark
{
    /// <summary>可选.</summary>
    Free = 1,

    /// <summary>Somebody is about to choose it.</summary>
    Held = 2,

    /// <summary>已选, or somebody lives there.</summary>
    Taken = 3,

    /// <summary>The reader holds or chose it.</summary>
    Mine = 4,
}
