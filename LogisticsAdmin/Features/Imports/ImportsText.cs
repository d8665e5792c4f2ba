namespace LogisticsAdmin.Features.Imports;

/// <summary>Words of the import wizard and its batches.</summary>
public sealed class ImportsText;
