using System.Diagnostics;
using System.Text;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Imports;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Places.Beds;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Imports;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Places;

/// <summary>床位调整: moving many people by a file, and taking it back.</summary>
public sealed class BedsImportTests
{
    private const string Beds = "beds", Header = "学号,姓名,楼栋,房间,床位\n";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Swaps_chains_and_check_outs_work_within_one_file_and_undo_gives_everybody_their_bed_back()
    {
        await using var host = await TestHost.OpenAsync();
        await host.WithoutStatementsAsync();
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        await HouseAsync(host, ("t1", "甲", "511", "1"), ("t2", "乙", "511", "2"), ("t3", "丙", "511", "3"), ("t4", "丁", null, null), ("t5", "戊", "511", "4"));
        host.Clock.Advance(TimeSpan.FromDays(1));
        const string File = Header + "t1,甲,竹园3号楼,511,2\nt2,乙,竹园 3 号楼,511,1号\nt3,丙,竹园3号楼,509,4\nt4,丁,竹园3号楼,511,3\nt5,戊,,,";
        var (batch, counts) = await desk.ImportAsync(Beds, File);
        Assert.Equal(new ImportCounts(0, 5, 0, 0), counts);
        Assert.Equal(["511-2", "511-1", "509-4", "511-3", null], await HomesAsync(host, "t1", "t2", "t3", "t4", "t5"));
        Assert.Empty(await BedTests.ProblemsAsync(host));
        await using (var again = await desk.CheckAsync(Beds, File)) Assert.Equal(new ImportCounts(0, 0, 5, 0), again.Counts);

        var report = await desk.Imports.UndoAsync(batch, Ct);
        Assert.Equal((5, 0), (report.Undone, report.Skipped.Count));
        Assert.Equal(["511-1", "511-2", "511-3", null, "511-4"], await HomesAsync(host, "t1", "t2", "t3", "t4", "t5"));
        Assert.Empty(await BedTests.ProblemsAsync(host));
        // The stays go on as they were, and those of the batch are gone.
        Assert.Equal([TestHost.Start], await host.InDatabaseAsync(db => (
            from o in db.Occupancies
            join p in db.Users on o.PersonId equals p.Id
            where EF.Functions.Like(p.Number!, "t%")
            select o.From).Distinct().ToListAsync(Ct)));
    }

    [Fact]
    public async Task A_wrong_number_is_named_before_it_blocks_somebody_elses_bed()
    {
        await using var host = await TestHost.OpenAsync();
        await HouseAsync(host, ("t1", "甲", "511", "1"), ("t2", "乙", "511", "2"), ("t3", "丙", null, null));
        await using var session = await (await host.AsAsync(TestUsers.Administrator)).CheckAsync(
            Beds,
            Header + "t9,己,竹园3号楼,511,3\nt2,甲,竹园3号楼,511,3\nt3,丙,竹园3号楼,511,2\nt1,甲,竹园3号楼,511,4\nt1,甲,竹园3号楼,510,1\n");
        Assert.Equal(["number: Import.UnknownNumber"], session.Wrong(2));
        Assert.Equal(["name: Import.NumberOfOther"], session.Wrong(3));
        Assert.Equal(["甲", "t2", "乙"], session.At(3).Problems[0].Args);
        // 乙 stays, because their row is refused; who has the bed is named.
        Assert.Equal(["bed: Import.BedTaken"], session.Wrong(4));
        Assert.Equal(["乙 t2"], session.At(4).Problems[0].Args);
        Assert.Equal(["number: Import.SameNumberTwice"], session.Wrong(6));
    }

    [Fact]
    public async Task Unknown_places_half_places_a_bed_named_twice_and_wrong_days_are_refused_at_their_fields()
    {
        await using var host = await TestHost.OpenAsync();
        await HouseAsync(host, ("t1", "甲", "511", "1"), ("t2", "乙", null, null), ("t3", "丙", null, null), ("t4", "丁", null, null), ("t5", "戊", null, null),
            ("t6", "己", null, null), ("t7", "庚", null, null), ("t8", "辛", null, null), ("t9", "壬", null, null));
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        await using var session = await desk.CheckAsync(
            Beds,
            "学号,楼栋,房间,床位,生效日期\nt1,竹园99号楼,511,2,\nt2,竹园3号楼,9511,2,\nt3,竹园3号楼,511,9,\nt4,竹园3号楼,,2,\nt5,,511,2,\nt6,竹园3号楼,511,,\n"
            + "t7,竹园3号楼,510,1,\nt8,竹园3号楼,510,1,\nt9,竹园3号楼,510,2,2026-11-23\n");
        Assert.Equal(
            ["building: Import.UnknownBuilding", "room: Import.UnknownRoom", "bed: Import.UnknownBed", "room: Import.RoomMissing",
                "building: Import.BuildingMissing", "bed: Import.BedMissing", "bed: Import.SameBedTwice", "day: Refusal.DayInFuture"],
            Enumerable.Range(2, 9).SelectMany(session.Wrong));
        await using var early = await desk.CheckAsync(Beds, "学号,楼栋,房间,床位,生效日期\nt1,竹园3号楼,510,3,2026-11-20\n");
        Assert.Equal(["day: Refusal.DayBeforeStay"], early.Wrong(2));
        await using var withoutRooms = await desk.CheckAsync(Beds, "学号,姓名\nt1,甲\n");
        Assert.Equal(["room: Import.RoomMissing"], withoutRooms.Wrong(2));
    }

