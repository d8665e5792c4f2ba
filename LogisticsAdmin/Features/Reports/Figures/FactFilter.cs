using LogisticsAdmin.Registries;

namespace LogisticsAdmin.Features.Reports.Figures;

/// <summary>Restricts rows to one key of each of some dimensions: a crew, a campus. Sections without the dimension are not restricted.</summary>
public sealed record FactFilter
{
    public static readonly FactFilter None = new();

    private readonly (string Dimension, long? Key)[] _keys = [];

    public bool IsEmpty => _keys.Length == 0;

    public IReadOnlyList<(string Dimension, long? Key)> Keys => _keys;

    private FactFilter(params (string, long?)[] keys) => _keys = keys;

    public static FactFilter Of(string dimension, long? key) => new((dimension, key));

    public FactFilter And(string dimension, long? key) => new([.. _keys, (dimension, key)]);

    /// <summary>What the rows of this section must fulfil.</summary>
    public Func<FactRow, bool> For(SectionLayout layout)
    {
        var wanted = _keys.Select(k => (Place: layout.PlaceOfDimension(k.Dimension), k.Key)).Where(k => k.Place >= 0).ToArray();
        return wanted.Length switch
        {
            0 => _ => true,
            1 => row => row.Keys[wanted[0].Place] == wanted[0].Key,
            _ => row => wanted.All(w => row.Keys[w.Place] == w.Key),
        };
    }
}
