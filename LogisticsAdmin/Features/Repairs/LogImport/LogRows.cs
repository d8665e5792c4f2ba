using System.Globalization;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;
using LogisticsAdmin.Spreadsheets.Reading;

namespace LogisticsAdmin.Features.Repairs.LogImport;

/// <summary>One row of a log as the map reads it; not yet a ticket.</summary>
internal sealed record LogRow(
    int Line, string Key, DateTimeOffset SubmittedAt, DateTimeOffset? EndedAt, TicketStatus Status, string Description,
    string Category, Urgency Urgency, PlaceMap Place, string? Reporter, string? Technician, int? Stars, Money? Cost);

/// <summary>A row whose final status depends on the newest submission of the file.</summary>
internal sealed record LogDraft(LogRow Row, DateTime LocalSubmitted);

/// <summary>Converts records to rows by a map. Throws <see cref="LogRowRefused"/> for what can't be read instead of guessing.</summary>
internal sealed class LogReader(LogMap map, IReadOnlyDictionary<string, int> columns, int headers, DateTimeOffset now)
{
    private readonly CultureInfo _culture = CultureInfo.GetCultureInfo(map.Culture);
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(map.TimeZone);
    private readonly HashSet<string> _blanks = [.. map.Blanks];
    private readonly LogTemplate _template = new(map.Description.Template);

    public LogDraft Read(IReadOnlyList<Cell> cells, int line, int ordinal)
    {
        var fields = Fields(cells);
        DemandNoDays(cells);
        var key = string.Join('|', map.Key.Select(k => k == LogMap.RowKey ? ordinal.ToString(CultureInfo.InvariantCulture) : Value(fields, k)));
        if (key.Trim('|').Length == 0) throw new LogRowRefused("NoKey");
        if (key.Length > RepairLimits.SourceKey) throw new LogRowRefused("KeyTooLong", RepairLimits.SourceKey);

        var submitted = Read(fields, map.SubmittedAt) ?? throw new LogRowRefused("NoTime", map.SubmittedAt.Column);
        var submittedAt = Moment(submitted, notBefore: DateTimeOffset.MinValue);
        if (submittedAt > now) throw new LogRowRefused("Future", Value(fields, map.SubmittedAt.Column));
        var status = map.Status.Column is { } column && Value(fields, column) is { } given && map.Status.Map.TryGetValue(given, out var mapped)
            ? mapped : map.Status.Default;

        DateTimeOffset? endedAt = null;
        if (status.IsEnded() && map.ClosedAt is { } closed && Read(fields, closed) is { } ended)
        {
            endedAt = Moment(ended, notBefore: submittedAt);
            if (endedAt < submittedAt) throw new LogRowRefused("EndsBeforeStart", Value(fields, closed.Column));
            if (endedAt > now) throw new LogRowRefused("Future", Value(fields, closed.Column));
        }

        var description = _template.Fill(c => Value(fields, c), RepairLimits.Description);
        if (description.Length == 0) throw new LogRowRefused("NoDescription");
        if (description.Length > RepairLimits.Description) throw new LogRowRefused("DescriptionTooLong", RepairLimits.Description);

        return new LogDraft(new LogRow(line, key, submittedAt, endedAt, status, description, Map(fields, map.Category), Map(fields, map.Urgency),
            Map(fields, map.Place), Value(fields, map.Reporter), Value(fields, map.Technician), Stars(fields, status), Cost(fields)),
            submitted.Kind == DateTimeKind.Utc ? TimeZoneInfo.ConvertTimeFromUtc(submitted, _zone) : submitted);
    }

    /// <summary>Refuses a number, a room or another code that Excel turned into a date, in a column where the map expects none.</summary>
    private void DemandNoDays(IReadOnlyList<Cell> cells)
    {
        foreach (var column in map.CodeColumns)
        {
            if (columns[column] is var at && at < cells.Count && TypedDate.IsMadeByExcel(cells[at]))
                throw new LogRowRefused("BecameDay", column, cells[at].Text.Trim());
        }
    }

