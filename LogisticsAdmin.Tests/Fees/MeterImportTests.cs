using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Metering;
using LogisticsAdmin.Features.Imports;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Imports;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static LogisticsAdmin.Tests.Fees.MeterSteps;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>Meters and readings from spreadsheets, their undo, what is shown of a room, the stored check, and the example rows.</summary>
public sealed class MeterImportTests
{
    private const string Meters = "费用类型,表号,楼栋,房间,份额,倍率,位数,装表日期,底数\n";
    private const string Readings = "费用类型,表号,楼栋,房间,抄表日期,读数,说明\n";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Meters_are_imported_with_their_rooms_and_removed_by_undo_unless_they_were_read()
    {
        await using var host = await TestHost.OpenAsync();
        var desk = await host.AsAsync(TestUsers.Manager);
        const string File = Meters + "燃气费,G1,竹园3号楼,511,2,1.5,5,2026-03-01,12.5\n"
            + "燃气费,G1,竹园3号楼,512,1,1.5,5,2026-03-01,12.5\n燃气费,G2,竹园3号楼,510,,,,2026-03-01,\n";
        var (batch, counts) = await desk.ImportAsync("meters", File);
        Assert.Equal(new ImportCounts(3, 0, 0, 0), counts);
        var stored = await host.InDatabaseAsync(db =>
            db.Meters.Include(m => m.Rooms).Where(m => m.Number == "G1" || m.Number == "G2").OrderBy(m => m.Id).ToListAsync(Ct));
        Assert.Equal([(2, 1.5m, 5), (1, 1m, 6)], stored.Select(m => (m.Rooms.Count, m.Multiplier, m.Digits)));
        Assert.Equal(12.5m, (await host.CountingAsync(stored[0].Id)).Single().Value);
        await using (var again = await desk.CheckAsync("meters", File)) Assert.Equal(new ImportCounts(0, 0, 3, 0), again.Counts);
        Assert.Empty(await ProblemsAsync(host));
        await desk.Get<ReadingService>().RecordAsync(Reading(stored[0].Id, 100, 20), Ct);

        var report = await desk.Imports.UndoAsync(batch, Ct);

        Assert.Equal(["G1"], report.Skipped.Select(s => s.Label));
        Assert.Equal(["G1"], await host.InDatabaseAsync(db =>
            db.Meters.Where(m => m.Number == "G1" || m.Number == "G2").Select(m => m.Number).ToListAsync(Ct)));
    }

    [Fact]
    public async Task Wrong_meters_are_refused_at_their_fields()
    {
        await using var host = await TestHost.OpenAsync();
        await host.InstallAsync("G0");
        await using var session = await (await host.AsAsync(TestUsers.Manager)).CheckAsync("meters", Meters
            + "网络费,G1,竹园3号楼,511,,,,,\n燃气费,G2,竹园3号楼,999,,,,,\n"
            + "燃气费,G3,竹园3号楼,511,0,,,,\n燃气费,G4,竹园3号楼,511,,0,,,\n燃气费,G5,竹园3号楼,511,,,2,,\n"
            + "燃气费,G6,竹园3号楼,511,,,,2026-11-23,\n燃气费,G7,竹园3号楼,511,,,3,,1000\n燃气费,G0,竹园3号楼,511,,,,,\n"
            + "燃气费,G8,竹园3号楼,511,,,,,\n燃气费,G8,竹园3号楼,512,,2,,,\n燃气费,G9,竹园3号楼,511,,,,1926-09-01,\n");

        Assert.Equal(
            ["meter-kind: Import.UnknownKind", "meter-room: Import.UnknownRoom", "meter-share: Import.OutOfRange", "meter-multiplier: Import.OutOfRange",
                "meter-digits: Import.OutOfRange", "meter-installed-on: Refusal.DayInFuture", "meter-opening: Refusal.TooManyDigits",
                "meter-number: Import.KnownOtherwise", "meter-room: Import.OtherRoomWrong", "meter-number: Import.DiffersFromRow",
                "meter-installed-on: Import.DayTooEarly"],
            Enumerable.Range(2, 11).Select(row => Assert.Single(session.Wrong(row))));
    }

