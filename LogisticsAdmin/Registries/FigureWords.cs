using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Registries;

/// <param name="Name">The name, as in tables.</param>
/// <param name="Counted">Which rows are counted or measured: the numerator of a share.</param>
/// <param name="Base">Which rows are the denominator of a share; null for other figures.</param>
/// <param name="Date">By which date a row belongs to the period.</param>
public sealed record FigureWords(LocalName Name, LocalName Counted, LocalName? Base, LocalName Date);
