namespace LogisticsAdmin.Features.Fees.Metering;

/// <summary>What is done with a reading.</summary>
public enum ReadingAct
{
    Record = 1,

    /// <summary>更正: another reading takes its place.</summary>
    Correct = 2,

    /// <summary>估抄.</summary>
    Estimate = 3,
}