    /// <summary>The displayed text of the cells; a date that Excel stores as a number is written in the first format of the map.</summary>
    private string[] Fields(IReadOnlyList<Cell> cells)
    {
        var fields = new string[headers];
        for (var i = 0; i < headers; i++) fields[i] = i < cells.Count ? cells[i].Text : "";
        foreach (var moment in new[] { map.SubmittedAt, map.ClosedAt }.OfType<MomentMap>())
        {
            if (columns[moment.Column] is var at && at < cells.Count && cells[at] is { Kind: CellKind.Date } cell && SerialDate.Moment(cell.Number) is { } wall)
                fields[at] = Written(wall, moment.Formats[0]);
        }
        return fields;
    }

    /// <summary>With the map's time zone where the format has one. In the last year, an offset could leave the range of DateTimeOffset.</summary>
    private string Written(DateTime wall, string format) =>
        wall.Year < 9999 ? new DateTimeOffset(wall, _zone.GetUtcOffset(wall)).ToString(format, _culture) : wall.ToString(_culture);

    /// <summary>Null when the cell is empty or holds one of the map's blanks.</summary>
    private string? Value(string[] fields, string column)
    {
        var value = fields[columns[column]].Trim();
        return value.Length == 0 || _blanks.Contains(value) ? null : value;
    }

    private string? Value(string[] fields, ColumnMap? column) => column is null ? null : Value(fields, column.Column);

    /// <summary>Stars of a ticket that is not closed are ignored, since the reporter rates closed ones only.</summary>
    private int? Stars(string[] fields, TicketStatus status)
    {
        if (Value(fields, map.Rating) is not { } text || status != TicketStatus.Closed) return null;
        return TypedText.Number(TypedUnit.Stars(TypedText.Clean(text))) is { } stars and (1 or 2 or 3 or 4 or 5)
            ? (int)stars : throw new LogRowRefused("BadRating", map.Rating!.Column, text);
    }

    private T Map<T>(string[] fields, ValueMap<T> values) => values.Of(values.Column is null ? null : Value(fields, values.Column));

    /// <summary>Rounded to the fen, the precision in which amounts are displayed.</summary>
    private Money? Cost(string[] fields)
    {
        if (map.Cost is not { } cost || Value(fields, cost.Column) is not { } text) return null;
        return decimal.TryParse(text, NumberStyles.Number | NumberStyles.AllowExponent, _culture, out var amount) && Money.IsInRange(amount)
            ? Money.Round(amount) : throw new LogRowRefused("BadCost", cost.Column, text);
    }

    /// <summary>A local time of the map's zone, or a UTC time when the text has an offset of its own; that is not the server's zone.</summary>
    private DateTime? Read(string[] fields, MomentMap moment)
    {
        if (Value(fields, moment.Column) is not { } text) return null;
        // In the first and last year, applying a UTC offset could leave the range of DateTimeOffset.
        foreach (var format in moment.Formats)
        {
            if (DateTime.TryParseExact(text, format, _culture, DateTimeStyles.AllowWhiteSpaces | DateTimeStyles.AdjustToUniversal, out var read)
                && read.Year is > 1 and < 9999)
            {
                return read;
            }
        }
        throw new LogRowRefused("BadTime", moment.Column, text);
    }

    /// <summary>
    /// Converts a local time of the map's zone. A time skipped by the spring clock change is moved later by the skipped amount. Of a time
    /// that occurs twice in autumn, the first occurrence not before <paramref name="notBefore"/> is used.
    /// </summary>
    private DateTimeOffset Moment(DateTime local, DateTimeOffset notBefore)
    {
        if (local.Kind == DateTimeKind.Utc) return new DateTimeOffset(local);
        if (!_zone.IsAmbiguousTime(local)) return new DateTimeOffset(local, _zone.GetUtcOffset(local)).ToUniversalTime();
        var readings = _zone.GetAmbiguousTimeOffsets(local).Select(offset => new DateTimeOffset(local, offset).ToUniversalTime()).Order().ToList();
        return readings.FirstOrDefault(r => r >= notBefore, readings[^1]);
    }
}

/// <summary>Why a row is not imported: the resource key "Import.Code" of LogMapText, and its arguments.</summary>
internal sealed class LogRowRefused(string code, params object?[] args) : Exception(code)
{
    public string Code { get; } = code;
    public IReadOnlyList<object?> Args { get; } = args;
}
