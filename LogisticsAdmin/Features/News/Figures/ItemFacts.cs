using LogisticsAdmin.Features.News.Items;

namespace LogisticsAdmin.Features.News.Figures;

/// <summary>What figures ask about an item: its moments, and how many of those whom it addressed read and confirmed it so far.</summary>
internal sealed record ItemFacts(
    long Id, NewsKind Kind, long ColumnId, DateTimeOffset? PublishedAt, DateTimeOffset? WithdrawnAt, DateTimeOffset? CorrectedAt, bool WasLate,
    bool AsksForConfirmation, DateTimeOffset? OutageFrom, int Addressed, int Readers, int Confirmed, int Reminded, DateTimeOffset? LastConfirmedAt);
