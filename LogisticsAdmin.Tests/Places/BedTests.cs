using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Places.Beds;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Places;

/// <summary>Beds: who may move whom, from which day on, and what the database keeps true.</summary>
public sealed class BedTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestUsers.Administrator, true, true)]
    [InlineData(TestUsers.Dispatcher, true, true)]
    [InlineData(TestUsers.Manager, false, true)]
    [InlineData(TestUsers.Technician, false, false)]
    [InlineData(TestUsers.Resident, false, false)]
    public async Task Administrators_and_dispatchers_move_people_and_the_whole_office_sees_the_beds(string who, bool moves, bool reads)
    {
        await using var host = await TestHost.OpenAsync();
        var (one, other) = (await PersonAsync(host, "张一"), await PersonAsync(host, "张二"));
        var desk = await host.AsAsync(who);
        var beds = desk.Get<BedService>();
        var (first, second, third) = (await BedAsync(host, "511", "1"), await BedAsync(host, "511", "2"), await BedAsync(host, "511", "3"));
        await DemandAsync(moves, () => beds.AssignAsync(first, new BedForm { PersonId = one }, Ct));
        await DemandAsync(moves, () => beds.AssignAsync(second, new BedForm { PersonId = other }, Ct));
        await DemandAsync(moves, () => beds.MoveAsync(one, third, ct: Ct));
        await DemandAsync(moves, () => beds.SwapAsync(one, other, ct: Ct));
        await DemandAsync(moves, () => beds.HoldsAsync(one, Ct));
        await DemandAsync(moves, () => beds.CheckOutAsync(one, ct: Ct));
        var queries = desk.Get<BedQueries>();
        var room = await RoomAsync(host, "511");
        await DemandAsync(reads, () => queries.RoomAsync(room, Ct));
        await DemandAsync(reads, () => queries.PeopleAsync("张", ct: Ct));
        await DemandAsync(reads, () => queries.FreeBedsAsync("511", ct: Ct));
        await DemandAsync(reads, () => queries.HousedAsync(Ct));
        Assert.Equal(moves ? third : null, await BedOfAsync(host, other));
        Assert.Null(await BedOfAsync(host, one));
    }

    [Fact]
    public async Task A_stay_names_who_began_and_ended_it_and_the_room_shows_both()
    {
        await using var host = await TestHost.OpenAsync();
        var person = await PersonAsync(host, "张一");
        var (dispatcher, admin) = (await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.Administrator));
        var (from, to) = (await BedAsync(host, "511", "1"), await BedAsync(host, "509", "4"));
        await dispatcher.Get<BedService>().AssignAsync(from, new BedForm { PersonId = person }, Ct);
        host.Clock.Advance(TimeSpan.FromHours(1));
        await admin.Get<BedService>().MoveAsync(person, to, ct: Ct);
        var old = await dispatcher.Get<BedQueries>().RoomAsync(await RoomAsync(host, "511"), Ct);
        var stay = Assert.Single(old.Stays);
        Assert.Equal(
            ("张一", "1", TestHost.Start, TestHost.Start.AddHours(1), "王静", "郑海涛"),
            (stay.Name, stay.Bed, stay.From, stay.Until, stay.BeganBy, stay.EndedBy));
        Assert.All(old.Beds, b => Assert.Null(b.Resident));
        var now = await dispatcher.Get<BedQueries>().RoomAsync(await RoomAsync(host, "509"), Ct);
        var resident = now.Beds.Single(b => b.BedId == to).Resident!;
        Assert.Equal(("张一", TestHost.Start.AddHours(1)), (resident.Name, resident.Since));
        Assert.Empty(await ProblemsAsync(host));
    }

    [Fact]
    public async Task A_taken_bed_is_refused_with_who_has_it_and_so_is_one_no_longer_in_use()
    {
        await using var host = await TestHost.OpenAsync();
        var (one, other) = (await PersonAsync(host, "张一"), await PersonAsync(host, "张二"));
        var beds = (await host.AsAsync(TestUsers.Dispatcher)).Get<BedService>();
        var (bed, retired) = (await BedAsync(host, "511", "1"), await BedAsync(host, "511", "2"));
        await host.InDatabaseAsync(async db =>
        {
            (await db.Beds.SingleAsync(b => b.Id == retired, Ct)).Retire(TestHost.Start, null, "坏了");
            return await db.SaveChangesAsync(Ct);
        });
        await beds.AssignAsync(bed, new BedForm { PersonId = one }, Ct);
        var taken = await RefusedAsync(() => beds.AssignAsync(bed, new BedForm { PersonId = other }, Ct));
        Assert.Equal((nameof(BedForm.BedId), "BedTaken"), (taken.Field, taken.Code));
        Assert.StartsWith("张一", (string?)taken.Args[0], StringComparison.Ordinal);
        Assert.Equal("BedRetired", (await RefusedAsync(() => beds.AssignAsync(retired, new BedForm { PersonId = other }, Ct))).Code);
        Assert.Equal("IsThere", (await RefusedAsync(() => beds.MoveAsync(one, bed, ct: Ct))).Code);
        Assert.Equal("UnknownPerson", (await RefusedAsync(() => beds.AssignAsync(bed, new BedForm { PersonId = 999_999 }, Ct))).Code);
        Assert.Equal(nameof(BedForm.PersonId), (await RefusedAsync(() => beds.AssignAsync(bed, new BedForm(), Ct))).Field);
        await Assert.ThrowsAsync<NotFound>(() => beds.MoveAsync(999_999, bed, ct: Ct));
        await Assert.ThrowsAsync<NotFound>(() => beds.MoveAsync(one, 999_999, ct: Ct));
    }

    [Fact]
    public async Task Of_two_who_give_the_same_bed_at_once_one_wins_and_the_other_is_told_who_has_it()
    {
        await using var host = await TestHost.OpenAsync();
        var bed = await BedAsync(host, "511", "1");
        List<long> people = [];
        for (var n = 0; n < 6; n++) people.Add(await PersonAsync(host, $"抢床{n}"));
        var desks = new List<BedService>();
        foreach (var (_, n) in people.Select((p, n) => (p, n)))
            desks.Add((await host.AsAsync(n % 2 == 0 ? TestUsers.Dispatcher : TestUsers.Administrator)).Get<BedService>());
        var results = await Task.WhenAll(people.Select((person, n) => Task.Run(async () =>
        {
            try
            {
                await desks[n].AssignAsync(bed, new BedForm { PersonId = person }, Ct);
                return null;
            }
            catch (Rejected refused)
            {
                return Assert.Single(refused.Problems);
            }
        }, Ct)));
        var winner = people[Array.FindIndex(results, r => r is null)];
        Assert.Equal(winner, await host.InDatabaseAsync(db => db.Users.Where(p => p.BedId == bed).Select(p => p.Id).SingleAsync(Ct)));
        var name = await host.InDatabaseAsync(db => db.Users.Where(p => p.Id == winner).Select(p => p.FullName).SingleAsync(Ct));
        Assert.Equal(people.Count - 1, results.Count(r => r is { Code: "BedTaken" } && ((string)r.Args[0]!).StartsWith(name, StringComparison.Ordinal)));
        Assert.Empty(await ProblemsAsync(host));
    }

    [Fact]
    public async Task Two_people_swap_beds_in_one_write()
    {
        await using var host = await TestHost.OpenAsync();
        var (one, other, third) = (await PersonAsync(host, "张一"), await PersonAsync(host, "张二"), await PersonAsync(host, "张三"));
        var beds = (await host.AsAsync(TestUsers.Dispatcher)).Get<BedService>();
        var (first, second) = (await BedAsync(host, "511", "1"), await BedAsync(host, "509", "4"));
        await beds.AssignAsync(first, new BedForm { PersonId = one }, Ct);
        await beds.AssignAsync(second, new BedForm { PersonId = other }, Ct);
        await beds.SwapAsync(one, other, ct: Ct);
        Assert.Equal((second, first), (await BedOfAsync(host, one), await BedOfAsync(host, other)));
        Assert.Equal("SwapWithOneself", (await RefusedAsync(() => beds.SwapAsync(one, one, ct: Ct))).Code);
        var none = await RefusedAsync(() => beds.SwapAsync(one, third, ct: Ct));
        Assert.Equal((nameof(BedForm.OtherId), "HasNoBed"), (none.Field, none.Code));
        Assert.Equal(nameof(BedForm.PersonId), (await RefusedAsync(() => beds.SwapAsync(third, one, ct: Ct))).Field);
        Assert.Equal(4, await host.InDatabaseAsync(db => db.Occupancies.CountAsync(o => o.PersonId == one || o.PersonId == other, Ct)));
        Assert.Empty(await ProblemsAsync(host));
    }

    [Fact]
    public async Task A_day_is_one_of_the_office_and_neither_in_the_future_nor_before_an_earlier_stay()
    {
        await using var host = await TestHost.OpenAsync();
        await host.WithoutStatementsAsync();
        var (person, next) = (await PersonAsync(host, "张一"), await PersonAsync(host, "张二"));
        var beds = (await host.AsAsync(TestUsers.Dispatcher)).Get<BedService>();
        var (first, second) = (await BedAsync(host, "511", "1"), await BedAsync(host, "509", "4"));
        var today = new DateOnly(2026, 11, 22);
        Assert.Equal("DayInFuture", (await RefusedAsync(() => beds.AssignAsync(first, new BedForm { PersonId = person, Day = today.AddDays(1) }, Ct))).Code);
        await beds.AssignAsync(first, new BedForm { PersonId = person, Day = today.AddDays(-10) }, Ct);
        Assert.Equal(new DateTimeOffset(2026, 11, 11, 16, 0, 0, TimeSpan.Zero), (await StayAsync(host, person)).From);
        var early = await RefusedAsync(() => beds.MoveAsync(person, second, today.AddDays(-11), Ct));
        Assert.Equal((nameof(BedForm.Day), "DayBeforeStay", "2026-11-12"), (early.Field, early.Code, (string?)early.Args[0]));
        Assert.Equal("DayBeforeStay", (await RefusedAsync(() => beds.CheckOutAsync(person, today.AddDays(-11), ct: Ct))).Code);
        await beds.MoveAsync(person, second, today.AddDays(-10), Ct);
        await beds.CheckOutAsync(person, today.AddDays(-3), ct: Ct);
        Assert.Equal(new DateTimeOffset(2026, 11, 18, 16, 0, 0, TimeSpan.Zero), (await StayAsync(host, person)).Until);
        // The bed was theirs until then.
        Assert.Equal("DayBeforeStay", (await RefusedAsync(() => beds.AssignAsync(second, new BedForm { PersonId = next, Day = today.AddDays(-4) }, Ct))).Code);
        await beds.AssignAsync(second, new BedForm { PersonId = next, Day = today.AddDays(-3) }, Ct);
        await beds.AssignAsync(first, new BedForm { PersonId = person, Day = today }, Ct);
        Assert.Equal(TestHost.Start, (await StayAsync(host, person)).From);
        Assert.Empty(await ProblemsAsync(host));
    }

    [Fact]
    public async Task Every_step_that_holds_up_a_check_out_is_named_and_without_one_the_bed_is_free()
    {
        var steps = new[] { new FakeHold("欠费 12.50", "fees/1"), new FakeHold("钥匙未还", null) };
        await using var host = await TestHost.OpenAsync(services =>
        {
            foreach (var step in steps) services.AddSingleton<ICheckOutStep>(step);
        });
        var person = await PersonAsync(host, "张一");
        var beds = (await host.AsAsync(TestUsers.Dispatcher)).Get<BedService>();
        var bed = await BedAsync(host, "511", "1");
        await beds.AssignAsync(bed, new BedForm { PersonId = person }, Ct);
        var refused = await Assert.ThrowsAsync<Rejected>(() => beds.CheckOutAsync(person, ct: Ct));
        Assert.Equal(
            [("欠费 12.50", "fees/1"), ("钥匙未还", null)],
            refused.Problems.Select(p => (((LocalName)p.Args[0]!).Zh, (string?)p.Args[1])));
        Assert.Equal(2, (await beds.HoldsAsync(person, Ct)).Count);
        Assert.Equal(bed, await BedOfAsync(host, person));
        foreach (var step in steps) step.Holds = false;
        await beds.CheckOutAsync(person, note: "  毕业离校 ", ct: Ct);
        Assert.Null(await BedOfAsync(host, person));
        Assert.Equal("毕业离校", await host.InDatabaseAsync(db =>
            db.Audit.Where(a => a.EntityId == person && a.Field == "CheckOutNote").Select(a => a.New).SingleAsync(Ct)));
        Assert.Equal("LivesNowhere", (await RefusedAsync(() => beds.CheckOutAsync(person, ct: Ct))).Code);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-2)]
    public async Task Undo_gives_the_same_stay_back_also_after_a_move_that_was_dated_back(int days)
    {
        await using var host = await TestHost.OpenAsync();
        await host.WithoutStatementsAsync();
        var person = await PersonAsync(host, "张一");
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        var (beds, undo) = (desk.Get<BedService>(), desk.Get<BedsUndo>());
        var (first, second) = (await BedAsync(host, "511", "1"), await BedAsync(host, "509", "4"));
        var today = new DateOnly(2026, 11, 22);
        await beds.AssignAsync(first, new BedForm { PersonId = person, Day = today.AddDays(-5) }, Ct);
        var before = await StayAsync(host, person);
        await beds.MoveAsync(person, second, today.AddDays(days), Ct);
        Assert.Equal((1, 0), Counts(await undo.UndoAsync(undo.Latest!.Value, Ct)));
        var after = await StayAsync(host, person);
        Assert.Equal((before.Id, before.From, null, first), (after.Id, after.From, after.Until, after.BedId));
        await beds.CheckOutAsync(person, today.AddDays(days), ct: Ct);
        Assert.Equal((1, 0), Counts(await undo.UndoAsync(undo.Latest!.Value, Ct)));
        Assert.Equal((before.Id, first), ((await StayAsync(host, person)).Id, await BedOfAsync(host, person)));
        Assert.Empty(await ProblemsAsync(host));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-2)]
    public async Task Undo_of_a_swap_gives_both_the_same_stays_back(int days)
    {
        await using var host = await TestHost.OpenAsync();
        var (one, other) = (await PersonAsync(host, "张一"), await PersonAsync(host, "张二"));
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        var (beds, undo) = (desk.Get<BedService>(), desk.Get<BedsUndo>());
        var (first, second) = (await BedAsync(host, "511", "1"), await BedAsync(host, "509", "4"));
        var today = new DateOnly(2026, 11, 22);
        await beds.AssignAsync(first, new BedForm { PersonId = one, Day = today.AddDays(-5) }, Ct);
        await beds.AssignAsync(second, new BedForm { PersonId = other, Day = today.AddDays(-4) }, Ct);
        var (ones, others) = (await StayAsync(host, one), await StayAsync(host, other));
        await beds.SwapAsync(one, other, today.AddDays(days), Ct);
        Assert.Equal((2, 0), Counts(await undo.UndoAsync(undo.Latest!.Value, Ct)));
        Assert.Equal((first, second), (await BedOfAsync(host, one), await BedOfAsync(host, other)));
        foreach (var (was, now) in new[] { (ones, await StayAsync(host, one)), (others, await StayAsync(host, other)) })
            Assert.Equal((was.Id, was.From, null, was.BedId), (now.Id, now.From, now.Until, now.BedId));
        Assert.Empty(await ProblemsAsync(host));
    }

    [Fact]
    public async Task Undo_of_a_swap_leaves_alone_who_has_moved_since()
    {
        await using var host = await TestHost.OpenAsync();
        var (one, other) = (await PersonAsync(host, "张一"), await PersonAsync(host, "张二"));
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        var (beds, undo) = (desk.Get<BedService>(), desk.Get<BedsUndo>());
        var (first, second, third) = (await BedAsync(host, "511", "1"), await BedAsync(host, "509", "4"), await BedAsync(host, "509", "3"));
        await beds.AssignAsync(first, new BedForm { PersonId = one }, Ct);
        await beds.AssignAsync(second, new BedForm { PersonId = other }, Ct);
        await beds.SwapAsync(one, other, ct: Ct);
        var step = undo.Latest!.Value;
        await (await host.AsAsync(TestUsers.Administrator)).Get<BedService>().MoveAsync(one, third, ct: Ct);
        var outcome = await undo.UndoAsync(step, Ct);
        Assert.IsType<Stale>(Assert.Single(outcome.Left, l => l.Name == "张一").Why);
        Assert.Equal(third, await BedOfAsync(host, one));
        Assert.Empty(await ProblemsAsync(host));
    }

    [Fact]
    public async Task Undo_leaves_somebody_alone_whose_earlier_bed_has_another_resident()
    {
        await using var host = await TestHost.OpenAsync();
        var (person, next) = (await PersonAsync(host, "张一"), await PersonAsync(host, "张二"));
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        var (beds, undo) = (desk.Get<BedService>(), desk.Get<BedsUndo>());
        var (first, second) = (await BedAsync(host, "511", "1"), await BedAsync(host, "509", "4"));
        await beds.AssignAsync(first, new BedForm { PersonId = person }, Ct);
        await beds.MoveAsync(person, second, ct: Ct);
        var step = undo.Latest!.Value;
        await (await host.AsAsync(TestUsers.Administrator)).Get<BedService>().AssignAsync(first, new BedForm { PersonId = next }, Ct);
        var outcome = await undo.UndoAsync(step, Ct);
        Assert.Equal("BedTaken", Assert.IsType<Rejected>(Assert.Single(outcome.Left).Why).Code);
        Assert.Equal(second, await BedOfAsync(host, person));
    }

    [Fact]
    public async Task Open_pages_hear_which_buildings_and_people_changed()
    {
        await using var host = await TestHost.OpenAsync();
        var person = await PersonAsync(host, "张一");
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        var (here, there) = (await BedAsync(host, "511", "1"), await BedAsync(host, "101", "1", "竹园1号楼"));
        await desk.Get<BedService>().AssignAsync(here, new BedForm { PersonId = person }, Ct);
        using var heard = host.Services.GetRequiredService<IChangeFeed>().Subscribe(desk.PersonId, c => c is KeyChanged, null);
        await desk.Get<BedService>().MoveAsync(person, there, ct: Ct);
        List<KeyChanged> changes = [];
        while (changes.Select(c => (c.Topic, c.Key)).Distinct().Count() < 3) changes.AddRange((await heard.NextAsync(Ct))!.Changes.OfType<KeyChanged>());
        var buildings = await host.InDatabaseAsync(db =>
            db.Buildings.Where(b => b.Name == "竹园3号楼" || b.Name == "竹园1号楼").Select(b => b.Id).ToListAsync(Ct));
        Assert.Equal(buildings.Order(), changes.Where(c => c.Topic == PlacesTopics.Places).Select(c => c.Key).Distinct().Order());
        Assert.All(changes.Where(c => c.Topic == PersonRecords.Topic), c => Assert.Equal(person, c.Key));
    }

    [Theory]
    [InlineData("张一")]
    [InlineData("zhangyi")]
    [InlineData("zy")]
    public async Task People_are_found_by_name_and_pinyin_and_free_beds_by_building_room_and_bed(string typed)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.Chinese);
        await using var host = await TestHost.OpenAsync();
        var person = await PersonAsync(host, "张一");
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        var bed = await BedAsync(host, "511", "1");
        await desk.Get<BedService>().AssignAsync(bed, new BedForm { PersonId = person }, Ct);
        var found = (await desk.Get<BedQueries>().PeopleAsync(typed, onlyWithBed: true, ct: Ct)).Single(p => p.Id == person);
        Assert.Equal("竹园3号楼 511-1", found.Home);
        var free = await desk.Get<BedQueries>().FreeBedsAsync("竹园3 511", ct: Ct);
        Assert.Equal(["2", "3", "4"], free.Select(b => b.Code));
        Assert.Equal("3", Assert.Single(await desk.Get<BedQueries>().FreeBedsAsync("竹园3号楼 511-3", ct: Ct), b => b.Room == "511").Code);
        Assert.Empty(await desk.Get<BedQueries>().FreeBedsAsync("100%", ct: Ct));
    }

    internal static Task<long> PersonAsync(TestHost host, string name) => host.InDatabaseAsync(async db =>
    {
        var person = new Person($"bed-{Guid.NewGuid():N}"[..20], name);
        db.Users.Add(person);
        await db.SaveChangesAsync(Ct);
        return person.Id;
    });

    internal static Task<long> RoomAsync(TestHost host, string room, string building = "竹园3号楼") => host.InDatabaseAsync(db =>
        db.Rooms.Where(r => r.Code == room && r.Building.Name == building).Select(r => r.Id).SingleAsync(Ct));

    internal static Task<long> BedAsync(TestHost host, string room, string bed, string building = "竹园3号楼") => host.InDatabaseAsync(db =>
        db.Beds.Where(b => b.Code == bed && b.Room.Code == room && b.Room.Building.Name == building).Select(b => b.Id).SingleAsync(Ct));

    internal static Task<long?> BedOfAsync(TestHost host, long person) =>
        host.InDatabaseAsync(db => db.Users.Where(p => p.Id == person).Select(p => p.BedId).SingleAsync(Ct));

    /// <summary>Where the history and the people disagree; empty when it does not.</summary>
    internal static Task<List<string>> ProblemsAsync(TestHost host) => host.InDatabaseAsync(async db =>
    {
        List<string> problems = [];
        await foreach (var problem in new HousingCheck().ProblemsAsync(db, host.Directory, Ct)) problems.Add(problem);
        return problems;
    });

    private static Task<Occupancy> StayAsync(TestHost host, long person) => host.InDatabaseAsync(db =>
        db.Occupancies.AsNoTracking().Where(o => o.PersonId == person).OrderByDescending(o => o.Id).FirstAsync(Ct));

    private static (int Done, int Left) Counts(LogisticsAdmin.Shared.Ui.UndoOutcome outcome) => (outcome.Done, outcome.Left.Count);

    private static async Task<FieldProblem> RefusedAsync(Func<Task> act) => (await Assert.ThrowsAsync<Rejected>(act)).Problems[0];

    private static Task DemandAsync(bool isAllowed, Func<Task> act) => isAllowed ? act() : Assert.ThrowsAsync<Forbidden>(act);

    private sealed class FakeHold(string what, string? address) : ICheckOutStep
    {
        public bool Holds { get; set; } = true;

        public Task<IReadOnlyList<CheckOutHold>> HoldsAsync(LogisticsDb db, long personId, IReadOnlySet<long> leaving, CancellationToken ct) =>
            Task.FromResult<IReadOnlyList<CheckOutHold>>(Holds ? [new CheckOutHold(new LocalName(what, what), address)] : []);
    }
}