    [Fact]
    public async Task Readings_are_imported_in_any_order_and_taken_back_with_what_they_replaced()
    {
        await using var host = await TestHost.OpenAsync();
        var (meter, other) = (await host.InstallAsync("G1", opening: 9_900), await host.InstallAsync("G2", "竹园3号楼 511"));
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        await desk.Get<ReadingService>().RecordAsync(Reading(meter, 31, 9_940), Ct);
        await desk.Get<ReadingService>().EstimateAsync(meter, Installed.AddDays(50), Guid.NewGuid(), ct: Ct);
        var before = await host.CountingAsync(meter);
        const string File = Readings + "燃气费,G1,,,2026-04-01,40,过零\n燃气费,G1,,,2026-02-01,9950,看错\n"
            + "燃气费,G1,,,2026-03-01,9960,\n燃气费,,竹园3号楼,511,2026-02-01,5.25,\n";

        var (batch, counts) = await desk.ImportAsync("meter-readings", File);

        Assert.Equal(new ImportCounts(3, 1, 0, 0), counts);
        // The estimate of 20 February lay beyond the reading of 1 March.
        Assert.Equal([50m, 10m, 80m], await host.UsageAsync(meter));
        Assert.Equal([5.25m], await host.UsageAsync(other));
        Assert.Empty(await ProblemsAsync(host));
        await using (var again = await desk.CheckAsync("meter-readings", File)) Assert.Equal(new ImportCounts(0, 0, 4, 0), again.Counts);
        Assert.Empty((await desk.Imports.UndoAsync(batch, Ct)).Skipped);
        Assert.Equal(before.Select(Said), (await host.CountingAsync(meter)).Select(Said));
        Assert.Empty(await host.UsageAsync(other));
        Assert.Empty(await ProblemsAsync(host));

        static (DateOnly, decimal, ReadingSource, bool) Said(MeterReading r) => (r.Day, r.Value, r.Source, r.RolledOver);
    }

    [Fact]
    public async Task Doubtful_and_wrong_readings_are_refused_with_the_question_unless_a_note_answers_it()
    {
        await using var host = await TestHost.OpenAsync();
        var meter = await host.InstallAsync("G1", opening: 1_000);
        await host.InstallAsync("G2", opening: 1_000);
        await (await host.AsAsync(TestUsers.Technician)).Get<ReadingService>().RecordAsync(Reading(meter, 30, 1_030), Ct);
        await using var session = await (await host.AsAsync(TestUsers.Dispatcher)).CheckAsync("meter-readings", Readings
            + "燃气费,G1,,,2026-01-31,1031,\n燃气费,G1,,,2025-12-31,900,\n"
            + "燃气费,G1,,,2026-01-01,1001,x\n燃气费,G1,,,2026-11-23,1100,\n燃气费,G1,,,2026-02-10,2000,\n"
            + "燃气费,G1,,,2026-02-10,1050,\n燃气费,G1,,,2026-03-01,10000,\n"
            + "燃气费,G9,,,2026-03-01,1,\n燃气费,,竹园3号楼,512,2026-03-01,1,\n燃气费,,竹园3号楼,510,2026-03-01,1,\n"
            + "燃气费,G1,竹园3号楼,511,2026-03-02,1,\n燃气费,G2,,,2026-02-10,900,\n燃气费,G2,,,2026-03-10,1.23456,\n"
            + "燃气费,G2,,,1926-03-10,1001,\n");

        Assert.Equal(
            ["reading-value: Import.OtherValue", "reading-day: Refusal.BeforeOpening", "reading-value: Import.OpeningKnown", "reading-day: Refusal.DayInFuture",
                "reading-value: Import.TooMuch", "reading-day: Import.SameDayTwice", "reading-value: Refusal.TooManyDigits",
                "meter-number: Import.UnknownMeter",
                "meter-room: Import.SeveralMeters", "meter-room: Import.RoomWithoutMeter", "meter-room: Import.NotOfRoom", "reading-value: Import.Backwards",
                "reading-value: Import.TooFine", "reading-day: Import.DayTooEarly"],
            Enumerable.Range(2, 14).Select(row => Assert.Single(session.Wrong(row))));
    }

    [Theory]
    [InlineData(TestUsers.Dispatcher, false, true)]
    [InlineData(TestUsers.Technician, false, false)]
    [InlineData(TestUsers.Resident, false, false)]
    [InlineData(TestUsers.Administrator, true, true)]
    public async Task The_management_imports_meters_and_the_office_readings(string who, bool meters, bool readings)
    {
        await using var host = await TestHost.OpenAsync();
        var desk = await host.AsAsync(who);
        var kinds = desk.Get<IEnumerable<LogisticsAdmin.Spreadsheets.Importing.ImportKind>>().ToList();
        var actor = desk.Get<LogisticsAdmin.Security.CurrentUser>().Actor;

        Assert.Equal((meters, readings), (kinds.OfType<MetersImport>().Single().MayImport(actor), kinds.OfType<ReadingsImport>().Single().MayImport(actor)));
    }

