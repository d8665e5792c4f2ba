using System.Security.Cryptography;
using System.Text;

namespace LogisticsAdmin.Spreadsheets.Importing;

/// <summary>
/// The header of a table: <paramref name="Row"/> is its index among the table's rows, <paramref name="FirstData"/> the index of the first
/// data row. <paramref name="Headers"/> has one unique name per column; <paramref name="Columns"/> maps the kind's columns to columns of
/// the sheet.
/// </summary>
public sealed record FoundHeader(int Row, int FirstData, IReadOnlyList<string> Headers, IReadOnlyDictionary<string, int> Columns)
{
    /// <summary>Equal for the same headers in the same order, ignoring spaces and full-width forms. A remembered mapping is found by it.</summary>
    public string Fingerprint { get; } =
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001F', Headers.Select(h => HeaderName.Of(h).Whole))))[..16]);

    /// <summary>With these columns instead of the recognised ones; columns that the sheet does not have are left out.</summary>
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
