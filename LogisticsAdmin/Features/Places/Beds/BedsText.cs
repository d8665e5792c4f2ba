namespace LogisticsAdmin.Features.Places.Beds;

/// <summary>Words of beds and who lives in them.</summary>
public sealed class BedsText;
