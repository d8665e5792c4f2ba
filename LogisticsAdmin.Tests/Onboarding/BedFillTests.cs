using LogisticsAdmin.Features.Onboarding.Desk;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Onboarding;

/// <summary>The rules of the fill, for many drawn cases, and what a fill stores.</summary>
public sealed class BedFillTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 25)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_fill_is_repeatable_gives_each_one_offered_bed_and_never_mixes_a_room(int seed)
    {
        var random = new Random(seed);
        List<FillRoom> rooms = [];
        Dictionary<(long, Gender), IReadOnlySet<long>> offers = [];
        List<FillStudent> students = [];
        for (var group = 1; group <= 3; group++)
        {
            foreach (var gender in new[] { Gender.Male, Gender.Female })
            {
                HashSet<long> own = [];
                for (var n = random.Next(1, 5); n > 0; n--)
                {
                    var id = rooms.Count + 1L;
                    own.Add(id);
                    rooms.Add(new FillRoom(id, [.. Enumerable.Range(1, random.Next(1, 7)).Select(b => id * 10 + b)], random.Next(3) == 0 ? [gender] : [], []));
                }
                offers[(group, gender)] = own;
                var free = rooms.Where(r => own.Contains(r.Id)).Sum(r => r.FreeBeds.Count);
                for (var n = random.Next(1, free + 3); n > 0; n--)
                {
                    students.Add(new FillStudent(
                        students.Count + 1, group, $"{group}-{random.Next(1, 4)}", gender, (SleepRhythm)random.Next(3), random.Next(2) == 0));
                }
            }
        }

        var plan = BedFillPlan.Make(seed, students, rooms, offers);

        var again = BedFillPlan.Make(seed, [.. students.OrderBy(_ => random.Next())], rooms, offers);
        Assert.Equal(BedFillPlan.HashOf(plan), BedFillPlan.HashOf(again));
        Assert.Equal(plan.Count, plan.Select(p => p.PersonId).Distinct().Count());
        Assert.Equal(plan.Count, plan.Select(p => p.BedId).Distinct().Count());
        var roomOf = rooms.SelectMany(r => r.FreeBeds.Select(b => (b, r))).ToDictionary(p => p.b, p => p.r);
        var byId = students.ToDictionary(s => s.PersonId);
        Assert.All(plan, p => Assert.Contains(roomOf[p.BedId].Id, offers[(byId[p.PersonId].GroupId, byId[p.PersonId].Gender)]));
        Assert.All(
            plan.GroupBy(p => roomOf[p.BedId]),
            room => Assert.Single(room.Select(p => byId[p.PersonId].Gender).Concat(room.Key.Genders).Distinct()));
        // Each group and gender has rooms of its own here: all get a bed if there are enough.
        Assert.All(offers, offer => Assert.Equal(
            Math.Min(
                students.Count(s => (s.GroupId, s.Gender) == offer.Key), rooms.Where(r => offer.Value.Contains(r.Id)).Sum(r => r.FreeBeds.Count)),
            plan.Count(p => (byId[p.PersonId].GroupId, byId[p.PersonId].Gender) == offer.Key)));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Rooms_that_have_people_are_filled_up_where_somebody_would_have_no_bed(int seed)
    {
        List<FillRoom> rooms = [new(1, [11, 12, 13, 14], [], []), new(2, [21, 22, 23, 24], [], [])];
        List<FillStudent> students =
        [
            Student(1, "甲", Gender.Male), Student(2, "甲", Gender.Male), Student(3, "乙", Gender.Male), Student(4, "乙", Gender.Male),
            Student(5, "丙", Gender.Female), Student(6, "丙", Gender.Female), Student(7, "丙", Gender.Female), Student(8, "丙", Gender.Female),
        ];

        Assert.Equal(8, BedFillPlan.Make(seed, students, rooms, ForAll(rooms)).Count);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Who_is_of_unknown_gender_suits_every_room_and_keeps_nobody_out(int seed)
    {
        List<FillRoom> rooms = [new(1, [11], [Gender.Male], []), new(2, [21], [Gender.Female], []), new(3, [31, 32], [Gender.Unknown], [])];
        var unknown = Enumerable.Range(1, 4).Select(n => Student(n, "甲", Gender.Unknown)).ToList();
        Assert.Equal(4, BedFillPlan.Make(seed, unknown, rooms, ForAll(rooms)).Count);

        List<FillRoom> one = [new(3, [31, 32, 33], [Gender.Unknown], [])];
        List<FillStudent> students = [Student(1, "甲", Gender.Unknown), Student(2, "乙", Gender.Male), Student(3, "丙", Gender.Female)];
        var placed = BedFillPlan.Make(seed, students, one, ForAll(one)).Select(p => p.PersonId).ToList();
        Assert.Equal(2, placed.Count);
        Assert.Contains(1L, placed);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_room_in_which_only_somebody_of_unknown_gender_lives_is_filled_up_before_an_empty_one(int seed)
    {
        // Each class has enough beds only if the first one takes those of the room that has somebody: the others are offered one room each.
        List<FillRoom> rooms = [new(1, [11, 12, 13], [Gender.Unknown], []), new(2, [21, 22, 23, 24], [], []), new(3, [31, 32], [], [])];
        Dictionary<(long, Gender), IReadOnlySet<long>> offers = new()
        {
            [(1, Gender.Male)] = new HashSet<long> { 1, 2, 3 },
            [(2, Gender.Male)] = new HashSet<long> { 2 },
            [(3, Gender.Male)] = new HashSet<long> { 3 },
        };
        List<FillStudent> students = [];
        foreach (var (group, count) in new[] { (1, 3), (2, 4), (3, 2) })
        {
            for (var n = 0; n < count; n++)
                students.Add(new FillStudent(students.Count + 1, group, $"{group}班", Gender.Male, SleepRhythm.Unstated, WantsQuiet: false));
        }

        Assert.Equal(9, BedFillPlan.Make(seed, students, rooms, offers).Count);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Classmates_share_a_room_and_the_same_wishes_are_next_to_each_other(int seed)
    {
        List<FillRoom> rooms = [new(1, [11, 12], [], []), new(2, [21, 22], [], []), new(3, [31, 32], [Gender.Male], ["甲"])];
        List<FillStudent> students =
        [
            Student(1, "乙", Gender.Male, SleepRhythm.Early), Student(2, "乙", Gender.Male, SleepRhythm.Late),
            Student(3, "乙", Gender.Male, SleepRhythm.Late), Student(4, "乙", Gender.Male, SleepRhythm.Early),
            Student(5, "甲", Gender.Male),
        ];

        var plan = BedFillPlan.Make(seed, students, rooms, ForAll(rooms)).ToDictionary(p => p.PersonId, p => p.BedId / 10);

        Assert.Equal(3, plan[5]);
        Assert.Equal((plan[1], plan[2]), (plan[4], plan[3]));
    }

    [Fact]
    public void Different_seeds_give_different_results_and_the_same_seed_the_same_on_every_machine()
    {
        List<FillRoom> rooms = [new(1, [.. Enumerable.Range(1, 40).Select(n => (long)n)], [], [])];
        var students = Enumerable.Range(1, 40).Select(n => Student(n, "甲", Gender.Male)).ToList();
        var hashes = Enumerable.Range(1, 20).Select(seed => BedFillPlan.HashOf(BedFillPlan.Make(seed, students, rooms, ForAll(rooms)))).ToList();
        Assert.Equal(20, hashes.Distinct().Count());
    }

    [Fact]
    public async Task What_was_previewed_is_given_and_the_people_are_told()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync(students: 6, beds: 8, isMixed: true);
        await host.ChangeAsync("freshman5", f => f.Withdraw("复读", TestHost.Start));
        await host.ChangeAsync("freshman4", f => f.Hold(intake.Beds[7], TestHost.Start.AddMinutes(10)));
        var fills = (await host.AsAsync(TestUsers.Dispatcher)).Get<BedFillService>();

        var preview = await fills.PreviewAsync(7, Ct);
        Assert.Equal((4, 0), (preview.Placed, preview.Unplaced));
        Assert.Equal(4, await fills.ApplyAsync(7, preview.Hash, Ct));

        foreach (var row in preview.Rows)
        {
            var stored = await host.InDatabaseAsync(db => db.Freshmen.AsNoTracking().SingleAsync(f => f.PersonId == row.PersonId, Ct));
            Assert.Equal((row.Bed!.Id, true), (stored.BedId, stored.HasBed));
            Assert.Equal(1, await host.MessagesAsync(row.PersonId, 114));
        }
        // Men and women are not in one room, and not in the one of the woman who holds a bed, either.
        var rooms = await host.InDatabaseAsync(db =>
        {
            var (beds, users) = (db.Set<Bed>(), db.Users);
            return db.Freshmen.Where(f => f.BedId != null)
                .Select(f => new
                {
                    Room = beds.Where(b => b.Id == f.BedId).Select(b => b.RoomId).First(),
                    Gender = users.Where(p => p.Id == f.PersonId).Select(p => p.Gender).First(),
                }).ToListAsync(Ct);
        });
        Assert.All(rooms.GroupBy(r => r.Room), r => Assert.Single(r.Select(p => p.Gender).Distinct()));
        Assert.Equal("NothingToFill", await EntryDeskSteps.CodeOfAsync(async () => await fills.ApplyAsync(7, (await fills.PreviewAsync(7, Ct)).Hash, Ct)));
    }

    [Fact]
    public async Task Of_a_preview_that_is_no_longer_true_nothing_is_given()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        var (one, other) = (await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.Administrator));
        var preview = await one.Get<BedFillService>().PreviewAsync(7, Ct);
        var taken = preview.Rows[0].Bed!.Id;
        await host.GivenAsync("freshman1", intake.Beds.First(b => b != taken));

        Assert.Equal("PreviewChanged", await EntryDeskSteps.CodeOfAsync(() => one.Get<BedFillService>().ApplyAsync(7, preview.Hash, Ct)));
        Assert.Equal(1, await host.InDatabaseAsync(db => db.Freshmen.CountAsync(f => f.BedId != null, Ct)));

        var fresh = (await one.Get<BedFillService>().PreviewAsync(7, Ct)).Hash;
        var codes = await Task.WhenAll(new[] { one, other }.Select(d =>
            Task.Run(() => EntryDeskSteps.CodeOfAsync(() => d.Get<BedFillService>().ApplyAsync(7, fresh, Ct)), Ct)));
        Assert.Equal(["PreviewChanged", null], codes.OrderBy(c => c is null));
        Assert.Equal(1, await host.InDatabaseAsync(db => db.BedFills.CountAsync(Ct)));
    }

    [Fact]
    public async Task A_fill_is_undone_as_a_whole_except_for_those_who_arrived()
    {
        await using var host = await TestHost.OpenAsync();
        await host.IntakeAsync();
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        var fills = desk.Get<BedFillService>();
        await fills.ApplyAsync(7, (await fills.PreviewAsync(7, Ct)).Hash, Ct);
        var arrived = (await host.FreshmanAsync("freshman1")).PersonId;
        await desk.Get<EntryDeskService>().CheckInAsync(arrived, EntryDeskSteps.Late(), Ct);
        var fill = Assert.Single(await fills.ListAsync(Ct));
        Assert.Equal((3, 2), (fill.Count, fill.Open));

        Assert.Equal(2, await fills.UndoAsync(fill.Id, Ct));

        foreach (var (user, hasBed) in new[] { ("freshman1", true), ("freshman2", false), ("freshman3", false) })
            Assert.Equal((user, hasBed), (user, (await host.FreshmanAsync(user)).HasBed));
        Assert.Equal(1, await host.MessagesAsync((await host.FreshmanAsync("freshman2")).PersonId, 115));
        Assert.Equal("FillUndone", await EntryDeskSteps.CodeOfAsync(() => fills.UndoAsync(fill.Id, Ct)));
        await Assert.ThrowsAsync<NotFound>(() => fills.UndoAsync(fill.Id + 1, Ct));
        Assert.Equal(2, (await fills.PreviewAsync(7, Ct)).Placed);
    }

    private static FillStudent Student(long id, string className, Gender gender, SleepRhythm rhythm = SleepRhythm.Unstated) =>
        new(id, 1, className, gender, rhythm, WantsQuiet: false);

    private static Dictionary<(long, Gender), IReadOnlySet<long>> ForAll(IEnumerable<FillRoom> rooms)
    {
        var all = rooms.Select(r => r.Id).ToHashSet();
        return Enum.GetValues<Gender>().ToDictionary(g => (1L, g), IReadOnlySet<long> (_) => all);
    }
}
