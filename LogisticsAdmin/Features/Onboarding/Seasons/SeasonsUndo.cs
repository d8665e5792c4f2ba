using System.Globalization;
using System.Text.Json;
using LogisticsAdmin.Data;
using LogisticsAdmin.Data.Undo;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Onboarding.Seasons;

/// <summary>Undo of changes to a season's own fields, for the management.</summary>
public sealed class SeasonsUndo(IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, IStringLocalizer<SeasonsText> words)
    : StepUndo(databases, user, clock)
{
    private sealed record Memento(string Name, string NameEn, int Grade, DateOnly FirstDay, DateOnly LastDay, bool MayDefer);

    protected override string Kind => "onboarding-seasons";

    protected override void Demand(Actor actor) => actor.DemandSeasons();

    protected override async Task<Dictionary<long, string>> StatesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        var seasons = await db.OnboardingSeasons.AsNoTracking().Where(s => EF.Parameter(ids).Contains(s.Id)).ToListAsync(ct);
        return seasons.ToDictionary(
            s => s.Id, s => JsonSerializer.Serialize(new Memento(s.Name, s.NameEn, s.Grade, s.FirstDay, s.LastDay, s.MayDefer)));
    }

    protected override Task<Dictionary<long, string>> NamesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct) =>
        db.OnboardingSeasons.Where(s => EF.Parameter(ids).Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.LocalName.ToString(), ct);

    protected override string AddressOf(long id) => string.Create(CultureInfo.InvariantCulture, $"onboarding/seasons/{id}");

    protected override string Did(string act) => words[$"SeasonAct.{act}"];

    protected override string Counted(int count) => words["UndoSeasons", count];

    protected override Task<string?> LastChangedByAsync(LogisticsDb db, long id, CancellationToken ct) => db.LastChangedByAsync<OnboardingSeason>(id, ct);

    protected override async Task RestoreAsync(LogisticsDb db, long id, string before, DateTimeOffset since, DateTimeOffset now, CancellationToken ct)
    {
        var was = JsonSerializer.Deserialize<Memento>(before)!;
        var season = await db.OnboardingSeasons.FirstAsync(s => s.Id == id, ct);
        if (season.State == SeasonState.Closed) throw Rejected.Because<SeasonsText>("IsClosed");
        await SeasonService.DemandFittingAsync(db, season, was.Grade, was.FirstDay, was.LastDay, ct);
        season.Describe(new LocalName(was.Name, was.NameEn), was.Grade, was.FirstDay, was.LastDay, was.MayDefer);
        db.Announce(new KeyChanged(OnboardingTopics.Seasons, id));
    }
}
