namespace LogisticsAdmin.Features.Fees.Kinds;

/// <summary>Words of the kinds of fees.</summary>
public sealed class KindsText;
