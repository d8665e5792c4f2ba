namespace LogisticsAdmin.Features.Fees.MoveOut;

/// <summary>Resources for move-out statements.</summary>
public sealed class MoveOutText;
