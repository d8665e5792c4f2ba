namespace LogisticsAdmin.Features.Fees.Mine;

/// <summary>Resources for the fees of residents.</summary>
public sealed class MyFeesText;
