using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Spreadsheets.Importing;

/// <summary>The values that a column allows, found by any of their names.</summary>
internal sealed class ChoiceList
{
    // Nobody reads a message that lists hundreds of buildings.
    private const int MaxNamed = 12;

    private static readonly char[] Separators = [',', '，', ';', '；', '/', '／', '、', '|', '\n', '\r'];

    private readonly Dictionary<string, string> _values = [];

    public ChoiceList(IReadOnlyList<ImportChoice> choices)
    {
        foreach (var choice in choices) _values.TryAdd(Key(choice.Value), choice.Value);
        foreach (var (choice, called) in choices.SelectMany(c => c.Aliases.Prepend(c.Name.En).Prepend(c.Name.Zh).Select(n => (c, n))))
            if (Key(called) is { Length: > 0 } key) _values.TryAdd(key, choice.Value);
        var more = choices.Count > MaxNamed ? "…" : "";
        Allowed = new LocalName(
            string.Join('、', choices.Take(MaxNamed).Select(c => c.Name.Zh)) + more,
            string.Join(", ", choices.Take(MaxNamed).Select(c => c.Name.En.Length > 0 ? c.Name.En : c.Name.Zh)) + more);
    }

    /// <summary>The allowed names, for messages in either language.</summary>
    public LocalName Allowed { get; }

    public string? Find(string text) => _values.GetValueOrDefault(Key(text));

    public IReadOnlyList<string> FindAll(string text, out string? unknown)
    {
        unknown = null;
        if (Find(text) is { } whole) return [whole];
        List<string> found = [];
        foreach (var part in text.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (TypedText.IsBlank(part)) continue;
            if (Find(part) is not { } value) unknown ??= part;
            else if (!found.Contains(value)) found.Add(value);
        }
        return found;
    }

    private static string Key(string text) => TypedText.WithoutPoint(TypedText.Clean(text)).Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
}
