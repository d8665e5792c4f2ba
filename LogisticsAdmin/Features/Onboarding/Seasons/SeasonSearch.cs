using LogisticsAdmin.Data;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Onboarding.Seasons;

/// <summary>Finds seasons of check-in by their name, the latest first. For the office.</summary>
internal sealed class SeasonSearch(IDbContextFactory<LogisticsDb> databases, CurrentUser user, IStringLocalizer<SeasonsText> words) : ISearchProvider
{
    public int Order => 62;
    public string Kind => "season";

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
        var found = await db.OnboardingSeasons.AsNoTracking()
            .Where(s => EF.Functions.Like(s.Name, pattern, LikePattern.Escape) || EF.Functions.Like(s.NameEn, pattern, LikePattern.Escape))
            .OrderByDescending(s => s.FirstDay).ThenByDescending(s => s.Id).Take(take)
            .Select(s => new { s.Id, Name = new LocalName(s.Name, s.NameEn), s.Grade, s.State }).ToListAsync(ct);
        return
        [
            .. found.Select(s => new SearchHit(
                FormattableString.Invariant($"onboarding/seasons/{s.Id}"), FormattableString.Invariant($"{s.Id}"), null, s.Name.ToString(),
                FormattableString.Invariant($"{s.Grade} · {words[$"SeasonState.{s.State}"].Value}"))),
        ];
    }
}
