using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Registries;

/// <summary>What is measured of a row, such as its cost; see <see cref="FigureUnit"/> for how it is stored.</summary>
public sealed record ReportMeasure(string Code, LocalName Name, FigureUnit Unit);
