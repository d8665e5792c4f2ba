namespace LogisticsAdmin.Features.Fees.Arrears;

/// <summary>Resources for arrears, reminders, cut-offs and what their settings are.</summary>
public sealed class ArrearsText;
