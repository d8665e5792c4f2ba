namespace LogisticsAdmin.Features.Repairs.LogImport;

/// <summary>Words of logs that are read through a mapping: the mapping editor, why a record is left out, the command.</summary>
public sealed class LogMapText;
