using LogisticsAdmin.Features.Reports.Figures;
using LogisticsAdmin.Features.Reports.Monthly;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Reports.Dashboard;

/// <summary>The dashboard for the office: dispatchers see it without the scores of people; to everybody else it is not found.</summary>
public sealed class DashboardService(DashboardBoard board, BoardThings things, DashboardHistory history, CurrentUser user, OfficeTime office)
{
    private const int MonthsShown = 13, TicketsShown = 6, WordsShown = 4, LinesShown = 5, RatingsAtOnce = 40, RatingsTried = 400;

    /// <summary>Begins to follow the board for this filter; the caller disposes it.</summary>
    public BoardWatch Watch(DashboardFilter filter)
    {
        user.Actor.DemandDashboard();
        return board.Watch(filter.PeriodOn(office.Today));
    }

    /// <summary>The period that a filter names now.</summary>
    public ReportPeriod PeriodOf(DashboardFilter filter) => filter.PeriodOn(office.Today);

    /// <summary>What a snapshot shows through a filter; null while the snapshot does not have its period yet.</summary>
    public async Task<DashboardView?> ReadAsync(BoardSnapshot snapshot, DashboardFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandDashboard();
        var period = filter.PeriodOn(snapshot.Today);
        var today = ReportPeriod.DayOf(snapshot.Today);
        if (!snapshot.Periods.TryGetValue(period, out var chosen) || !snapshot.Periods.TryGetValue(today, out var now)) return null;
        var reader = new DashboardReader(snapshot, filter, chosen, now, user.Actor);
        var open = reader.OpenRows();
        return new DashboardView
        {
            Filter = filter,
            Period = period,
            AsOf = snapshot.AsOf,
            IsClosed = chosen.IsClosed,
            HasFailed = snapshot.HasFailed,
            Campuses = reader.Campuses(),
            CrewNames = [.. snapshot.Crews.Select(c => KeyValuePair.Create(c.Id, c.Name))],
            Now = reader.Now(),
            Keys = reader.Keys(),
            Crews = reader.Crews(),
            Longest = await TicketsAsync(reader, open.OrderBy(reader.SubmittedOf), ct),
            MostNudged = await TicketsAsync(reader,
                open.Where(r => reader.NudgesOf(r) > 0).OrderByDescending(reader.NudgesOf).ThenBy(reader.SubmittedOf), ct),
            Words = await WordsAsync(reader, ct),
            Tables = reader.Tables(LinesShown),
            Sections = reader.Sections(),
        };
    }

    /// <summary>Adds the period before and thirteen months, which are read from past months when nobody asked for them yet.</summary>
    public async Task<DashboardView> WithHistoryAsync(DashboardView view, CancellationToken ct = default)
    {
        user.Actor.DemandDashboard();
        var month = ReportPeriod.MonthOf(office.DayOf(view.AsOf));
        Dictionary<string, (IReadOnlyDictionary<string, FigureValue> Before, List<MonthValues> Months)> known = [];
        foreach (var section in view.Sections)
        {
            var code = section.Layout.Code;
            var before = await history.ValuesAsync(code, view.Period.Previous, view.Filter, ct);
            List<MonthValues> months = [];
            for (var back = MonthsShown - 1; back > 0; back--)
            {
                var earlier = ReportPeriod.MonthOf(month.From.AddMonths(-back));
                months.Add(new MonthValues(earlier, await history.ValuesAsync(code, earlier, view.Filter, ct)));
            }
            // The running month stands behind the ones that are over.
            months.AddRange(section.History);
            known[code] = (before, months);
        }
        return view with
        {
            Sections = [.. view.Sections.Select(s => s with { History = known[s.Layout.Code].Months })],
            Keys =
            [
                .. view.Keys.Select(k =>
                {
                    var (before, months) = known[view.Sections.First(s => s.Layout.PlaceOf(k.Figure.Code) >= 0).Layout.Code];
                    return k with
                    {
                        Reading = k.Reading with { Previous = Known(before, k.Figure.Code) },
                        Months = [.. months.Select(m => Known(m.Values, k.Figure.Code))],
                    };
                }),
            ],
        };
    }

    private async Task<IReadOnlyList<OpenTicket>> TicketsAsync(DashboardReader reader, IEnumerable<FactRow> rows, CancellationToken ct)
    {
        var some = rows.Take(TicketsShown).ToList();
        if (reader.SectionOfNow is not { } section) return [];
        var named = await things.DescribeAsync(section.Layout.Code, [.. some.Select(r => r.Id)], ct);
        return [.. some.Where(r => named.ContainsKey(r.Id)).Select(r => reader.TicketOf(r, named[r.Id]))];
    }

    private async Task<IReadOnlyList<RatingWords>> WordsAsync(DashboardReader reader, CancellationToken ct)
    {
        List<RatingWords> words = [];
        foreach (var some in reader.Ratings().Take(RatingsTried).Chunk(RatingsAtOnce))
        {
            words.AddRange(await things.WordsAsync(some, ct));
            if (words.Count >= WordsShown) break;
        }
        return [.. words.Take(WordsShown)];
    }

    /// <summary>A period in which nothing at all was counted is unknown rather than zero: the office did not use the app yet.</summary>
    private static decimal? Known(IReadOnlyDictionary<string, FigureValue> values, string code) =>
        values.Values.Any(v => v.Counted > 0) ? values.GetValueOrDefault(code)?.Value : null;
}
