using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Registries;

/// <summary>A table of a section: one line for each key of a dimension, one column for each figure.</summary>
/// <param name="Code">Unique in its section.</param>
/// <param name="Caption">The caption.</param>
/// <param name="Dimension">The dimension of its lines.</param>
/// <param name="Figures">The figures of its columns.</param>
/// <param name="Top">How many lines, those with the highest first figure; null for all, in the order of their names or numbers.</param>
public sealed record ReportTableLayout(string Code, LocalName Caption, string Dimension, IReadOnlyList<string> Figures, int? Top = null);
