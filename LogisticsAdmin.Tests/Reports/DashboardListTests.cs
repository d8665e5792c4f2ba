using LogisticsAdmin.Features.Repairs.Demo;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Reports;
using LogisticsAdmin.Features.Reports.Dashboard;
using LogisticsAdmin.Features.Reports.Figures;
using LogisticsAdmin.Features.Reports.Monthly;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Writing;
using LogisticsAdmin.Tests.Spreadsheets;
using LogisticsAdmin.Tests.Support;
using Microsoft.Extensions.Localization;
using Xunit;

namespace LogisticsAdmin.Tests.Reports;

/// <summary>Where the dashboard leads, and the workbook of what it shows.</summary>
public sealed class DashboardListTests
{
    private static readonly ReportPeriod November = ReportPeriod.MonthOf(new DateOnly(2026, 11, 1));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Every_tile_and_line_leads_to_as_many_rows_as_it_counts(bool atCampus, bool ofCrew)
    {
        await using var host = await MonthAsync();
        var manager = await host.AsAsync(TestUsers.Manager);
        var view = await ReadAsync(manager, new DashboardFilter());
        // The crew with most to do, at the campus that has anything for it.
        var crew = view.Crews.MaxBy(c => c.InHand)!.Crew.Id;
        foreach (var campus in view.Campuses)
        {
            var filter = new DashboardFilter { CampusId = atCampus ? campus.Key : null, CrewId = ofCrew ? crew : null };
            view = await ReadAsync(manager, filter);
            if (view.Now[0].Value.Counted > 0) break;
        }

        Assert.True(view.Now[0].Value.Counted > 0);
        foreach (var tile in view.Now) await DemandAsync(tile.Address, tile.Value.Counted);
        foreach (var tile in view.Keys)
        {
            await DemandAsync(tile.Address, tile.Reading.Counted);
            foreach (var beside in tile.Beside) await DemandAsync(beside.Address, beside.Value.Counted);
        }
        foreach (var load in view.Crews) await DemandAsync(load.Address, load.InHand + load.ToVerify);
        foreach (var (line, address) in view.Tables.SelectMany(t => t.Lines))
            Assert.Contains(await CountAsync(address), line.Values.Select(v => v.Counted));

        async Task DemandAsync(string? address, int counted) => Assert.Equal((address, counted), (address, await CountAsync(address)));

        async Task<int> CountAsync(string? address)
        {
            var parts = address!.Split('?');
            var path = parts[0].Split('/');
            Assert.Equal(["reports", "monthly", path[2], "figures", path[4]], path);
            var asked = FigureAddress.Read(path[2], path[4], parts.Length > 1 ? parts[1] : "")!.Value;
            return (await manager.Get<ReportService>().FigureAsync(asked.Query, 0, ct: Ct)).Total;
        }
    }

    [Fact]
    public void A_filter_is_read_back_from_its_address_with_rows_that_have_no_key()
    {
        foreach (var filter in new[]
                 {
                     FactFilter.None, FactFilter.Of("crew", 5), FactFilter.Of("crew", null), FactFilter.Of("campus", null).And("crew", -7).And("room", null),
                 })
        {
            var address = ReportAddresses.Figure(November, "repairs.intake", FigurePart.Base, filter);
            var read = FigureAddress.Read("2026-11", "repairs.intake", address[address.IndexOf('?', StringComparison.Ordinal)..])!.Value.Query;
            Assert.Equal(filter.Keys, read.Filter.Keys);
            Assert.Equal(FigurePart.Base, read.Part);
        }
        Assert.Equal([("crew", null)], FigureAddress.Read("2026-11", "x", "?by=crew")!.Value.Query.Filter.Keys);
        Assert.Equal([("crew", 3L)], FigureAddress.Read("2026-11", "x", "?by=&of=1&by=crew&of=3")!.Value.Query.Filter.Keys);
    }

    [Fact]
    public async Task The_list_behind_a_figure_names_all_that_it_is_restricted_to()
    {
        await using var host = await MonthAsync();
        var manager = await host.AsAsync(TestUsers.Manager);
        var view = await ReadAsync(manager, new DashboardFilter());
        var (campus, crew) = (view.Campuses[0], view.Crews[0].Crew);
        var query = new FigureQuery
        {
            Period = November,
            Figure = "repairs.intake",
            Filter = FactFilter.Of(DashboardFigures.Campus, campus.Key).And(DashboardFigures.Crew, crew.Id),
        };

        var list = await manager.Get<ReportService>().FigureAsync(query, 0, ct: Ct);

        Assert.Equal([campus.Value, crew.Name], list.Filters);
        await Assert.ThrowsAsync<NotFound>(() =>
            manager.Get<ReportService>().FigureAsync(query with { Filter = query.Filter.And("nothing", 1) }, 0, ct: Ct));
    }

