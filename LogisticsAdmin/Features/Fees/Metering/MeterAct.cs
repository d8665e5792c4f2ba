namespace LogisticsAdmin.Features.Fees.Metering;

/// <summary>What is done with a meter.</summary>
public enum MeterAct
{
    Install = 1,
    Describe = 2,

    /// <summary>Other rooms, or other shares, from a day on.</summary>
    Share = 3,

    /// <summary>换表: another meter takes its place.</summary>
    Replace = 4,
    Remove = 5,
}