    [Fact]
    public async Task Days_of_one_file_follow_each_other()
    {
        await using var host = await TestHost.OpenAsync();
        await host.WithoutStatementsAsync();
        await HouseAsync(host, ("t1", "甲", "511", "1"), ("t2", "乙", null, null));
        host.Clock.Advance(TimeSpan.FromDays(7));
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        const string Days = "学号,楼栋,房间,床位,生效日期\n";
        await using (var session = await desk.CheckAsync(Beds, Days + "t1,竹园3号楼,511,2,2026-11-27\nt2,竹园3号楼,511,1,2026-11-26\n"))
            Assert.Equal(["day: Import.BedFreeLater"], session.Wrong(3));
        await desk.ImportAsync(Beds, Days + "t1,竹园3号楼,511,2,2026-11-26\nt2,竹园3号楼,511,1,2026-11-27\n");
        Assert.Equal(["511-2", "511-1"], await HomesAsync(host, "t1", "t2"));
        await desk.ImportAsync(Beds, "学号,校区,楼栋,房间,床位,生效日期\nt1,,,,,2026-11-28\n");
        await using var taken = await desk.CheckAsync(Beds, Days + "t2,竹园3号楼,511,2,2026-11-27\n");
        Assert.Equal(["day: Refusal.DayBeforeStay"], taken.Wrong(2));
    }

    [Fact]
    public async Task Undo_leaves_those_alone_who_moved_since_or_whose_bed_is_taken()
    {
        await using var host = await TestHost.OpenAsync();
        await HouseAsync(host, ("t1", "甲", "511", "1"), ("t2", "乙", "511", "2"), ("t3", "丙", "511", "3"), ("t4", "丁", null, null));
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        var (batch, _) = await desk.ImportAsync(
            Beds, Header + "t1,甲,竹园3号楼,510,1\nt2,乙,竹园3号楼,510,2\nt3,丙,竹园3号楼,510,3\n");
        var people = await host.InDatabaseAsync(db => db.Users.Where(p => EF.Functions.Like(p.Number!, "t%")).ToDictionaryAsync(p => p.Number!, p => p.Id, Ct));
        var beds = desk.Get<BedService>();
        await beds.MoveAsync(people["t1"], await BedTests.BedAsync(host, "510", "4"), ct: Ct);
        await beds.AssignAsync(await BedTests.BedAsync(host, "511", "2"), new BedForm { PersonId = people["t4"] }, Ct);
        // Nothing to do with beds.
        await host.InDatabaseAsync(async db =>
        {
            (await db.Users.SingleAsync(p => p.Number == "t3", Ct)).SetLanguage("en");
            return await db.SaveChangesAsync(Ct);
        });
        var report = await desk.Imports.UndoAsync(batch, Ct);
        Assert.Equal(["甲 t1: Import.MovedSince", "乙 t2: Import.BedTaken"], report.Skipped.Select(s => $"{s.Label}: {s.Why.Code}"));
        Assert.Equal(["510-4", "510-2", "511-3", "511-2"], await HomesAsync(host, "t1", "t2", "t3", "t4"));
        Assert.Empty(await BedTests.ProblemsAsync(host));
    }

    [Fact]
    public async Task What_holds_up_a_check_out_refuses_its_row()
    {
        await using var host = await TestHost.OpenAsync(services => services.AddSingleton<ICheckOutStep, Keys>());
        await HouseAsync(host, ("t1", "甲", "511", "1"));
        await using var session = await (await host.AsAsync(TestUsers.Dispatcher)).CheckAsync(Beds, Header + "t1,甲,,,\n");
        Assert.Equal(["number: Import.Held"], session.Wrong(2));
    }

    [Theory]
    [InlineData(TestUsers.Administrator, true)]
    [InlineData(TestUsers.Dispatcher, true)]
    [InlineData(TestUsers.Manager, false)]
    [InlineData(TestUsers.Technician, false)]
    [InlineData(TestUsers.Resident, false)]
    public async Task Whoever_may_move_residents_imports_their_moves(string who, bool may)
    {
        await using var host = await TestHost.OpenAsync();
        var desk = await host.AsAsync(who);
        if (may) await using (await desk.OpenAsync(Beds, Header + "t1,甲,,,\n")) { }
        else await Assert.ThrowsAsync<NotFound>(() => desk.OpenAsync(Beds, Header + "t1,甲,,,\n"));
    }

