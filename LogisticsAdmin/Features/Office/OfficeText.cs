namespace LogisticsAdmin.Features.Office;

/// <summary>Words of the slice; see the resource files beside it.</summary>
public sealed class OfficeText;
