using System.Collections.Concurrent;
using System.Globalization;
using CsCheck;
using LogisticsAdmin.Features.Calendar;
using LogisticsAdmin.Features.Reports.Figures;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Reports;

/// <summary>Every figure of random lives of tickets is what a slow, obvious second implementation says, row by row.</summary>
public sealed class FigureOracleTests
{
    private const int DaysKnown = 260;

    /// <summary>The environment variable FIGURE_ROUNDS asks for more random months.</summary>
    private static readonly int Rounds = int.Parse(Environment.GetEnvironmentVariable("FIGURE_ROUNDS") ?? "1", CultureInfo.InvariantCulture);

    /// <summary>The last two change their clocks at midnight: on 6 September forward, and on 1 November back.</summary>
    private static readonly string[] Zones = ["Asia/Shanghai", "America/New_York", "America/Santiago", "America/Havana"];

    private static readonly ConcurrentDictionary<string, MinuteCalendar> Calendars = new();

    private static readonly MinuteCalendar Always = MinuteCalendar.RoundTheClock(RandomHistories.First, DaysKnown);

    private static readonly ReportPeriod[] Months = [.. Enumerable.Range(8, 4).Select(m => ReportPeriod.MonthOf(new DateOnly(2026, m, 1)))];

    private static readonly Gen<ReportPeriod> AnyPeriod = Gen.Select(Gen.Int[0, 93], Gen.Int[0, 40], Gen.Int[0, 3], (start, length, kind) =>
    {
        var day = new DateOnly(2026, 8, 20).AddDays(start);
        return kind switch
        {
            0 => ReportPeriod.DayOf(day),
            1 => ReportPeriod.QuarterOf(day),
            2 => ReportPeriod.YearOf(day),
            _ => ReportPeriod.Days(day, day.AddDays(length)),
        };
    });

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_figure_and_the_rows_behind_it_are_those_of_the_timeline() =>
        await Gen.Select(RandomHistories.Ticket.Array[1, 60], AnyPeriod.Array[2], Gen.Int[0, Zones.Length - 1]).SampleAsync(async (plans, periods, zone) =>
        {
            await using var host = await TestHost.OpenAsync(services => services.Configure<OfficeOptions>(o => o.TimeZone = Zones[zone]));
            var (oracle, section) = await PrepareAsync(host, plans, Zones[zone]);
            foreach (var period in Months.Concat(periods)) await ExpectAsync(oracle, section, period);
        }, iter: 8 * Rounds, threads: 1);

    [Fact]
    public async Task Carry_over_adds_up_in_every_month_and_is_what_the_next_month_carries_in() =>
        await Gen.Select(RandomHistories.Ticket.Array[20, 60], Gen.Int[0, Zones.Length - 1]).SampleAsync(async (plans, zone) =>
        {
            await using var host = await TestHost.OpenAsync(services => services.Configure<OfficeOptions>(o => o.TimeZone = Zones[zone]));
            var (_, section) = await PrepareAsync(host, plans, Zones[zone]);
            List<long>? carried = null;
            foreach (var month in Months)
            {
                var snapshot = await SnapshotAsync(section, month);
                int Count(string code) => snapshot.Value(code).Counted;
                foreach (var balance in section.Balances)
                    Assert.Equal(Count(balance.Closing), Count(balance.Opening) + balance.Plus.Sum(Count) - balance.Minus.Sum(Count));
                if (carried is not null) Assert.Equal(carried, Ids(snapshot.Rows("repairs.carried-in", FigurePart.Counted)));
                carried = Ids(snapshot.Rows("repairs.carried-over", FigurePart.Counted));
            }
        }, iter: 4 * Rounds, threads: 1);

    [Fact]
    public async Task The_lines_of_a_table_are_the_figures_of_their_rows_and_add_up() =>
        await Gen.Select(RandomHistories.Ticket.Array[10, 60], AnyPeriod).SampleAsync(async (plans, any) =>
        {
            await using var host = await TestHost.OpenAsync();
            var (oracle, section) = await PrepareAsync(host, plans, Zones[0]);
            foreach (var period in Months.Append(any))
            {
                var snapshot = await SnapshotAsync(section, period);
                foreach (var table in section.Tables)
                {
                    var lines = snapshot.Lines(table);
                    Assert.Equal(lines.Count, lines.Select(l => l.Key).Distinct().Count());
                    foreach (var (column, code) in table.Figures.Index())
                    {
                        var (counted, based) = oracle.Rows(Short(code), period);
                        foreach (var line in lines)
                        {
                            var filter = KeyOf(table.Dimension, snapshot, line.Key);
                            var (own, ownBase) = (counted.Where(filter).ToList(), based.Where(filter).ToList());
                            var expected = new FigureValue(code, FigureOracle.Value(Short(code), own, ownBase), own.Count, ownBase.Count);
                            Assert.True(expected == line.Values[column], $"{table.Code}, {line.Key} in {period}: {line.Values[column]} is not {expected}: "
                                + string.Join(' ', ownBase.Select(s => s.Ticket.Id).Except(Ids(snapshot.Rows(code, FigurePart.Base)))));
                            var query = FactFilter.Of(table.Dimension, line.Key);
                            Assert.Equal(own.Select(s => s.Ticket.Id), Ids(snapshot.Rows(code, FigurePart.Counted, query)));
                            Assert.Equal(line.Values[column], snapshot.Value(code, query));
                        }
                        if (table.Top is not null) continue;
                        Assert.Equal((counted.Count, based.Count), (lines.Sum(l => l.Values[column].Counted), lines.Sum(l => l.Values[column].Base)));
                    }
                    Assert.True(table.Top is null || lines.Count <= table.Top);
                }
            }
        }, iter: 4 * Rounds, threads: 1);

