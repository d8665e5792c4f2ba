using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Reports.Figures;

/// <summary>A line of a table: a key of its dimension, null for rows without one, and the figures of its rows.</summary>
public sealed record TableLine(long? Key, LocalName? Name, IReadOnlyList<FigureValue> Values);
