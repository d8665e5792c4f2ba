using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Reports.Figures;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Reports.Monthly;

/// <summary>Reads reports and the rows behind their figures, for managers and administrators; to everybody else they are not found.</summary>
public sealed class ReportService(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, ReportReader reader, IEnumerable<IReportSection> sections, MonthHistory history,
    OfficeTime office)
{
    /// <summary>How many months the list of months shows.</summary>
    public const int ListedMonths = 13;

    /// <summary>How many rows behind a figure are read at a time.</summary>
    public const int PageSize = 50;

    /// <summary>How many of the rows that moved are named for each figure.</summary>
    public const int NamedRows = 20;

    private const int FirstYear = 2000;

    /// <summary>The report of a month that has begun.</summary>
    /// <exception cref="NotFound">Also for a month that has not begun.</exception>
    public async Task<MonthReport> MonthAsync(ReportPeriod month, CancellationToken ct = default)
    {
        user.Actor.DemandReports();
        if (month.Kind != PeriodKind.Month || !HasBegun(month)) throw new NotFound();
        var (content, closing) = await reader.ReadAsync(month, ct);
        await using var db = await databases.CreateDbContextAsync(ct);
        var closings = await ClosingsAsync(db, month.From, ct);
        var comments = await (
            from c in db.ReportComments.AsNoTracking()
            where c.Month == month.From
            join p in db.Users on c.WrittenById equals p.Id
            select new CommentRow(c.Place, c.Text, c.Version, p.FullName, c.WrittenAt)).ToDictionaryAsync(c => c.Place, ct);
        return new MonthReport(content, closings.FirstOrDefault(c => c.Id == closing?.Id), [.. closings.Where(c => c.ReopenedAt is not null)], comments,
            month.Until <= office.Today);
    }

    /// <summary>The last months, the newest first, and the figures that a list of months shows.</summary>
    public async Task<(IReadOnlyList<FigureDefinition> Figures, IReadOnlyList<MonthRow> Months)> MonthsAsync(CancellationToken ct = default)
    {
        user.Actor.DemandReports();
        var shown = sections.OrderBy(s => s.Order).Select(s => (Section: s, Layout: SectionLayout.Of(s))).ToList();
        List<MonthRow> months = [];
        for (var back = 0; back < ListedMonths; back++)
        {
            var month = ReportPeriod.MonthOf(office.Today.AddMonths(-back));
            Dictionary<string, FigureValue> values = [];
            foreach (var (section, layout) in shown)
            {
                var all = await history.ValuesAsync(section.Code, month, ct);
                foreach (var code in layout.KeyFigures)
                    if (all.TryGetValue(code, out var value)) values[code] = value;
            }
            await using var db = await databases.CreateDbContextAsync(ct);
            months.Add(new MonthRow(month, (await ClosingsAsync(db, month.From, ct)).FirstOrDefault(c => c.ReopenedAt is null), values));
        }
        return ([.. shown.SelectMany(s => s.Layout.KeyFigures.Select(s.Layout.Figure))], months);
    }

    /// <summary>The report of any period that has begun, to be compared with another: live, except for closed months.</summary>
    public async Task<ReportContent> ReadAsync(ReportPeriod period, CancellationToken ct = default)
    {
        user.Actor.DemandReports();
        if (!HasBegun(period)) throw new NotFound();
        return (await reader.ReadAsync(period, ct, withOthers: false)).Content;
    }

    /// <summary>A page of the rows behind a figure, from row <paramref name="skip"/> on.</summary>
    /// <exception cref="NotFound">For an unknown figure, dimension or period.</exception>
    public async Task<FigureList> FigureAsync(FigureQuery query, int skip, int take = PageSize, CancellationToken ct = default)
    {
        user.Actor.DemandReports();
        if (!HasBegun(query.Period)) throw new NotFound();
        var (section, snapshot, isClosed) = await SnapshotAsync(query.Period, query.Figure, ct);
        var layout = snapshot.Layout;
        if (query.Filter.Keys.Any(k => layout.PlaceOfDimension(k.Dimension) < 0)) throw new NotFound();
        var figure = layout.Figure(query.Figure);
        if (figure.Form != FigureForm.Share && query.Part != FigurePart.Counted) throw new NotFound();
        var rows = snapshot.Rows(query.Figure, query.Part, query.Filter).ToList();
        var total = rows.Count;
        if (!string.IsNullOrWhiteSpace(query.Search))
        {
            var found = await section.FindAsync([.. rows.Select(r => r.Id)], query.Search, ct);
            rows.RemoveAll(r => !found.Contains(r.Id));
        }
        Sort(rows, layout, query);
        var page = rows.Skip(skip).Take(take).ToList();
        List<ReportedThing> things = [];
        foreach (var ids in page.Select(r => r.Id).Chunk(500)) things.AddRange(await section.DescribeAsync(ids, ct));
        var byId = things.ToDictionary(t => t.Id);
        return new FigureList(figure, snapshot.Value(query.Figure, query.Filter), layout, NamesOf(snapshot, query.Filter), total, rows.Count,
            [.. page.Select(r => new FigureRow(r, byId.GetValueOrDefault(r.Id)))], snapshot.Facts.Names, snapshot.Facts.AsOf, isClosed);
    }

    /// <summary>What a closed month would be now: the figures that differ, with the rows that moved.</summary>
    public async Task<ClosingDifferences> DifferencesAsync(long closingId, CancellationToken ct = default)
    {
        user.Actor.DemandReports();
        await using var db = await databases.CreateDbContextAsync(ct);
        var closing = await db.ReportClosings.AsNoTracking().Include(c => c.Content).SingleOrDefaultAsync(c => c.Id == closingId, ct)
            ?? throw new NotFound();
        var content = ClosedContent.Read(closing.Content.Bytes);
        List<FigureDifference> differences = [];
        foreach (var then in content.Sections)
        {
            if (sections.FirstOrDefault(s => s.Code == then.Layout.Code) is not { } section) continue;
            var now = new SectionSnapshot(SectionLayout.Of(section), await section.ReadAsync(content.Period, null, ct));
            foreach (var figure in then.Layout.Reported)
            {
                var known = now.Layout.PlaceOf(figure.Code) >= 0;
                var (before, after) = (then.Snapshot.Value(figure.Code), known ? now.Value(figure.Code) : null);
                // A row of a share may stay in the denominator and change sides.
                var (had, has) = (Sides(then.Snapshot, figure.Code), known ? Sides(now, figure.Code) : []);
                List<long> removed = [.. had.Except(has).Select(r => r.Id).Order()], added = [.. has.Except(had).Select(r => r.Id).Order()];
                if (before == after && removed.Count == 0 && added.Count == 0) continue;
                differences.Add(new FigureDifference(figure, before, after, await section.DescribeAsync([.. added.Take(NamedRows)], ct),
                    await section.DescribeAsync([.. removed.Take(NamedRows)], ct), added.Count, removed.Count));
            }
        }
        var row = (await ClosingsAsync(db, closing.Month, ct)).Single(c => c.Id == closingId);
        return new ClosingDifferences(content.Period, row, differences);
    }

    /// <summary>The closings of a month, the newest first.</summary>
    public async Task<IReadOnlyList<ClosingRow>> ClosingsAsync(ReportPeriod month, CancellationToken ct = default)
    {
        user.Actor.DemandReports();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await ClosingsAsync(db, month.From, ct);
    }

    private bool HasBegun(ReportPeriod period) => period.From <= office.Today && period.From.Year >= FirstYear;

    private async Task<(IReportSection Section, SectionSnapshot Snapshot, bool IsClosed)> SnapshotAsync(
        ReportPeriod period, string figure, CancellationToken ct)
    {
        if (period.Kind == PeriodKind.Month)
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            if (await Closings.InForceAsync(db, period.From, ct) is { } closing)
            {
                var stored = ClosedContent.Read(closing.Content.Bytes).SectionOf(figure) ?? throw new NotFound();
                return (sections.Single(s => s.Code == stored.Layout.Code), stored.Snapshot, true);
            }
        }
        foreach (var section in sections)
        {
            var layout = SectionLayout.Of(section);
            if (layout.PlaceOf(figure) >= 0) return (section, new SectionSnapshot(layout, await section.ReadAsync(period, null, ct)), false);
        }
        throw new NotFound();
    }

    private static async Task<List<ClosingRow>> ClosingsAsync(LogisticsDb db, DateOnly month, CancellationToken ct) => await (
        from c in db.ReportClosings.AsNoTracking()
        where c.Month == month
        orderby c.Number descending
        join p in db.Users on c.ClosedById equals p.Id
        join r in db.Users on c.ReopenedById equals r.Id into reopeners
        from reopener in reopeners.DefaultIfEmpty()
        select new ClosingRow(c.Id, c.Number, c.Hash, c.ClosedAt, p.FullName, c.ReopenedAt, reopener == null ? null : reopener.FullName, c.ReopenReason))
        .ToListAsync(ct);

    private static void Sort(List<FactRow> rows, SectionLayout layout, FigureQuery query)
    {
        var time = query.Sort is null ? 0 : layout.Times.Select(t => t.Code).ToList().IndexOf(query.Sort);
        var measure = query.Sort is null ? -1 : layout.PlaceOfMeasure(query.Sort);
        if (time < 0 && measure < 0) throw new NotFound();
        long? Key(FactRow row) => time >= 0 ? row.Times.ElementAtOrDefault(time) : row.Measures[measure];
        var direction = query.IsDescending ? -1 : 1;
        // Rows without the value stand last in either direction.
        rows.Sort((a, b) => (Key(a), Key(b)) switch
        {
            (null, null) => a.Id.CompareTo(b.Id),
            (null, _) => 1,
            (_, null) => -1,
            ({ } x, { } y) => x == y ? a.Id.CompareTo(b.Id) : x.CompareTo(y) * direction,
        });
    }

    private static IReadOnlyList<LocalName> NamesOf(SectionSnapshot snapshot, FactFilter filter) =>
    [
        .. from k in filter.Keys
           let name = k.Key is { } key ? snapshot.Facts.Names.GetValueOrDefault(k.Dimension)?.GetValueOrDefault(key) : null
           where name is not null
           select name,
    ];

    /// <summary>The rows of a figure, each with whether it is counted or only in the denominator.</summary>
    private static HashSet<(long Id, bool IsCounted)> Sides(SectionSnapshot snapshot, string figure)
    {
        var place = snapshot.Layout.PlaceOf(figure);
        return [.. snapshot.Facts.Rows.Where(r => r.IsCounted(place) || r.IsInBase(place)).Select(r => (r.Id, r.IsCounted(place)))];
    }
}
