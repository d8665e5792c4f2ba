using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.LogImport;

/// <summary>
/// How the columns of a log from another system map to repair tickets: see seeds/README.md, "import/*.map.json". All keys are required but
/// technician and rating.
/// </summary>
public sealed record LogMap
{
    public required string Source { get; init; }
    public required string Culture { get; init; }
    public required string TimeZone { get; init; }
    public required IReadOnlyList<string> Blanks { get; init; }
    public required IReadOnlyList<string> Key { get; init; }
    public required MomentMap SubmittedAt { get; init; }
    public required MomentMap? ClosedAt { get; init; }
    public required StatusMap Status { get; init; }
    public required DescriptionMap Description { get; init; }
    public required ValueMap<string> Category { get; init; }
    public required ValueMap<Urgency> Urgency { get; init; }
    public required ValueMap<PlaceMap> Place { get; init; }
    public required ColumnMap? Reporter { get; init; }
    public required ColumnMap? Cost { get; init; }

    /// <summary>Who repaired it, by number or name; maps written before it existed have none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ColumnMap? Technician { get; init; }

    /// <summary>1 to 5 stars.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ColumnMap? Rating { get; init; }

    /// <summary>In <see cref="Key"/>, the ordinal of the record instead of a column; the first record after the header is 1.</summary>
    public const string RowKey = "#row";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(allowIntegerValues: false) },
        ReadCommentHandling = JsonCommentHandling.Skip,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        WriteIndented = true,
        // Keeps Chinese readable. Safe because the JSON is written to a file and never embedded in a page.
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Throws <see cref="Rejected"/> with the position of the error for a file that is not a mapping.</summary>
    public static async Task<LogMap> ReadAsync(Stream stream, CancellationToken ct = default)
    {
        using var file = new MemoryStream();
        await stream.CopyToAsync(file, ct);
        return Read(file.ToArray());
    }

    /// <inheritdoc cref="ReadAsync"/>
    public static LogMap Read(byte[] file)
    {
        LogMap? map;
        try
        {
            map = JsonSerializer.Deserialize<LogMap>(file.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? file.AsSpan(3) : file, Json);
        }
        catch (JsonException e)
        {
            throw Rejected.Because<LogMapText>("MapUnreadable", e.Message);
        }
        if (map is null) throw Rejected.Because<LogMapText>("MapUnreadable", "null");
        map.Demand();
        return map;
    }

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <summary>All columns the mapping reads, each once.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Columns =>
    [
        .. new[] { SubmittedAt.Column, ClosedAt?.Column, Status.Column, Category.Column, Urgency.Column, Place.Column, Reporter?.Column, Cost?.Column,
            Technician?.Column, Rating?.Column }
            .OfType<string>().Concat(Key.Where(k => k != RowKey)).Concat(new LogTemplate(Description.Template).Columns).Distinct(),
    ];

    /// <summary>Columns of numbers, names and codes: a date in one of them was made by Excel.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> CodeColumns =>
    [
        .. new[] { Status.Column, Category.Column, Urgency.Column, Place.Column, Reporter?.Column, Technician?.Column }.OfType<string>()
            .Concat(Key.Where(k => k != RowKey)).Except([SubmittedAt.Column, ClosedAt?.Column ?? ""]),
    ];

    private void Demand()
    {
        if (string.IsNullOrWhiteSpace(Source) || Source.Length > RepairLimits.Source) throw Wrong("source", Source);
        if (Key.Count == 0) throw Wrong("key", "[]");
        if (SubmittedAt.Formats.Count == 0) throw Wrong("submittedAt.formats", "[]");
        if (ClosedAt is { Formats.Count: 0 }) throw Wrong("closedAt.formats", "[]");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _)) throw Wrong("timeZone", TimeZone);
        // The other statuses need an assignee and a history, which a log from another system does not provide.
        foreach (var status in Status.Map.Values.Append(Status.Default))
        {
            if (status is not (TicketStatus.New or TicketStatus.Closed or TicketStatus.Rejected or TicketStatus.Cancelled))
                throw Wrong("status", status.ToString());
        }
        try
        {
            _ = System.Globalization.CultureInfo.GetCultureInfo(Culture, predefinedOnly: true);
        }
        catch (System.Globalization.CultureNotFoundException)
        {
            throw Wrong("culture", Culture);
        }
    }

    private static Rejected Wrong(string key, string value) => Rejected.Because<LogMapText>("MapWrong", key, value);
}

public sealed record MomentMap(string Column, IReadOnlyList<string> Formats);

public sealed record ColumnMap(string Column);

public sealed record DescriptionMap(string Template);

/// <summary>A column whose values are mapped to values of this system; a value that is not in the map gets the default.</summary>
public sealed record ValueMap<T>(string? Column, IReadOnlyDictionary<string, T> Map, T Default)
{
    public T Of(string? value) => value is not null && Map.TryGetValue(value, out var mapped) ? mapped : Default;
}

public sealed record StatusMap(
    string? Column, IReadOnlyDictionary<string, TicketStatus> Map, TicketStatus Default, int? OpenWithinDaysOfNewest, DateOnly? Newest);

public sealed record PlaceMap(PlaceName Campus, PlaceName Building, SpotName Room);

public sealed record PlaceName(string Code, string Name, string NameEn);

public sealed record SpotName(string Code, string NameEn);
