using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Registries;

/// <summary>All rows of a section that count in a period, as they were known at <paramref name="AsOf"/>.</summary>
/// <param name="Rows">The rows; none is counted nowhere.</param>
/// <param name="Names">The names of the keys of each dimension.</param>
/// <param name="AsOf">The moment of reading. Of a period that has not ended, nothing after it counts.</param>
public sealed record SectionFacts(
    IReadOnlyList<FactRow> Rows, IReadOnlyDictionary<string, IReadOnlyDictionary<long, LocalName>> Names, DateTimeOffset AsOf);
