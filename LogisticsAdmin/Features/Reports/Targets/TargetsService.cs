using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Reports.Figures;
using LogisticsAdmin.Features.Reports.Monthly;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Reports.Targets;

/// <summary>
/// 目标: what figures should reach, for the office, a centre or a crew, from a month on. For managers and administrators; to everybody else
/// they are not found. Closed months keep the targets that they were closed with.
/// </summary>
public sealed class TargetsService(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, IEnumerable<IReportSection> sections, OfficeTime office, TargetUndo undo)
{
    private const int FirstYear = 2000;

    /// <summary>The targets that match the filter, each beside the result of the last full month.</summary>
    public async Task<TargetList> ListAsync(TargetFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandReports();
        await using var db = await databases.CreateDbContextAsync(ct);
        var owners = await OwnersAsync(db, ct);
        var entries = (await (
            from t in db.Set<ReportTarget>().AsNoTracking()
            join p in db.Users on t.SetById equals p.Id
            orderby t.From descending, t.Id descending
            select new { t.Figure, t.Scope, t.ScopeId, Entry = new TargetEntry(t.Id, t.From, t.Value, p.FullName, t.SetAt, t.WithdrawnAt) }).ToListAsync(ct))
            .ToLookup(t => (t.Figure, t.Scope, t.ScopeId), t => t.Entry);
        var month = ReportPeriod.MonthOf(office.Today);
        var (last, before) = (month.Previous, month.Previous.Previous);
        var asked = filter.Owner is { } key ? owners.Where(o => o.Key == key).ToList() : owners;
        var listed = (
            from section in sections.OrderBy(s => s.Order)
            where filter.Section is null || section.Code == filter.Section
            from figure in section.Figures.Where(f => f.Better != FigureDirection.Neutral)
            from owner in asked
            let history = entries[(figure.Code, owner.Scope, owner.Id)].ToList()
            where filter.Owner is not null || owner.Scope == TargetScope.Office || history.Count > 0
            where IsNamed(figure, owner, filter.Text)
            select (Section: section, Figure: figure, Owner: owner, History: history)).ToList();
        var then = listed.Count == 0 ? [] : await SnapshotsAsync(db, last, ct);
        var earlier = listed.Count == 0 ? [] : await SnapshotsAsync(db, before, ct);
        var rows = listed.Select(l =>
        {
            var current = InForce(l.History, month.From);
            return new TargetRow(l.Figure, l.Section.Title, l.Owner, current?.Value, current?.From, l.History, ResultOf(then, l.Figure, l.Owner),
                ResultOf(earlier, l.Figure, l.Owner), InForce(l.History, last.From)?.Value);
        }).Where(r => filter.State is null || r.State == filter.State);
        return new TargetList([.. Sorted(rows, filter)], owners, [.. sections.OrderBy(s => s.Order).Select(s => (s.Code, s.Title))], last);
    }

