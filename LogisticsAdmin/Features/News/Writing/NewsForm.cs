using LogisticsAdmin.Features.News.Items;

namespace LogisticsAdmin.Features.News.Writing;

/// <summary>Everything that is written and set of a draft. Times are those of the office's clocks, without a zone.</summary>
public sealed record NewsForm
{
    /// <summary>The version of the item that was opened or saved last.</summary>
    public long Version { get; set; }
    public long ColumnId { get; set; }
    public string? Title { get; set; }
    public string? TitleEn { get; set; }
    public string? Summary { get; set; }
    public string? SummaryEn { get; set; }

    /// <summary>Markdown.</summary>
    public string? Body { get; set; }
    public string? BodyEn { get; set; }
    public Guid? CoverKey { get; set; }
    public AudienceRule Audience { get; set; } = AudienceRule.Everyone;
    public bool IsPublic { get; set; }
    public bool IsUrgent { get; set; }
    public bool NeedsConfirmation { get; set; }
    public DateTime? ConfirmBefore { get; set; }
    public DateOnly? PinnedUntil { get; set; }
    public DateTime? PublishAt { get; set; }
    public DateTime? ExpiresAt { get; set; }
    public OutageKind? OutageKind { get; set; }
    public DateTime? OutageFrom { get; set; }
    public DateTime? OutageUntil { get; set; }
    public IReadOnlyList<long> OutageBuildings { get; set; } = [];

    public NewsContent Content => new(Line(Title), Line(TitleEn), Line(Summary), Line(SummaryEn), Text(Body), Text(BodyEn));

    private static string Line(string? typed) => (typed ?? "").ReplaceLineEndings(" ").Trim();

    private static string Text(string? typed) => (typed ?? "").ReplaceLineEndings("\n").TrimEnd();
}
