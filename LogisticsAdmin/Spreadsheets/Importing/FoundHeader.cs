using System.Security.Cryptography;
using System.Text;

namespace LogisticsAdmin.Spreadsheets.Importing;

/// <summary>
/// Where a table's header is: <paramref name="Row"/> is its place among the table's rows and <paramref name="FirstData"/> the place of the
/// first row below that is no remark about it. One header per column, each different. <paramref name="Columns"/> says which column of the
/// sheet each recognised column of the kind is.
/// </summary>
public sealed record FoundHeader(int Row, int FirstData, IReadOnlyList<string> Headers, IReadOnlyDictionary<string, int> Columns)
{
    /// <summary>The same for the same headers in the same order, whatever their spaces and width: what a mapping is remembered by.</summary>
    public string Fingerprint { get; } =
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001F', Headers.Select(h => HeaderName.Of(h).Whole))))[..16]);

    /// <summary>With a mapping that was remembered or chosen instead of the guess; what it names and the sheet has not is left out.</summary>
    public FoundHeader With(IReadOnlyDictionary<string, int> columns)
    {
        HashSet<int> used = [];
        return this with
        {
            Columns = columns.OrderBy(c => c.Key, StringComparer.Ordinal)
                .Where(c => c.Value >= 0 && c.Value < Headers.Count && used.Add(c.Value)).ToDictionary(),
        };
    }
}