    /// <summary>
    /// Sets a target from a month on, or says that there is none from then on; the earlier one of the same month is withdrawn. Refuses closed
    /// months, and as <see cref="Stale"/> what somebody else set since the form was opened.
    /// </summary>
    public async Task SetAsync(TargetForm form, CancellationToken ct = default)
    {
        user.Actor.DemandReports();
        TargetFormValidator.Rules.Demand(form);
        var figure = sections.SelectMany(s => s.Figures).FirstOrDefault(f => f.Code == form.Figure && f.Better != FigureDirection.Neutral)
            ?? throw new NotFound();
        if (ReportPeriod.Parse(form.From) is not { Kind: PeriodKind.Month, From.Year: >= FirstYear } month)
            throw Rejected.At<TargetsText>(nameof(TargetForm.From), "NoMonth");
        var value = form.IsNone ? null : form.Value;
        if (value > TargetUnits.Highest(figure)) throw Rejected.At<TargetsText>(nameof(TargetForm.Value), "TooHigh", TargetUnits.Highest(figure));
        var (key, stored) = (new TargetKey(figure.Code, form.Scope, form.ScopeId, month.From), TargetUnits.Stored(figure, value));
        long? step = null;
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            user.Actor.DemandReports();
            if (!(await OwnersAsync(db, token)).Any(o => o.Scope == form.Scope && o.Id == form.ScopeId)) throw new NotFound();
            if (await db.Set<ReportClosing>().AnyAsync(c => c.Month == month.From && c.ReopenedAt == null, token))
                throw Rejected.At<TargetsText>(nameof(TargetForm.From), "MonthClosed");
            var current = await CurrentAsync(db, key, token);
            if (current is not null && current.Value == stored) return;
            if (current?.Id != form.ExpectedId) throw await StaleAsync(db, figure, current, token);
            step = await undo.RecordAsync(db, form.IsNone ? "None" : "Set", [key.Number],
                () => ReplaceAsync(db, key, true, stored, user.PersonId, office.Now, token), token);
        }, ct);
        undo.Offer(step);
    }

    /// <summary>Withdraws the target in force for a key and stores another one, unless there shall be none. Inside a write.</summary>
    internal static async Task ReplaceAsync(
        LogisticsDb db, TargetKey key, bool isSet, decimal? value, long byId, DateTimeOffset at, CancellationToken ct)
    {
        var current = await db.Set<ReportTarget>().SingleOrDefaultAsync(t => t.Figure == key.Figure && t.Scope == key.Scope && t.ScopeId == key.ScopeId
            && t.From == key.From && t.WithdrawnAt == null, ct);
        current?.Withdraw(at);
        // Withdrawn first: a unique index allows one in force.
        await db.SaveChangesAsync(ct);
        if (isSet) db.Add(new ReportTarget(key.Figure, key.Scope, key.ScopeId, key.From, value, byId, at));
        db.Announce(new KeyChanged(ReportsTopics.Targets, key.From.DayNumber));
    }

    private static Task<ReportTarget?> CurrentAsync(LogisticsDb db, TargetKey key, CancellationToken ct) =>
        db.Set<ReportTarget>().AsNoTracking().SingleOrDefaultAsync(t => t.Figure == key.Figure && t.Scope == key.Scope && t.ScopeId == key.ScopeId
            && t.From == key.From && t.WithdrawnAt == null, ct);

    private static async Task<Stale> StaleAsync(LogisticsDb db, FigureDefinition figure, ReportTarget? current, CancellationToken ct)
    {
        var setter = current?.SetById;
        return new Stale(setter is null ? null : await db.Users.Where(p => p.Id == setter).Select(p => p.FullName).FirstOrDefaultAsync(ct),
            TargetUnits.Typed(figure, current?.Value)?.ToString("0.##", System.Globalization.CultureInfo.CurrentCulture));
    }

    private static TargetEntry? InForce(IEnumerable<TargetEntry> history, DateOnly month) =>
        history.Where(e => e.WithdrawnAt is null && e.From <= month).MaxBy(e => e.From);

    private static async Task<List<TargetOwner>> OwnersAsync(LogisticsDb db, CancellationToken ct)
    {
        List<TargetOwner> owners = [new TargetOwner(TargetScope.Office, 0, LocalName.Of<TargetsText>("WholeOffice"))];
        owners.AddRange(await db.Set<Centre>().AsNoTracking().OrderBy(c => c.Id)
            .Select(c => new TargetOwner(TargetScope.Centre, c.Id, new LocalName(c.Name, c.NameEn))).ToListAsync(ct));
        owners.AddRange(await db.Set<Crew>().AsNoTracking().Living().OrderBy(c => c.Id)
            .Select(c => new TargetOwner(TargetScope.Crew, c.Id, new LocalName(c.Name, c.NameEn))).ToListAsync(ct));
        return owners;
    }

    private async Task<IReadOnlyList<SectionSnapshot>> SnapshotsAsync(LogisticsDb db, ReportPeriod month, CancellationToken ct)
    {
        if (await Closings.InForceAsync(db, month.From, ct) is { } closing)
            return [.. ClosedContent.Read(closing.Content.Bytes).Sections.Select(s => s.Snapshot)];
        List<SectionSnapshot> read = [];
        foreach (var section in sections.OrderBy(s => s.Order))
            read.Add(new SectionSnapshot(SectionLayout.Of(section), await section.ReadAsync(month, null, ct)));
        return read;
    }

    private static decimal? ResultOf(IReadOnlyList<SectionSnapshot> month, FigureDefinition figure, TargetOwner owner)
    {
        if (month.FirstOrDefault(s => s.Layout.PlaceOf(figure.Code) >= 0) is not { } section || section.Facts.Rows.Count == 0) return null;
        var filter = owner.Scope == TargetScope.Office ? FactFilter.None : FactFilter.Of(owner.Scope == TargetScope.Crew ? "crew" : "centre", owner.Id);
        return section.Value(figure.Code, filter).Value;
    }

    private static bool IsNamed(FigureDefinition figure, TargetOwner owner, string? typed) =>
        CleanText.Clean(typed).Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word =>
            new[] { figure.Words.Name.Zh, figure.Words.Name.En, owner.Name.Zh, owner.Name.En }
                .Any(name => name.Contains(word, StringComparison.OrdinalIgnoreCase)));

    private static IEnumerable<TargetRow> Sorted(IEnumerable<TargetRow> rows, TargetFilter filter) => (filter.Sort, filter.Descending) switch
    {
        (TargetSort.Scope, false) => rows.OrderBy(r => r.Owner.Scope).ThenBy(r => r.Owner.Id),
        (TargetSort.Scope, true) => rows.OrderByDescending(r => r.Owner.Scope).ThenByDescending(r => r.Owner.Id),
        (TargetSort.From, false) => rows.OrderBy(r => r.From is null).ThenBy(r => r.From),
        (TargetSort.From, true) => rows.OrderBy(r => r.From is null).ThenByDescending(r => r.From),
        (_, true) => rows.Reverse(),
        _ => rows,
    };
}