    [Fact]
    public async Task Dispatchers_are_led_to_the_desk_where_it_has_a_view_of_the_same_and_nowhere_else()
    {
        await using var host = await TestHost.OpenAsync();
        await host.TicketAsync(TicketStatus.Completed);
        var dispatcher = await host.AsAsync(TestUsers.Dispatcher);
        var campus = (await ReadAsync(dispatcher, new DashboardFilter())).Campuses[0].Key;

        var view = await ReadAsync(dispatcher, new DashboardFilter { CampusId = campus });

        Assert.Equal(
            [null, $"repairs?view=Overdue&campus={campus}", null, $"repairs?view=ToVerify&campus={campus}"], view.Now.Select(n => n.Address));
        Assert.All(view.Keys, k => Assert.Null(k.Address));
        Assert.All(view.Tables.SelectMany(t => t.Lines), l => Assert.Null(l.Address));
    }

    [Theory]
    [InlineData(TestUsers.Manager, Languages.Chinese)]
    [InlineData(TestUsers.Manager, Languages.English)]
    [InlineData(TestUsers.Dispatcher, Languages.Chinese)]
    public async Task The_workbook_has_what_the_page_shows_and_for_dispatchers_no_scores_of_people(string userName, string language)
    {
        await using var host = await MonthAsync();
        var desk = await host.AsAsync(userName);
        var view = await desk.Get<DashboardService>().WithHistoryAsync(await ReadAsync(desk, new DashboardFilter()), Ct);
        System.Globalization.CultureInfo.CurrentCulture = System.Globalization.CultureInfo.CurrentUICulture =
            System.Globalization.CultureInfo.GetCultureInfo(language);
        var words = desk.Get<IStringLocalizer<DashboardText>>();

        var sheets = new ReadBack(AnnexWorkbook.Write(desk.Get<DashboardSheets>().Of(view), 1, null, Ct)).Sheets.ToDictionary(s => s.Name, s => s.Rows);

        Assert.Equal(view.Now.Select(n => (object?)(double)n.Value.Counted), sheets[words["Sheet.Now"]].Skip(1).Select(r => r[1]));
        var keys = sheets[words["Sheet.Keys"]].Skip(1).ToDictionary(r => (string)r[0]!);
        foreach (var tile in view.Keys)
        {
            var row = keys[tile.Figure.Words.Name.ToString()];
            Assert.Equal((double?)tile.Reading.Value, (double?)row[1]);
            Assert.Equal((double?)tile.Reading.Target, (double?)row[5]);
            Assert.Equal((double?)tile.Reading.Previous, (double?)row[7]);
            Assert.All(tile.Beside, b => Assert.Equal((double?)b.Value.Value, (double?)keys[b.Figure.Words.Name.ToString()][1]));
        }
        Assert.Equal(view.Crews.Select(c => (object?)c.Crew.Name.ToString()), sheets[words["Sheet.Crews"]].Skip(1).Select(r => r[0]));
        Assert.Equal(view.Longest.Select(t => (object?)t.Thing.Number), sheets[words["Sheet.Longest"]].Skip(1).Select(r => r[0]));
        Assert.Equal(view.Words.Select(w => (object?)w.Words), sheets[words["Sheet.Words"]].Skip(1).Select(r => r[1]));
        Assert.Equal(14, sheets[words["Sheet.Months"]].Count);
        foreach (var table in view.Tables)
        {
            var stored = sheets.Single(s => table.Layout.Caption.ToString().StartsWith(s.Key, StringComparison.Ordinal)).Value;
            Assert.Equal(table.Lines.Select(l => (object?)l.Line.Name?.ToString()), stored.Skip(1).Select(r => r[0]));
        }
        Assert.Equal(userName == TestUsers.Manager, view.Tables.Any(t => t.Layout.Dimension == "technician"));
    }

    private static async Task<TestHost> MonthAsync()
    {
        var host = await TestHost.OpenAsync();
        await host.AsSystem().Get<DemoTickets>().GenerateAsync(500, 2, 7, TestHost.Start, Ct);
        return host;
    }

    private static async Task<DashboardView> ReadAsync(Desk desk, DashboardFilter filter)
    {
        var service = desk.Get<DashboardService>();
        using var watch = service.Watch(filter);
        while (true)
            if (await service.ReadAsync(await watch.NextAsync(Ct), filter, Ct) is { } view) return view;
    }
}
