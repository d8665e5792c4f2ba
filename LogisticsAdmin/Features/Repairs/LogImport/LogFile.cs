using System.Text;
using CsvHelper;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.LogImport;

/// <summary>A CSV file read by a map: rows that can become tickets, and those that can't, with line and reason.</summary>
internal sealed record LogFile(int Read, IReadOnlyList<LogRow> Rows, IReadOnlyList<RejectedLine> Refused)
{
    // Strict: bytes that are not UTF-8 are refused, not replaced by question marks.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Refuses a file without the map's columns, one without a header, and one that is not UTF-8 text.</summary>
    public static async Task<LogFile> ReadAsync(Stream stream, LogMap map, DateTimeOffset now, CancellationToken ct = default)
    {
        HashSet<long> malformed = [];
        using var text = new StreamReader(stream, Utf8);
        using var csv = CsvReader.Create(text, new CsvReaderOptions
        {
            Separator = ',',
            TrackLineNumbers = true,
            // A quote inside an unquoted field can only be meant as text; the other two leave open what was meant.
            OnMalformedRecord = record =>
            {
                if (record.Reason is CsvMalformedReason.TextAfterClosingQuote or CsvMalformedReason.UnterminatedQuote) malformed.Add(record.LineNumber);
            },
        });
        try
        {
            await csv.ReadHeaderAsync(ct);
            var header = csv.Headers.Select(h => h.Trim()).ToList();
            if (header.Count == 0) throw Rejected.Because<RepairsText>("FileEmpty");
            var reader = new LogReader(map, Columns(header, map), now);
            List<LogDraft> drafts = [];
            List<RejectedLine> refused = [];
            Dictionary<string, int> keys = [];
            var read = 0;
            while (await csv.ReadAsync(ct))
            {
                var line = (int)csv.LineNumber;
                read++;
                try
                {
                    if (malformed.Contains(line)) throw new LogRowRefused("BadQuotes");
                    if (csv.FieldCount != header.Count) throw new LogRowRefused("FieldCount", csv.FieldCount, header.Count);
                    var draft = reader.Read(csv.Current.ToArray(), line, read);
                    if (!keys.TryAdd(draft.Row.Key, line)) throw new LogRowRefused("DuplicateKey", draft.Row.Key, keys[draft.Row.Key]);
                    drafts.Add(draft);
                }
                catch (LogRowRefused why)
                {
                    refused.Add(new RejectedLine(line, why.Code, why.Args));
                }
            }
            return new LogFile(read, Settle(drafts, map), refused);
        }
        catch (DecoderFallbackException)
        {
            throw Rejected.Because<RepairsText>("FileNotUtf8");
        }
        catch (CsvFormatException e)
        {
            throw Rejected.Because<RepairsText>("FileUnreadable", e.Message);
        }
    }

    private static Dictionary<string, int> Columns(List<string> header, LogMap map)
    {
        var wanted = map.Columns;
        if (wanted.FirstOrDefault(c => header.Count(h => h == c) > 1) is { } twice) throw Rejected.Because<RepairsText>("ColumnTwice", twice);
        var missing = wanted.Except(header).ToList();
        if (missing.Count > 0) throw Rejected.Because<RepairsText>("ColumnsMissing", string.Join(", ", missing));
        return wanted.ToDictionary(c => c, c => header.IndexOf(c));
    }

    /// <summary>Submission order, and open whatever was submitted near the end of the log.</summary>
    public static List<LogRow> Settle(List<LogDraft> drafts, LogMap map)
    {
        if (drafts.Count == 0) return [];
        var newest = map.Status.Newest?.ToDateTime(TimeOnly.MinValue) ?? drafts.Max(d => d.LocalSubmitted);
        return [.. drafts.Select(d => (newest - d.LocalSubmitted).TotalDays <= map.Status.OpenWithinDaysOfNewest ? d.Row with { Status = TicketStatus.New, EndedAt = null } : d.Row).OrderBy(r => r.SubmittedAt)];
    }
}
