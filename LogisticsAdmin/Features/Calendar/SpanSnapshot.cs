using System.Text.Json;

namespace LogisticsAdmin.Features.Calendar;

/// <summary>The values of a span before an import changed or removed it. Batches of older versions have no kind, first day and source.</summary>
internal sealed record SpanSnapshot(DateOnly To, string Name, string NameEn, DateOnly? From = null, SpanKind? Kind = null, string? SourceKey = null)
{
    /// <summary>Whether the import removed the span.</summary>
    public bool WasRemoved { get; init; }

    public static SpanSnapshot Of(CalendarSpan span) => new(span.To, span.Name, span.NameEn, span.From, span.Kind, span.SourceKey);

    public static SpanSnapshot Of(string json) => JsonSerializer.Deserialize<SpanSnapshot>(json)!;

    public string ToJson() => JsonSerializer.Serialize(this);
}
