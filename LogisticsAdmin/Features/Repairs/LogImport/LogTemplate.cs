using System.Text;

namespace LogisticsAdmin.Features.Repairs.LogImport;

/// <summary>A sentence with <c>{Column}</c> placeholders. A blank column is dropped together with the punctuation and spaces before it.</summary>
public sealed class LogTemplate
{
    private readonly List<(string Before, string? Column)> _pieces = [];

    public LogTemplate(string template)
    {
        var at = 0;
        while (template.IndexOf('{', at) is var open and >= 0 && template.IndexOf('}', open) is var close and >= 0)
        {
            _pieces.Add((template[at..open], template[(open + 1)..close]));
            at = close + 1;
        }
        _pieces.Add((template[at..], null));
    }

    public IEnumerable<string> Columns => _pieces.Select(p => p.Column).OfType<string>();

    /// <summary>The filled text, or the beginning of one that is longer than <paramref name="most"/> characters.</summary>
    public string Fill(Func<string, string?> value, int most)
    {
        var text = new StringBuilder();
        foreach (var (before, column) in _pieces)
        {
            var found = column is null ? "" : value(column);
            // Separators before a blank column are dropped with it, and so are separators at the start of the text.
            var joined = found is null ? before.TrimEnd(Joining) : before;
            text.Append(text.Length == 0 && column is not null ? joined.TrimStart(Joining) : joined).Append(found);
            // Only white space at its ends could still be dropped: a text of twice the limit is too long whatever follows.
            if (text.Length > 2 * most) break;
        }
        return text.ToString().Trim();
    }

    private static readonly char[] Joining = [' ', '\t', ',', ';', ':', '.', '-', '–', '—', '/', '|', '，', '；', '：', '。', '、', '·'];
}
