using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Onboarding.RoomChanges;

/// <summary>Finds requests by their number and by name or number of who asked or is to swap, the latest first. For the office.</summary>
internal sealed class RoomChangeSearch(IDbContextFactory<LogisticsDb> databases, CurrentUser user, IStringLocalizer<RoomChangesText> words)
    : ISearchProvider
{
    public int Order => 64;
    public string Kind => "room-change";

    /// <summary>Found without the hint, which names what is looked for every day.</summary>
    public IReadOnlyList<LocalName> SearchedBy { get; } = [];
    public int MaxHits => 5;
    public int MaxHitsBesideOthers => 2;

    public bool IsFor(Actor actor) => actor.IsOffice;

    public async Task<IReadOnlyList<SearchHit>> SearchAsync(string typed, int take, CancellationToken ct = default)
    {
        if (!user.Actor.IsOffice || CleanText.Clean(typed) is not { Length: >= OnboardingLimits.ShortestSearch } text) return [];
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = await RoomChangeQueries.Found(db, text).OrderByDescending(x => x.Change.Id).Take(take)
            .Select(x => new { x.Change.Number, x.Change.State, x.Person.FullName, Other = x.Other!.FullName }).ToListAsync(ct);
        return
        [
            .. found.Select(c => new SearchHit(
                RoomChangeAddresses.Request(c.Number), c.Number, c.Number, c.Other is null ? c.FullName : $"{c.FullName} · {c.Other}",
                words[$"RoomChangeState.{c.State}"])),
        ];
    }
}
