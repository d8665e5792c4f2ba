using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.News.Reading;

/// <summary>
/// What lists, banners, feeds and outage warnings show of a published or expired item. Everything but its text: where no summary was written,
/// <paramref name="Summary"/> is the first words of it.
/// </summary>
public sealed record BoardItem(
    long Id, string Number, long ColumnId, NewsKind Kind, NewsState State, LocalName Title, LocalName Summary, Guid? CoverKey, AudienceRule Audience,
    bool IsPublic, bool IsUrgent, bool AsksForConfirmation, DateTimeOffset? ConfirmBefore, DateOnly? PinnedUntil, DateTimeOffset PublishedAt,
    bool WasLate, DateTimeOffset? ExpiresAt, LocalName? Correction, DateTimeOffset? CorrectedAt, int Revision, long Version,
    bool HasChinese, bool HasEnglish)
{
    public PlannedOutage? Outage { get; init; }
    public IReadOnlyList<long> OutageBuildings { get; init; } = [];

    /// <summary>Valid now, not only part of the history.</summary>
    public bool IsCurrent => State == NewsState.Published;

    /// <summary>The last change that readers may see.</summary>
    public DateTimeOffset ChangedAt => CorrectedAt ?? PublishedAt;
}
