using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.People;

/// <summary>People in the search box, for administrators.</summary>
internal sealed class PeopleSearch(PeopleService people) : ISearchProvider
{
    public int Order => 20;
    public string Kind => "person";
    public IReadOnlyList<LocalName> SearchedBy { get; } = [LocalName.Of<PeopleText>("SearchedBy.People")];
    public int MaxHits => 12;
    public int MaxHitsBesideOthers => 5;

    public bool IsFor(Actor actor) => actor.MayManagePeople();

    public async Task<IReadOnlyList<SearchHit>> SearchAsync(string typed, int take, CancellationToken ct = default) =>
    [
        .. (await people.FindAsync(typed, take, ct)).Select(p =>
            new SearchHit($"people/{p.Id}", $"{p.Id}", p.Number, p.FullName, $"{p.Building} {p.Room} {p.ClassName}".Trim())),
    ];
}
