using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Onboarding.Leaving;

/// <summary>Finds rounds of leaving by their name, the open ones and the latest first. For the office.</summary>
internal sealed class LeavingSearch(IDbContextFactory<LogisticsDb> databases, CurrentUser user, IStringLocalizer<LeavingText> words) : ISearchProvider
{
    public int Order => 63;
    public string Kind => "leaving-round";

    /// <summary>Found without the hint, which names what is looked for every day.</summary>
    public IReadOnlyList<LocalName> SearchedBy { get; } = [];
    public int MaxHits => 5;
    public int MaxHitsBesideOthers => 2;

    public bool IsFor(Actor actor) => actor.IsOffice;

    public async Task<IReadOnlyList<SearchHit>> SearchAsync(string typed, int take, CancellationToken ct = default)
    {
        if (!user.Actor.IsOffice || CleanText.Clean(typed) is not { Length: >= OnboardingLimits.ShortestSearch } name) return [];
        var pattern = LikePattern.Containing(name);
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = await db.LeavingRounds.AsNoTracking()
            .Where(r => EF.Functions.Like(r.Name, pattern, LikePattern.Escape) || EF.Functions.Like(r.NameEn, pattern, LikePattern.Escape))
            .OrderBy(r => r.ClosedAt != null).ThenByDescending(r => r.LastDay).ThenByDescending(r => r.Id).Take(take)
            .Select(r => new { r.Id, Name = new LocalName(r.Name, r.NameEn), r.FirstDay, r.LastDay, IsOpen = r.ClosedAt == null }).ToListAsync(ct);
        return
        [
            .. found.Select(r => new SearchHit(
                LeavingAddresses.Round(r.Id), FormattableString.Invariant($"{r.Id}"), null, r.Name.ToString(),
                FormattableString.Invariant($"{r.FirstDay:yyyy-MM-dd} – {r.LastDay:yyyy-MM-dd} · {words[r.IsOpen ? "Round.Open" : "Round.Closed"].Value}"))),
        ];
    }
}
