using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Spreadsheets.Importing;

/// <summary>The values a column allows, found by whatever offices call them.</summary>
internal sealed class ChoiceList
{
    // A message that lists hundreds of buildings is read by nobody.
    private const int Named = 12;

    private static readonly char[] Separators = [',', '，', ';', '；', '/', '／', '、', '|', '\n', '\r'];

    private readonly Dictionary<string, string> _values = [];

    public ChoiceList(IReadOnlyList<ImportChoice> choices)
    {
        foreach (var choice in choices) _values.TryAdd(Key(choice.Value), choice.Value);
        foreach (var (choice, called) in choices.SelectMany(c => c.AlsoCalled.Prepend(c.Name.En).Prepend(c.Name.Zh).Select(n => (c, n))))
            if (Key(called) is { Length: > 0 } key) _values.TryAdd(key, choice.Value);
        var more = choices.Count > Named ? "…" : "";
        Allowed = new LocalName(
            string.Join('、', choices.Take(Named).Select(c => c.Name.Zh)) + more,
            string.Join(", ", choices.Take(Named).Select(c => c.Name.En.Length > 0 ? c.Name.En : c.Name.Zh)) + more);
    }

    /// <summary>What may be written, for messages in either language.</summary>
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
