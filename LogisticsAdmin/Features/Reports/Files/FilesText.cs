namespace LogisticsAdmin.Features.Reports.Files;

/// <summary>Words of the report's documents, of their jobs, and of the settings of the draft.</summary>
public sealed class FilesText;
