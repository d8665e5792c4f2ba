using System.Text.Json;
using LogisticsAdmin.Data;
using LogisticsAdmin.Data.Undo;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Reports.Monthly;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Reports.Targets;

/// <summary>Undo of setting a target: the earlier one of the same month is set again, or none. The history keeps both.</summary>
public sealed class TargetUndo(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, IEnumerable<IReportSection> sections,
    IStringLocalizer<TargetsText> words) : StepUndo(databases, user, clock)
{
    private readonly CurrentUser _user = user;

    private sealed record Memento(bool IsSet, decimal? Value);

    protected override string Kind => "report-targets";

    protected override void Demand(Actor actor) => actor.DemandReports();

    protected override async Task<Dictionary<long, string>> StatesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        var inForce = (await db.Set<ReportTarget>().AsNoTracking().Where(t => t.WithdrawnAt == null).ToListAsync(ct))
            .ToDictionary(t => TargetKey.Of(t).Number, t => t.Value);
        return ids.ToDictionary(id => id, id => JsonSerializer.Serialize(new Memento(inForce.ContainsKey(id), inForce.GetValueOrDefault(id))));
    }

    protected override async Task<Dictionary<long, string>> NamesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        Dictionary<long, string> names = [];
        foreach (var target in await OfAsync(db, ids, ct))
        {
            var figure = sections.SelectMany(s => s.Figures).FirstOrDefault(f => f.Code == target.Figure)?.Words.Name.ToString() ?? target.Figure;
            var owner = target.Scope switch
            {
                TargetScope.Crew => await db.Set<Crew>().Where(c => c.Id == target.ScopeId).Select(c => new LocalName(c.Name, c.NameEn))
                    .FirstOrDefaultAsync(ct),
                TargetScope.Centre => await db.Set<Centre>().Where(c => c.Id == target.ScopeId).Select(c => new LocalName(c.Name, c.NameEn))
                    .FirstOrDefaultAsync(ct),
                _ => null,
            };
            names[TargetKey.Of(target).Number] = owner is null ? figure : $"{figure} · {owner}";
        }
        return names;
    }

    protected override string AddressOf(long id) => "reports/targets";

    protected override string Did(string act) => words[$"Did.{act}"];

    protected override string Counted(int count) => words["UndoTargets", count];

    protected override async Task<string?> LastChangedByAsync(LogisticsDb db, long id, CancellationToken ct) =>
        (await OfAsync(db, [id], ct)).MaxBy(t => t.Id) is { } last
            ? await db.Users.Where(p => p.Id == last.SetById).Select(p => p.FullName).FirstOrDefaultAsync(ct) : null;

    protected override async Task RestoreAsync(LogisticsDb db, long id, string before, DateTimeOffset since, DateTimeOffset now, CancellationToken ct)
    {
        var was = JsonSerializer.Deserialize<Memento>(before)!;
        var known = (await OfAsync(db, [id], ct))[0];
        if (await db.Set<ReportClosing>().AnyAsync(c => c.Month == known.From && c.ReopenedAt == null, ct))
            throw Rejected.Because<TargetsText>("MonthClosed");
        await TargetsService.ReplaceAsync(db, TargetKey.Of(known), was.IsSet, was.Value, _user.PersonId, now, ct);
    }

    /// <summary>The targets with these numbers, withdrawn ones included: there are some hundred at most.</summary>
    private static async Task<List<ReportTarget>> OfAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct) =>
        [.. (await db.Set<ReportTarget>().AsNoTracking().OrderBy(t => t.Id).ToListAsync(ct)).Where(t => ids.Contains(TargetKey.Of(t).Number))];
}
