namespace LogisticsAdmin.Features.Imports;

/// <summary>Resources of the import wizard and its batches.</summary>
public sealed class ImportsText;
