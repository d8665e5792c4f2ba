using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.Figures;
using LogisticsAdmin.Features.Fees.Kinds;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Reports.Figures;
using LogisticsAdmin.Features.Reports.Files;
using LogisticsAdmin.Features.Reports.Monthly;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Documents;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>The report's section on fees: what it counts, the rows behind it, and what is printed.</summary>
public sealed class FeesReportTests
{
    private static readonly FeePeriod November = FeePeriod.Month(2026, 11);
    private static readonly ReportPeriod Month = ReportPeriod.MonthOf(new DateOnly(2026, 11, 1));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Every_figure_of_random_bills_payments_corrections_and_refunds_is_that_of_a_slow_second_computation(int seed)
    {
        await using var host = await TestHost.OpenAsync();
        var random = new Random(seed);
        await LiveAsync(host, random);
        var (oracle, section) = (await FeeFigureOracle.ReadAsync(host), Section(host));
        List<string> wrong = [];
        List<ReportPeriod> periods =
        [
            .. Enumerable.Range(-2, 8).Select(m => ReportPeriod.MonthOf(new DateOnly(2026, 11, 1).AddMonths(m))), ReportPeriod.QuarterOf(Month.From),
            ReportPeriod.YearOf(Month.From), ReportPeriod.Days(new DateOnly(2026, 11, 27), new DateOnly(2027, 1, 9)),
        ];
        foreach (var period in periods)
        {
            var snapshot = await SnapshotAsync(section, period);
            var expected = oracle.Values(period);
            Assert.Equal(section.Figures.Select(f => f.Code).Order(), expected.Keys.Select(FeeFigures.Full).Order());
            foreach (var (code, value) in expected)
            {
                var own = snapshot.Value(FeeFigures.Full(code)).Value;
                if (own != value) wrong.Add($"{code} in {period}: {own} is not {value}");
            }
            DemandRows(oracle, snapshot, period);
            foreach (var table in section.Tables.Where(t => t.Top is null)) DemandSums(snapshot, table);
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(20)));
    }

    [Fact]
    public async Task Rows_behind_figures_lead_to_bills_and_accounts_and_are_found_by_number_and_room()
    {
        await using var host = await TestHost.OpenAsync();
        var (history, room) = (await FeeHistory.OfAsync(host), LedgerAccount.OfRoom((await host.ResidentsRoomAsync()).Id));
        var bill = await history.BillAsync("electricity", room, November, 100, 1);
        await history.PayAsync(room, 4_000);
        var reports = (await host.AsAsync(TestUsers.Manager)).Get<ReportService>();

        var owed = await reports.FigureAsync(new FigureQuery { Period = Month, Figure = "fees.arrears" }, 0, ct: Ct);
        var received = await reports.FigureAsync(new FigureQuery { Period = Month, Figure = "fees.received" }, 0, ct: Ct);

        Assert.Equal((60m, 40m), (owed.Value.Value, received.Value.Value));
        var row = Assert.Single(owed.Rows);
        Assert.Equal((bill.Number, $"fees/bills/{bill.Id}"), (row.Thing!.Number, row.Thing.Address));
        Assert.StartsWith("fees/accounts/", Assert.Single(received.Rows).Thing!.Address, StringComparison.Ordinal);
        var rows = new[] { row.Fact.Id, received.Rows[0].Fact.Id };
        Assert.Equal([row.Fact.Id], await Section(host).FindAsync(rows, bill.Number[^5..], Ct));
        Assert.Equal(rows.Order(), (await Section(host).FindAsync(rows, "竹园3号楼", Ct)).Order());
        Assert.Empty(await Section(host).FindAsync(rows, "%", Ct));
        Assert.Equal(rows.Order(), (await Section(host).ReadAsync(Month, rows, Ct)).Rows.Select(r => r.Id).Order());
        Assert.Empty((await Section(host).ReadAsync(Month, [99_999], Ct)).Rows);
        await Assert.ThrowsAsync<NotFound>(async () => await (await host.AsAsync(TestUsers.Dispatcher)).Get<ReportService>()
            .FigureAsync(new FigureQuery { Period = Month, Figure = "fees.arrears" }, 0, ct: Ct));
        await Assert.ThrowsAsync<NotFound>(async () => await (await host.AsAsync(TestUsers.Resident)).Get<ReportService>().MonthAsync(Month, Ct));
    }

    [Fact]
    public async Task A_bill_that_a_room_and_who_moved_out_both_owe_is_counted_with_both_debts()
    {
        await using var host = await TestHost.OpenAsync();
        var (history, room) = (await FeeHistory.OfAsync(host), LedgerAccount.OfRoom((await host.ResidentsRoomAsync()).Id));
        var bill = await history.BillAsync("electricity", room, November, 100, 1);
        await history.PayAsync(room, 10_000);
        await history.CorrectAsync(bill, 1.8m, LedgerAccount.OfPerson(history.People[1]), 2_000);

        var snapshot = await SnapshotAsync(Section(host), Month);

        Assert.Equal((80m, 2), (snapshot.Value("fees.arrears").Value, (int)snapshot.Value("fees.arrears-accounts").Value!.Value));
        Assert.Equal(100m, snapshot.Value("fees.collected").Value);
        Assert.Equal(2, snapshot.Rows("fees.arrears", FigurePart.Counted).Count());
    }

    [Fact]
    public async Task A_corrected_payment_changes_what_was_received()
    {
        await using var host = await TestHost.OpenAsync();
        var (history, room) = (await FeeHistory.OfAsync(host), LedgerAccount.OfRoom((await host.ResidentsRoomAsync()).Id));
        await history.PayAsync(room, 10_000);
        await history.CorrectPaymentAsync(room, 8_000);
        await history.CorrectPaymentAsync(room, -10_000);

        Assert.Equal(80m, (await SnapshotAsync(Section(host), Month)).Value("fees.received").Value);
    }

    [Fact]
    public async Task Rooms_without_area_or_without_people_are_left_out_of_what_is_per_square_metre_and_per_person()
    {
        await using var host = await TestHost.OpenAsync();
        var history = await FeeHistory.OfAsync(host);
        var rooms = await RoomsAsync(host);
        await history.BillAsync("electricity", rooms[0], November, 120.5m, 1);
        await history.BillAsync("electricity", rooms[2], November, 50, 1);
        await history.BillAsync("electricity", rooms[1], November, 10, 1, days: 0, emptyDays: 30);

        var snapshot = await SnapshotAsync(Section(host), Month);

        Assert.Equal(180.5m, Value("usage-electricity"));
        // Two people of 30 and 23 days in each of the two rooms where somebody lived.
        Assert.Equal(decimal.Round(170.5m / (2 * decimal.Round(53 / 30m, 4)), 4, MidpointRounding.AwayFromZero), Value("per-person-electricity"));
        Assert.Equal(decimal.Round(130.5m / 45.5m, 4, MidpointRounding.AwayFromZero), Value("per-area-electricity"));
        Assert.Equal((170.5m, 10m), (Value("receivable"), Value("vacant")));
        Assert.Null(Value("per-person-gas"));

        decimal? Value(string code) => snapshot.Value(FeeFigures.Full(code)).Value;
    }

    [Fact]
    public async Task What_was_collected_counts_until_the_end_of_the_following_month_and_a_closed_month_stays_as_it_was()
    {
        await using var host = await TestHost.OpenAsync();
        var (history, room) = (await FeeHistory.OfAsync(host), LedgerAccount.OfRoom((await host.ResidentsRoomAsync()).Id));
        await history.BillAsync("electricity", room, November, 100, 1);
        host.Clock.Advance(TimeSpan.FromDays(12));
        await history.PayAsync(room, 5_000);
        var manager = await host.AsAsync(TestUsers.Manager);
        await manager.Get<ClosingService>().CloseAsync(Month, Ct);
        await history.PayAsync(room, 2_000);
        Assert.Equal(0.7m, await RateAsync());
        host.Clock.Advance(TimeSpan.FromDays(40));
        await history.PayAsync(room, 3_000);

        Assert.Equal(0.7m, await RateAsync());
        var closed = await manager.Get<ReportService>().MonthAsync(Month, Ct);
        Assert.Equal(0.5m, closed.Content.Sections.Single(s => s.Layout.Code == "fees").Readings["fees.collection-rate"].Value);
        var live = await manager.Get<ReportService>().DifferencesAsync(closed.Closing!.Id, Ct);
        Assert.Equal(["fees.collected", "fees.collection-rate"], live.Differences.Select(f => f.Figure.Code));
        var january = (await manager.Get<ReportService>().MonthAsync(ReportPeriod.MonthOf(new DateOnly(2027, 1, 1)), Ct)).Content;
        var received = january.Sections.Single(s => s.Layout.Code == "fees").Readings["fees.received"];
        Assert.Equal((30m, 70m), (received.Value, received.Previous));

        async Task<decimal?> RateAsync() => (await SnapshotAsync(Section(host), Month)).Value("fees.collection-rate").Value;
    }

    [Theory]
    [InlineData(Languages.Chinese, "收缴率40.0%", "应收100.00元，实收40.00元。本期账单收缴率40.0%。期末1户欠费60.00元，")]
    [InlineData(Languages.English, "Collectionrate40.0%", "100.00yuanwerereceivableand40.00yuanwerereceived.Ofthesebills,40.0%iscollected.")]
    public async Task The_printed_report_says_it_in_both_languages(string language, string line, string summary)
    {
        await using var host = await TestHost.OpenAsync();
        var (history, room) = (await FeeHistory.OfAsync(host), LedgerAccount.OfRoom((await host.ResidentsRoomAsync()).Id));
        await history.BillAsync("electricity", room, November, 100, 1);
        await history.PayAsync(room, 4_000);
        var files = (await host.AsAsync(TestUsers.Manager)).Get<ReportFiles>();

        var printed = PdfText.Whole((await files.AsItStandsAsync(Month, ReportFileKind.Pdf, language, Ct)).Bytes);

        Assert.Contains(line, printed, StringComparison.Ordinal);
        Assert.Contains(summary, printed, StringComparison.Ordinal);
        Assert.NotEmpty((await files.AsItStandsAsync(Month, ReportFileKind.Workbook, language, Ct)).Bytes);
    }

    [Fact]
    public async Task An_empty_month_has_no_rows_and_says_so()
    {
        await using var host = await TestHost.OpenAsync();
        var content = (await (await host.AsAsync(TestUsers.Manager)).Get<ReportService>().MonthAsync(Month, Ct)).Content;
        var section = content.Sections.Single(s => s.Layout.Code == "fees");

        Assert.Empty(section.Snapshot.Facts.Rows);
        var summary = section.Summary.Single();
        Assert.Equal(("本期没有账单、收款和欠费。", "There were no bills, payments or arrears."), (summary.Zh, summary.En));
        Assert.Equal((0m, null), (section.Snapshot.Value("fees.receivable").Value, section.Snapshot.Value("fees.collection-rate").Value));
    }

    [Fact]
    public async Task A_payment_concerns_this_month_and_the_one_before_and_a_run_all_months()
    {
        await using var host = await TestHost.OpenAsync();
        var section = Section(host);

        Assert.Equal(new FactsChange(null, null), section.ChangedBy(new KeyChanged(FeesTopics.Runs, 1)));
        var since = section.ChangedBy(new KeyChanged(FeesTopics.Accounts, 1))!.Since;
        Assert.InRange(since!.Value, TestHost.Start.AddDays(-36), TestHost.Start.AddMonths(-1));
        Assert.Null(section.ChangedBy(new KeyChanged(FeesTopics.Meters, 1)));
        Assert.False(section.IsOnDashboard);
    }

    [Fact]
    public async Task Every_other_metered_kind_has_its_line_with_its_unit_also_by_building_and_no_sum_over_units()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.Chinese);
        await using var host = await TestHost.OpenAsync();
        await MeteredAsync(host, "steam", "蒸汽费", "吨");
        await MeteredAsync(host, "cooling", "供冷费", "度");
        var (history, rooms) = (await FeeHistory.OfAsync(host), await RoomsAsync(host));
        await history.BillAsync("steam", rooms[0], November, 10.125m, 1);
        await history.BillAsync("steam", rooms[2], November, 5, 1, days: 0);
        await history.BillAsync("cooling", rooms[1], November, 40.4m, 1);
        await history.BillAsync("gas", rooms[1], November, 7, 1);

        var snapshot = await SnapshotAsync(Section(host), Month);

        Assert.Equal(["供冷费（度） 40.4 22.8675 1.6", "蒸汽费（吨） 15.125 5.731 0.5"], Lines("usage-other"));
        Assert.Equal(
            ["供冷费（度） 竹园3号楼 40.4 22.8675 1.6", "蒸汽费（吨） 竹园3号楼 15.125 5.731 0.5"], Lines("usage-other-buildings"));
        Assert.DoesNotContain(snapshot.Layout.Reported, f => f.Code.EndsWith("-other", StringComparison.Ordinal));
        var month = (await (await host.AsAsync(TestUsers.Manager)).Get<ReportService>().MonthAsync(Month, Ct));
        Assert.NotNull(month);

        List<string> Lines(string table) =>
        [
            .. from line in snapshot.Lines(snapshot.Layout.Tables.Single(t => t.Code == table))
               let values = line.Values.Select(v => v.Value?.ToString("0.####", CultureInfo.InvariantCulture))
               select string.Join(' ', values.Prepend(line.Name!.Zh)),
        ];
    }

    [Fact]
    public async Task Many_bills_are_read_by_as_many_queries_as_few()
    {
        var sql = new SqlCounter();
        await using var host = await TestHost.OpenAsync(services => services.ConfigureDbContext<LogisticsDb>(db => db.AddInterceptors(sql)));
        var history = await FeeHistory.OfAsync(host);
        var rooms = await RoomsAsync(host);
        await history.BillAsync("electricity", rooms[0], November, 1, 1);
        await SnapshotAsync(Section(host), Month);
        var few = await AskedAsync();
        foreach (var room in rooms) await history.BillAsync("gas", room, November, 1, 1);
        foreach (var month in Enumerable.Range(1, 9)) await history.BillAsync("gas", rooms[0], FeePeriod.Month(2026, month), 1, 1);

        Assert.Equal(few, await AskedAsync());

        async Task<int> AskedAsync()
        {
            var before = sql.Count;
            await SnapshotAsync(Section(host), ReportPeriod.YearOf(Month.From));
            return sql.Count - before;
        }
    }

    /// <summary>Three rooms of which the second has no people and the third no area, and two people, for about three months.</summary>
    private static async Task LiveAsync(TestHost host, Random random)
    {
        foreach (var (code, unit) in new[] { ("steam", "吨"), ("compressed-air", "立方米") }) await MeteredAsync(host, code, code, unit);
        var history = await FeeHistory.OfAsync(host);
        var rooms = await RoomsAsync(host);
        List<LedgerAccount> payers = [.. rooms, .. history.People.Select(LedgerAccount.OfPerson)];
        HashSet<(string, string, string)> billed = [];
        List<Bill> bills = [];
        for (var n = 0; n < 60; n++)
        {
            host.Clock.Advance(TimeSpan.FromHours(random.Next(100)));
            var payer = payers[random.Next(payers.Count)];
            switch (random.Next(10))
            {
                case < 5:
                    var kind = payer.RoomId is null ? "internet" : new[] { "electricity", "cold-water", "gas", "steam", "compressed-air" }[random.Next(5)];
                    var day = DateOnly.FromDateTime(host.Clock.GetUtcNow().Date).AddMonths(-random.Next(3));
                    var period = FeePeriod.Month(day.Year, day.Month);
                    if (!billed.Add((kind, payer.Key, period.Code))) break;
                    bills.Add(await history.BillAsync(
                        kind, payer, period, random.Next(1_000_000) / 10_000m, random.Next(1, 30) / 10m, payer.RoomId is not null ? random.Next(3) * 15 : 30,
                        payer.RoomId is not null ? random.Next(12) : 0));
                    break;
                case 5 when bills.Count > 0:
                    await history.CorrectAsync(bills[random.Next(bills.Count)], random.Next(30) / 10m);
                    break;
                case 6 when random.Next(2) == 0:
                    await history.RefundAsync(payer, random.Next(1, 2_000));
                    break;
                case 7:
                    await history.TransferAsync(payer, payers[(payers.IndexOf(payer) + 1) % payers.Count], random.Next(1, 3_000));
                    break;
                case 6 when random.Next(3) == 0:
                    await history.CorrectPaymentAsync(payer, random.Next(-2_000, 2_000) * 2 + 1);
                    break;
                case 8 when random.Next(3) == 0:
                    await history.OpenAsync(payer, random.Next(-5_000, 5_000) * 2 + 1);
                    break;
                default:
                    await history.PayAsync(payer, random.Next(1, 15_000));
                    break;
            }
        }
        await host.DemandSoundAsync();
    }

    /// <summary>A metered kind that has no figures of its own.</summary>
    private static async Task MeteredAsync(TestHost host, string code, string name, string unit) =>
        await (await host.AsAsync(TestUsers.Administrator)).Get<FeeKindService>().CreateAsync(new FeeKindForm
        {
            Code = code,
            Name = name,
            NameEn = code,
            Unit = unit,
            UnitEn = unit,
            Measure = FeeMeasure.Meter,
            Payer = FeePayer.Room,
            Cycle = BillingCycle.Month,
        }, Ct);

    private static async Task<List<LedgerAccount>> RoomsAsync(TestHost host) => await host.InDatabaseAsync(async db =>
    {
        var rooms = await db.Rooms.Where(r => r.Building.Name == "竹园3号楼" && r.Kind == RoomKind.Bedroom).OrderBy(r => r.Id).Take(3).ToListAsync(Ct);
        rooms[0].Describe(RoomKind.Bedroom, 20.25m, 4);
        rooms[1].Describe(RoomKind.Bedroom, 25.25m, 4);
        rooms[2].Describe(RoomKind.Bedroom, null, 4);
        await db.SaveChangesAsync(Ct);
        return rooms.Select(r => LedgerAccount.OfRoom(r.Id)).ToList();
    });

    private static void DemandRows(FeeFigureOracle oracle, SectionSnapshot snapshot, ReportPeriod period)
    {
        Assert.Equal(
            oracle.BillsOf(period).Select(b => FeeFact.RowOfBill(b.Id)).Order(),
            snapshot.Rows("fees.receivable", FigurePart.Counted).Select(r => r.Id).Order());
        var (bills, others) = oracle.UnpaidAt(period);
        var rows = snapshot.Rows("fees.arrears", FigurePart.Counted).ToList();
        Assert.Equal((bills.Count, others), (rows.Count(r => r.Id % 2 == 0), rows.Count(r => r.Id % 2 == 1)));
        Assert.Equal(snapshot.Facts.Rows.Count, snapshot.Facts.Rows.DistinctBy(r => r.Id).Count());
    }

    private static void DemandSums(SectionSnapshot snapshot, ReportTableLayout table)
    {
        var lines = snapshot.Lines(table);
        foreach (var (column, code) in table.Figures.Index().Where(f => snapshot.Layout.Figure(f.Item).Form is FigureForm.Sum or FigureForm.Count))
            Assert.Equal(snapshot.Value(code).Value, lines.Sum(l => l.Values[column].Value ?? 0));
    }

    private static IReportSection Section(TestHost host) => host.AsSystem().Get<IEnumerable<IReportSection>>().Single(s => s.Code == "fees");

    private static async Task<SectionSnapshot> SnapshotAsync(IReportSection section, ReportPeriod period) =>
        new(SectionLayout.Of(section), await section.ReadAsync(period, null, Ct));
}