    private static async Task ExpectAsync(FigureOracle oracle, IReportSection section, ReportPeriod period)
    {
        var snapshot = await SnapshotAsync(section, period);
        Assert.Equal(section.Figures.Select(f => Short(f.Code)).Order(), FigureRules.All.Keys.Order());
        List<string> wrong = [];
        foreach (var figure in section.Figures)
        {
            var (counted, based) = oracle.Rows(Short(figure.Code), period);
            Compare("counted", counted, Ids(snapshot.Rows(figure.Code, FigurePart.Counted)));
            Compare("base", based, Ids(snapshot.Rows(figure.Code, FigurePart.Base)));
            var expected = new FigureValue(figure.Code, FigureOracle.Value(Short(figure.Code), counted, based), counted.Count, based.Count);
            if (snapshot.Value(figure.Code) != expected) wrong.Add($"{snapshot.Value(figure.Code)} is not {expected}");

            void Compare(string what, List<TicketStory> own, List<long> ids)
            {
                var extra = ids.Except(own.Select(s => s.Ticket.Id)).ToList();
                var missing = own.Where(s => !ids.Contains(s.Ticket.Id)).ToList();
                if (extra.Count + missing.Count == 0) return;
                var first = extra.Count > 0 ? oracle.Story(extra[0]) : missing[0];
                var absent = string.Join(' ', missing.Select(s => s.Ticket.Id));
                wrong.Add($"{figure.Code} {what} in {period}: too many {string.Join(' ', extra)}, missing {absent}: {first}");
            }
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(12)));
    }

    private static Func<TicketStory, bool> KeyOf(string dimension, SectionSnapshot snapshot, long? key) => dimension switch
    {
        "group" => s => s.GroupId == key,
        "category" => s => s.Ticket.CategoryId == key,
        "building" => s => s.Ticket.BuildingId == key,
        "room" => s => s.Ticket.RoomId == key,
        "crew" => s => s.CrewId == key,
        "technician" => s => s.TechnicianId == key,
        "reason" => s => s.Reason == (key is { } reason ? snapshot.Facts.Names["reason"][reason].Zh : null),
        "weekday" => s => ((int)Local(s).DayOfWeek + 6) % 7 == key,
        "hour" => s => Local(s).Hour == key,
        _ => throw new ArgumentOutOfRangeException(nameof(dimension), dimension, null),
    };

    private static DateTimeOffset Local(TicketStory story) => story.Submitted.ToOffset(TimeSpan.FromHours(8));

    private static async Task<(FigureOracle Oracle, IReportSection Section)> PrepareAsync(TestHost host, RandomHistories.Plan[] plans, string zone)
    {
        var known = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var calendar = Calendars.GetValueOrDefault(zone) ?? await host.InDatabaseAsync(async db => Calendars[zone] = MinuteCalendar.Of(
            await db.Set<OfficeSlot>().AsNoTracking().ToListAsync(Ct), await db.Set<CalendarSpan>().AsNoTracking().ToListAsync(Ct), known,
            RandomHistories.First, DaysKnown));
        var origins = await host.LiveAsync(plans);
        var section = host.AsSystem().Get<IEnumerable<IReportSection>>().Single(s => s.Code == "repairs");
        return (await FigureOracle.ReadAsync(host, known, calendar, Always, origins), section);
    }

    private static async Task<SectionSnapshot> SnapshotAsync(IReportSection section, ReportPeriod period) =>
        new(SectionLayout.Of(section), await section.ReadAsync(period, null, Ct));

    private static List<long> Ids(IEnumerable<FactRow> rows) => [.. rows.Select(r => r.Id).Order()];

    private static string Short(string code) => code["repairs.".Length..];
}
