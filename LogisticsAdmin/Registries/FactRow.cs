namespace LogisticsAdmin.Registries;

/// <summary>
/// One thing that a period's figures count, such as a ticket. Immutable. The positions are those of the section's lists: bit n of
/// <paramref name="Counted"/> and <paramref name="Base"/> belongs to the n-th figure.
/// </summary>
/// <param name="Id">The id of the thing.</param>
/// <param name="Counted">The figures that count or measure it.</param>
/// <param name="Base">The shares whose denominator it belongs to.</param>
/// <param name="Keys">Its key in each dimension; null where it has none.</param>
/// <param name="Times">Its moments, as UTC ticks.</param>
/// <param name="Measures">Its measures, in the smallest part of their unit.</param>
public sealed record FactRow(long Id, UInt128 Counted, UInt128 Base, long?[] Keys, long?[] Times, long?[] Measures)
{
    /// <summary>What the row is a part of and changes with, as a line does with its order; null where it stands for itself.</summary>
    public long? Thing { get; init; }

    /// <summary>How changes name it: see <see cref="FactsChange"/>.</summary>
    public long ChangesAs => Thing ?? Id;

    public bool IsCounted(int figure) => (Counted >> figure & 1) == 1;

    public bool IsInBase(int figure) => (Base >> figure & 1) == 1;
}
