namespace LogisticsAdmin.Features.Places;

/// <summary>Words of places.</summary>
public sealed class PlacesText;
