using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Repairs.Reading;

/// <summary>Search results for tickets that the reader may see, by number, room and words.</summary>
internal sealed class TicketSearch(TicketQueries queries, IStringLocalizer<TicketsText> ticketWords) : ISearchProvider
{
    public int Order => 10;
    public string Kind => "ticket";
    public IReadOnlyList<LocalName> SearchedBy { get; } =
        [LocalName.Of<ReadingText>("SearchedBy.Number"), LocalName.Of<ReadingText>("SearchedBy.Room"), LocalName.Of<ReadingText>("SearchedBy.Words")];
    public int MaxHits => 12;
    public int MaxHitsBesideOthers => 8;

    public bool IsFor(Actor actor) => true;

    public async Task<IReadOnlyList<SearchHit>> SearchAsync(string typed, int take, CancellationToken ct = default) =>
    [
        .. (await queries.SearchAsync(typed, take, ct)).Select(t =>
            new SearchHit($"repairs/{t.Number}", t.Number, t.Number, t.Summary, $"{t.Building} {t.Room} · {ticketWords[$"TicketStatus.{t.Status}"]}")),
    ];
}
