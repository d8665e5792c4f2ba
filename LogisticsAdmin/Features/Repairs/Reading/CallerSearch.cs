using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.WebUtilities;

namespace LogisticsAdmin.Features.Repairs.Reading;

/// <summary>
/// People whom the office finds in the search box when they call: each hit lists their tickets on the desk. Administrators find the person
/// instead, whose page lists the tickets.
/// </summary>
internal sealed class CallerSearch(ChoiceQueries queries) : ISearchProvider
{
    public int Order => 15;
    public string Kind => "caller";
    public IReadOnlyList<LocalName> SearchedBy { get; } = [LocalName.Of<ReadingText>("SearchedBy.Caller")];
    public int MaxHits => 12;
    public int MaxHitsBesideOthers => 4;

    public bool IsFor(Actor actor) => actor.IsOffice && !actor.Is(Role.Administrator);

    public async Task<IReadOnlyList<SearchHit>> SearchAsync(string typed, int take, CancellationToken ct = default) =>
    [
        .. (await queries.PeopleAsync(typed, take, ct)).Select(p => new SearchHit(
            QueryHelpers.AddQueryString("repairs", new Dictionary<string, string?> { ["view"] = "All", ["q"] = p.Number ?? p.Phone ?? p.FullName }),
            $"{p.Id}", p.Number, p.FullName, $"{p.Phone} · {LocalName.Of<ReadingText>("TicketsOfCaller")}")),
    ];
}
