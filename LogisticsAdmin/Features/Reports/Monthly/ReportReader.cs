using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Reports.Figures;
using LogisticsAdmin.Features.Reports.Targets;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Reports.Monthly;

/// <summary>Reads reports: a closed month as it was closed, everything else from what is stored now. Asks for no right.</summary>
public sealed class ReportReader(
    IDbContextFactory<LogisticsDb> databases, IEnumerable<IReportSection> sections, MonthHistory history, IOfficeCard office, OfficeTime time)
{
    private const int MonthsShown = 13;

    private static readonly IReadOnlyDictionary<string, FigureValue> NoValues = new Dictionary<string, FigureValue>();

    private static readonly FigureReading Nothing = new(null, 0, 0, null, null, null);

    /// <summary>
    /// The report of a period: the closing in force, or the figures as they are now, without other periods beside them if none are asked for.
    /// </summary>
    public async Task<(ReportContent Content, ReportClosing? Closing)> ReadAsync(ReportPeriod period, CancellationToken ct, bool withOthers = true)
    {
        if (period.Kind == PeriodKind.Month)
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            if (await Closings.InForceAsync(db, period.From, ct) is { } closing) return (ClosedContent.Read(closing.Content.Bytes), closing);
        }
        return (await ReadLiveAsync(period, ct, withOthers), null);
    }

    /// <summary>The report as it would be closed now.</summary>
    public async Task<ReportContent> ReadLiveAsync(ReportPeriod period, CancellationToken ct, bool withOthers = true)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var targets = await TargetBook.ReadAsync(db, ct);
        List<ReportedSection> read = [];
        foreach (var section in sections.OrderBy(s => s.Order)) read.Add(await ReadSectionAsync(section, period, targets, withOthers, ct));
        var card = await office.CurrentAsync(ct);
        var month = period.Kind == PeriodKind.Month
            ? await db.ReportMonths.AsNoTracking().SingleOrDefaultAsync(m => m.Month == period.From, ct) : null;
        var comments = period.Kind == PeriodKind.Month
            ? await db.ReportComments.AsNoTracking().Where(c => c.Month == period.From && c.Text != "").ToDictionaryAsync(c => c.Place, c => c.Text, ct) : [];
        return new ReportContent
        {
            Period = period,
            AsOf = time.Now,
            Office = card.Name ?? new LocalName("", ""),
            DocumentNumber = month?.DocumentNumber ?? "",
            Sections = read,
            Comments = comments,
        };
    }

    private async Task<ReportedSection> ReadSectionAsync(
        IReportSection section, ReportPeriod period, TargetBook targets, bool withOthers, CancellationToken ct)
    {
        var layout = SectionLayout.Of(section);
        var snapshot = new SectionSnapshot(layout, await section.ReadAsync(period, null, ct));
        var before = withOthers ? await history.ValuesAsync(section.Code, period.Previous, ct) : NoValues;
        var yearBefore = withOthers ? await history.ValuesAsync(section.Code, period.YearBefore, ct) : NoValues;
        var readings = layout.Figures.ToDictionary(f => f.Code, f =>
        {
            var value = snapshot.Value(f.Code);
            return new FigureReading(value.Value, value.Counted, value.Base, Known(before, f.Code), Known(yearBefore, f.Code), targets.Of(f.Code, period));
        });
        List<MonthValues> months = [];
        if (withOthers && period.Kind == PeriodKind.Month)
        {
            for (var back = MonthsShown - 1; back > 0; back--)
            {
                var month = ReportPeriod.MonthOf(period.From.AddMonths(-back));
                months.Add(new MonthValues(month, await history.ValuesAsync(section.Code, month, ct)));
            }
            months.Add(new MonthValues(period, snapshot.Values));
        }
        return new ReportedSection(snapshot, readings, section.Summarize(period, code => readings.GetValueOrDefault(code, Nothing)), months);
    }

    /// <summary>A period in which nothing at all was counted is unknown rather than zero: the office did not use the app yet.</summary>
    private static decimal? Known(IReadOnlyDictionary<string, FigureValue> values, string code) =>
        values.Values.Any(v => v.Counted > 0) ? values.GetValueOrDefault(code)?.Value : null;
}