    /// <summary>With BEDS=2000 it measures a whole term's end.</summary>
    [Fact]
    public async Task Hundreds_move_at_a_terms_end_and_back()
    {
        var count = int.TryParse(Environment.GetEnvironmentVariable("BEDS"), out var given) ? given : 300;
        await using var host = await TestHost.OpenAsync();
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        var file = new StringBuilder(Header);
        await host.InDatabaseAsync(db => db.WriteAsync(async _ =>
        {
            var building = await db.Buildings.SingleAsync(b => b.Name == "竹园3号楼", Ct);
            using var bulk = new BulkWriter(db);
            List<Room> rooms = [.. Enumerable.Range(0, (count + 3) / 4).Select(n => new Room(building, 50 + n / 50, $"X{n:D4}", "", 4))];
            bulk.AddUnaudited(rooms, Ct);
            List<(Room Room, Bed Bed)> beds = [.. rooms.SelectMany(r => r.Beds.Select(b => (r, b)))];
            List<Person> people = [.. Enumerable.Range(0, count).Select(n => new Person($"x{n:D5}", $"学生{n}", $"x{n:D5}"))];
            for (var n = 0; n < count; n++) people[n].MoveTo(beds[n].Room.Id, beds[n].Bed.Id);
            bulk.AddUnaudited(people, Ct);
            bulk.Add(people.Select(p => new Occupancy(p.Id, p.RoomId!.Value, p.BedId, TestHost.Start)), Ct);
            // Everybody takes the next one's bed: one long cycle.
            for (var n = 0; n < count; n++)
            {
                var (room, bed) = beds[(n + 1) % count];
                file.Append(System.Globalization.CultureInfo.InvariantCulture, $"x{n:D5},学生{n},竹园3号楼,{room.Code},{bed.Code}\n");
            }
            return 0;
        }, Ct));
        host.Clock.Advance(TimeSpan.FromHours(1));
        var watch = Stopwatch.StartNew();
        await using var session = await desk.CheckAsync(Beds, file.ToString());
        Assert.Equal(new ImportCounts(0, count, 0, 0), session.Counts);
        var dryRun = watch.ElapsedMilliseconds;
        var batch = await desk.Imports.CommitAsync(session, false, ct: Ct);
        var applied = watch.ElapsedMilliseconds;
        Assert.Equal("X0000-2", Assert.Single(await HomesAsync(host, "x00000")));
        Assert.Empty(await BedTests.ProblemsAsync(host));
        var undone = Stopwatch.StartNew();
        var report = await desk.Imports.UndoAsync(batch, Ct);
        TestContext.Current.TestOutputHelper?.WriteLine($"{count}: dry run {dryRun} ms, applied {applied - dryRun} ms, undone {undone.ElapsedMilliseconds} ms");
        Assert.Equal((count, 0), (report.Undone, report.Skipped.Count));
        Assert.Equal("X0000-1", Assert.Single(await HomesAsync(host, "x00000")));
        Assert.Empty(await BedTests.ProblemsAsync(host));
    }

    private static Task<int> HouseAsync(TestHost host, params (string Number, string Name, string? Room, string? Bed)[] people) =>
        host.InDatabaseAsync(async db =>
        {
            foreach (var (number, name, room, bed) in people)
            {
                var person = new Person(number, name, number);
                db.Users.Add(person);
                await db.SaveChangesAsync(Ct);
                if (room is null) continue;
                var found = await db.Beds.Where(b => b.Code == bed && b.Room.Code == room && b.Room.Building.Name == "竹园3号楼").SingleAsync(Ct);
                await Housing.MoveAsync(db, person, found.RoomId, found.Id, TestHost.Start, Ct);
                await db.SaveChangesAsync(Ct);
            }
            return 0;
        });

    private static Task<List<string?>> HomesAsync(TestHost host, params string[] numbers) => host.InDatabaseAsync(async db =>
    {
        List<string?> homes = [];
        foreach (var number in numbers)
        {
            var bed = await db.Users.Where(p => p.Number == number).Select(p => p.BedId).SingleAsync(Ct);
            homes.Add(bed is null ? null : await db.Beds.Where(b => b.Id == bed).Select(b => b.Room.Code + "-" + b.Code).SingleAsync(Ct));
        }
        return homes;
    });

    private sealed class Keys : ICheckOutStep
    {
        public Task<IReadOnlyList<CheckOutHold>> HoldsAsync(LogisticsDb db, long personId, IReadOnlySet<long> leaving, CancellationToken ct) =>
            Task.FromResult<IReadOnlyList<CheckOutHold>>([new CheckOutHold(new LocalName("钥匙未还", "Key not returned"), null)]);
    }
}