    [Fact]
    public async Task A_room_shows_its_meters_with_their_newest_readings_to_those_who_read_them()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.Chinese);
        await using var host = await TestHost.OpenAsync();
        var meter = await host.InstallAsync("G1");
        await (await host.AsAsync(TestUsers.Technician)).Get<ReadingService>().RecordAsync(Reading(meter, 30, 12.5m), Ct);
        var room = await host.InDatabaseAsync(db => db.Rooms
            .Where(r => r.Building.Name == "竹园3号楼" && r.Code == "512").Select(r => r.Id).SingleAsync(Ct));

        var section = await SectionAsync(TestUsers.Dispatcher);

        var line = Assert.Single(section!.Lines);
        Assert.Equal(("G1", "燃气费：读数 12.5", "实抄", "fees/meters?q=G1"), (line.Number, line.About, line.State.ToString(), line.Address));
        Assert.NotNull(await SectionAsync(TestUsers.Technician));
        Assert.Null(await SectionAsync(TestUsers.Resident));

        async Task<PageSection?> SectionAsync(string who) =>
            await (await host.AsAsync(who)).Get<IEnumerable<IRoomSection>>().OfType<RoomMeters>().Single().ReadAsync(room, 5, Ct);
    }

    [Fact]
    public async Task The_check_finds_a_meter_without_opening_and_usage_that_is_wrong()
    {
        await using var host = await TestHost.OpenAsync();
        var (meter, other) = (await host.InstallAsync("G1", opening: 50), await host.InstallAsync("G2"));
        Assert.Empty(await ProblemsAsync(host));
        await host.InDatabaseAsync(async db =>
        {
            db.MeterReadings.Add(new MeterReading(meter, Installed.AddDays(9), 40, ReadingSource.Read, false, null, TestHost.Start, Guid.NewGuid()));
            (await db.MeterReadings.SingleAsync(r => r.MeterId == other, Ct)).Replace(TestHost.Start);
            return await db.SaveChangesAsync(Ct);
        });

        Assert.Equal([$"Meter {other} has no opening reading.", $"Meter {meter} has a wrong usage up to 2026-01-10."], await ProblemsAsync(host));
    }

    [Fact]
    public async Task The_example_building_has_two_years_of_readings_with_a_believable_shape()
    {
        await using var host = await TestHost.OpenAsync();
        await host.InDatabaseAsync(async db =>
        {
            await new DemoMeters(host.AsSystem().Get<OfficeTime>()).LoadAsync(db, Ct);
            return 0;
        });
        var meters = (await host.AsAsync(TestUsers.Dispatcher)).Get<MeterQueries>();
        var power = (await meters.KindsAsync(Ct))[0].Id;
        Dictionary<(long, DateOnly), decimal> usage = [];
        await foreach (var row in meters.ReadingsAsync(new MeterFilter { KindId = power }, Ct))
            if (row.Reading.Usage is { } used) usage[(row.Meter.Id, row.Reading.Day)] = used;

        Assert.Equal(120 * 24, usage.Count);
        var byMonth = usage.GroupBy(u => u.Key.Item2.AddDays(-1).Month).ToDictionary(g => g.Key, g => g.Average(u => u.Value));
        Assert.True(byMonth[2] < byMonth[1] && byMonth[8] < byMonth[6], "Breaks are low.");
        Assert.All(byMonth.Where(m => m.Key is not (2 or 8)), m => Assert.InRange(m.Value, 60, 200));
        var window = await meters.ListAsync(new MeterFilter { KindId = power }, Ct);
        Assert.Equal((25, 120), (window.Items.Count, window.Total));
    }

    [Fact]
    public async Task The_list_finds_by_number_room_building_and_what_was_not_read_this_month()
    {
        await using var host = await TestHost.OpenAsync();
        var (meter, other) = (await host.InstallAsync("G1"), await host.InstallAsync("G2", "竹园3号楼 511"));
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        await desk.Get<ReadingService>().RecordAsync(Reading(meter, 310, 9), Ct);
        var gas = (await host.NewMeterAsync()).KindId;

        Assert.Equal(["G2"], await FoundAsync(new MeterFilter { Text = "竹园3 511" }));
        Assert.Equal(["G1"], await FoundAsync(new MeterFilter { Text = "g1", KindId = gas }));
        Assert.Equal(["G2"], await FoundAsync(new MeterFilter { KindId = gas, State = MeterState.Unread }));
        Assert.Equal(["G1", "G2"], await FoundAsync(new MeterFilter { KindId = gas, Sort = MeterSort.LastRead, Descending = true }));
        Assert.Equal(["G2", "G1"], await FoundAsync(new MeterFilter { KindId = gas }));
        await Assert.ThrowsAsync<NotFound>(async () => await (await host.AsAsync(TestUsers.Technician)).Get<MeterQueries>().ListAsync(new MeterFilter(), Ct));
        await Assert.ThrowsAsync<NotFound>(async () => await (await host.AsAsync(TestUsers.Resident)).Get<MeterQueries>().HistoryAsync(other, Ct));
        await Assert.ThrowsAsync<Forbidden>(async () =>
            await (await host.AsAsync(TestUsers.Resident)).Get<MeterQueries>().FloorAsync(1, 1, Ct));

        async Task<IEnumerable<string>> FoundAsync(MeterFilter filter) =>
            (await desk.Get<MeterQueries>().ListAsync(filter, Ct)).Items.Select(m => m.Number);
    }

    [Fact]
    public async Task A_floor_is_read_alone_and_a_shared_meter_stands_at_its_first_room()
    {
        var sql = new SqlCounter();
        await using var host = await TestHost.OpenAsync(services => services.ConfigureDbContext<LogisticsDb>(db => db.AddInterceptors(sql)));
        await host.InstallAsync("G1", "竹园3号楼 512; 竹园3号楼 412");
        await host.InstallAsync("G2", "竹园3号楼 413");
        var removed = await host.InstallAsync("G3", "竹园3号楼 414");
        await host.InDatabaseAsync(async db =>
        {
            (await db.Meters.SingleAsync(m => m.Id == removed, Ct)).Remove(Installed.AddDays(1), null);
            return await db.SaveChangesAsync(Ct);
        });
        var building = await host.InDatabaseAsync(db => db.Buildings.Where(b => b.Name == "竹园3号楼").Select(b => b.Id).SingleAsync(Ct));
        var meters = (await host.AsAsync(TestUsers.Technician)).Get<MeterQueries>();

        Assert.Equal([(4L, 1), (5L, 1)], (await meters.FloorsAsync(building, Ct)).Floors.Select(f => (f.Id, f.Meters)));
        Assert.Equal(["G2"], (await meters.FloorAsync(building, 4, Ct)).Meters.Select(m => m.Number));
        var before = sql.Count;
        Assert.Equal(["G1"], (await meters.FloorAsync(building, 5, Ct)).Meters.Select(m => m.Number));
        Assert.Single(sql.Since(before), s => s.Contains("\"Floor\" =", StringComparison.Ordinal) && s.Contains("\"BuildingId\" =", StringComparison.Ordinal));
        await Assert.ThrowsAsync<NotFound>(() => meters.FloorAsync(9_999, 1, Ct));
    }

    [Fact]
    public async Task The_undo_of_many_meters_asks_no_more_than_that_of_few()
    {
        var sql = new SqlCounter();
        await using var host = await TestHost.OpenAsync(services => services.ConfigureDbContext<LogisticsDb>(db => db.AddInterceptors(sql)));
        var desk = await host.AsAsync(TestUsers.Manager);
        // The first of each kind also fills caches of the process.
        await UndoneAsync(1);

        Assert.Equal(await UndoneAsync(2), await UndoneAsync(20));

        async Task<int> UndoneAsync(int count)
        {
            var rows = Enumerable.Range(1, count)
                .Select(i => string.Create(CultureInfo.InvariantCulture, $"燃气费,G{i},竹园3号楼,{500 + i},,,,2026-03-01,\n"));
            var (batch, counts) = await desk.ImportAsync("meters", Meters + string.Concat(rows));
            Assert.Equal(new ImportCounts(count, 0, 0, 0), counts);
            var before = sql.Count;
            Assert.Empty((await desk.Imports.UndoAsync(batch, Ct)).Skipped);
            var asked = sql.Count - before;
            Assert.False(await host.InDatabaseAsync(db => db.Meters.AnyAsync(m => m.Number == "G1", Ct)));
            return asked;
        }
    }

    private static Task<List<string>> ProblemsAsync(TestHost host) => host.InDatabaseAsync(async db =>
    {
        List<string> found = [];
        await foreach (var problem in new MeterCheck().ProblemsAsync(db, host.Directory, Ct)) found.Add(problem);
        return found;
    });
}
