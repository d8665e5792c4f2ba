using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Reading;

namespace LogisticsAdmin.Features.Repairs.LogImport;

/// <summary>A log read by a map: rows that can become tickets, and those that can't, with line and reason.</summary>
internal sealed record LogFile(int Read, IReadOnlyList<LogRow> Rows, IReadOnlyList<RejectedLine> Refused)
{
    private const int MaxSheetsTried = 12;

    /// <summary>Reads the first sheet that has the map's columns. Refuses what the import page refuses, and a file that lacks a column of the map.</summary>
    public static LogFile ReadFrom(Stream stream, LogMap map, DateTimeOffset now, CancellationToken ct = default)
    {
        using var file = SheetFile.Open(stream, "", SheetLimits.OnTheServer, TimeProvider.System, ct);
        var table = file.Read(file.Sheets[0], ct: ct);
        foreach (var sheet in file.Sheets.Take(MaxSheetsTried).Skip(1))
        {
            if (map.Columns.Except(HeaderOf(table)).Any() && TryRead(file, sheet, ct) is { } other && !map.Columns.Except(HeaderOf(other)).Any()) table = other;
        }
        var header = HeaderOf(table);
        var fields = table.Rows[0].Record?.Fields ?? header.Count;
        var reader = new LogReader(map, Columns(header, map), fields, now);
        List<LogDraft> drafts = [];
        List<RejectedLine> refused = [];
        Dictionary<string, int> keys = [];
        foreach (var (i, row) in table.Rows.Index().Skip(1))
        {
            ct.ThrowIfCancellationRequested();
            var (line, found) = (row.Record?.Line ?? row.Number, row.Record?.Fields ?? Math.Max(row.Cells.Count, fields));
            try
            {
                if (row.Record is { HasTextAfterQuote: true } or { HasOpenQuote: true }) throw new LogRowRefused("BadQuotes");
                if (found != fields) throw new LogRowRefused("FieldCount", found, fields);
                var draft = reader.Read(row.Cells, line, table.Ordinal(0, i));
                if (!keys.TryAdd(draft.Row.Key, line)) throw new LogRowRefused("DuplicateKey", draft.Row.Key, keys[draft.Row.Key]);
                drafts.Add(draft);
            }
            catch (LogRowRefused why)
            {
                refused.Add(new RejectedLine(line, why.Code, why.Args));
            }
        }
        return new LogFile(table.Rows.Count - 1, Settle(drafts, map), refused);
    }

    private static List<string> HeaderOf(SheetTable table) => [.. table.Rows[0].Cells.Select(c => c.Text.Trim())];

    /// <summary>Null for an empty sheet.</summary>
    private static SheetTable? TryRead(SheetFile file, SheetInfo sheet, CancellationToken ct)
    {
        try
        {
            return file.Read(sheet, ct: ct);
        }
        catch (Rejected refused) when (refused.Code == "SheetEmpty")
        {
            return null;
        }
    }

    private static Dictionary<string, int> Columns(List<string> header, LogMap map)
    {
        var wanted = map.Columns;
        if (wanted.FirstOrDefault(c => header.Count(h => h == c) > 1) is { } twice) throw Rejected.Because<LogMapText>("ColumnTwice", twice);
        var missing = wanted.Except(header).ToList();
        if (missing.Count > 0) throw Rejected.Because<LogMapText>("ColumnsMissing", string.Join(", ", missing));
        return wanted.ToDictionary(c => c, c => header.IndexOf(c));
    }

    /// <summary>Sorts by submission, and reopens as New what was submitted within the map's number of days before the end of the log.</summary>
    public static List<LogRow> Settle(List<LogDraft> drafts, LogMap map)
    {
        if (drafts.Count == 0) return [];
        var newest = map.Status.Newest?.ToDateTime(TimeOnly.MinValue) ?? drafts.Max(d => d.LocalSubmitted);
        return
        [
            .. drafts.Select(d => (newest - d.LocalSubmitted).TotalDays <= map.Status.OpenWithinDaysOfNewest
                    ? d.Row with { Status = TicketStatus.New, EndedAt = null } : d.Row)
                .OrderBy(r => r.SubmittedAt),
        ];
    }
}
