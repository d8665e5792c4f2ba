using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Onboarding.RoomChanges;
using LogisticsAdmin.Features.Places.Beds;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Places;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Onboarding;

/// <summary>Requests to change rooms: what is asked of whom, what the office decides, and races for the same bed.</summary>
public sealed class RoomChangeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_free_bed_is_given_when_its_room_agrees_and_the_office_decides()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.Chinese);
        await using var host = await TestHost.OpenAsync();
        var dormitory = await host.DormitoryAsync();
        var number = await AskForBedAsync(host, "a1", dormitory.Bed(1, 2));
        var change = await host.ChangeAsync(number);
        Assert.StartsWith("TD20261122-", number, StringComparison.Ordinal);
        Assert.Equal(RoomChangeState.Asked, change.State);
        Assert.Equal(dormitory.People.Skip(2), change.Votes.Select(v => v.PersonId).Order());
        Assert.Equal([RoomChangeNotificationKind.Asked], await ToldAsync(host, "b1"));
        Assert.Equal("NotPossible.Asked", (await Assert.ThrowsAsync<Rejected>(() => ApproveAsync(host, change.Id))).Code);

        await VoteAsync(host, "b1", change.Id, agrees: true);
        Assert.Equal("Voted", (await Assert.ThrowsAsync<Rejected>(() => VoteAsync(host, "b1", change.Id, agrees: false))).Code);
        await VoteAsync(host, "b2", change.Id, agrees: true);
        Assert.Equal(RoomChangeState.Agreed, (await host.ChangeAsync(number)).State);
        Assert.Contains(RoomChangeNotificationKind.ToDecide, await ToldAsync(host, TestUsers.Dispatcher));
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await ApproveAsync(host, change.Id);

        Assert.Equal(dormitory.Bed(1, 2), (await host.PersonAsync("a1")).BedId);
        Assert.Equal([RoomChangeNotificationKind.Agreed, RoomChangeNotificationKind.Done], await ToldAsync(host, "a1"));
        Assert.Empty(await BedTests.ProblemsAsync(host));
        var row = (await (await host.AsAsync(TestUsers.Manager)).Get<RoomChangeQueries>().AllAsync(new RoomChangeFilter(), Ct)).Single();
        Assert.Equal(
            ("调宿1号楼 101-1", "调宿1号楼 102-3", 2, RoomChangeState.Done, "王静"), (row.From?.ToString(), row.Target, row.Agreed, row.State, row.DecidedBy));
    }

    [Fact]
    public async Task A_bed_in_an_empty_room_needs_nobody_but_the_office()
    {
        await using var host = await TestHost.OpenAsync();
        var dormitory = await host.DormitoryAsync();
        var change = await host.ChangeAsync(await AskForBedAsync(host, "a1", dormitory.Bed(2, 0)));
        Assert.Equal(RoomChangeState.Agreed, change.State);
        Assert.Contains(RoomChangeNotificationKind.ToDecide, await ToldAsync(host, TestUsers.Dispatcher));
        await ApproveAsync(host, change.Id);
        Assert.Equal(dormitory.Rooms[2], (await host.PersonAsync("a1")).RoomId);
    }

    [Fact]
    public async Task A_swap_asks_the_other_one_and_both_rooms()
    {
        await using var host = await TestHost.OpenAsync();
        var dormitory = await host.DormitoryAsync();
        var change = await host.ChangeAsync(await AskToSwapAsync(host, "a1", "20230003"));
        Assert.Equal(dormitory.People.Skip(1), change.Votes.Select(v => v.PersonId).Order());
        foreach (var user in new[] { "a2", "b1", "b2" }) await VoteAsync(host, user, change.Id, agrees: true);
        await ApproveAsync(host, change.Id);
        Assert.Equal(
            (dormitory.Bed(1, 0), dormitory.Bed(0, 0)), ((await host.PersonAsync("a1")).BedId!.Value, (await host.PersonAsync("b1")).BedId!.Value));
        Assert.Contains(RoomChangeNotificationKind.Done, await ToldAsync(host, "b1"));
        Assert.Empty(await BedTests.ProblemsAsync(host));
    }

    [Fact]
    public async Task A_swap_is_refused_while_a_freshman_of_another_gender_has_a_bed_in_the_room()
    {
        await using var host = await TestHost.OpenAsync();
        var dormitory = await host.DormitoryAsync();
        await host.IntakeAsync(students: 2, isMixed: true);
        await host.WithFreshmenAsync(all => all[1].Give(dormitory.Bed(1, 2), null, TestHost.Start));
        var change = await host.ChangeAsync(await AskToSwapAsync(host, "a1", "20230003"));
        foreach (var user in new[] { "a2", "b1", "b2" }) await VoteAsync(host, user, change.Id, agrees: true);

        Assert.Equal("OtherGender", (await Assert.ThrowsAsync<Rejected>(() => ApproveAsync(host, change.Id))).Code);
        Assert.Equal(dormitory.Bed(0, 0), (await host.PersonAsync("a1")).BedId);

        await host.WithFreshmenAsync(all => all[1].LeaveBed());
        await host.WithFreshmenAsync(all => all[0].Give(dormitory.Bed(1, 2), null, TestHost.Start));
        await ApproveAsync(host, change.Id);
        Assert.Equal(dormitory.Bed(1, 0), (await host.PersonAsync("a1")).BedId);
    }

    [Fact]
    public async Task One_no_ends_it_and_a_new_one_can_be_asked_up_to_five_times_a_day()
    {
        await using var host = await TestHost.OpenAsync();
        var dormitory = await host.DormitoryAsync();
        for (var n = 0; n < RoomChangeService.MostPerDay; n++)
        {
            var change = await host.ChangeAsync(await AskForBedAsync(host, "a1", dormitory.Bed(1, 2)));
            Assert.Equal("HasOpen", (await Assert.ThrowsAsync<Rejected>(() => AskForBedAsync(host, "a1", dormitory.Bed(2, 0)))).Code);
            await VoteAsync(host, "b1", change.Id, agrees: false);
            Assert.Equal((RoomChangeState.Refused, "我想安静"), ((await host.ChangeAsync(change.Number)).State, (await host.ChangeAsync(change.Number)).Because));
        }
        Assert.Equal("TooMany", (await Assert.ThrowsAsync<Rejected>(() => AskForBedAsync(host, "a1", dormitory.Bed(1, 2)))).Code);
        host.Clock.Advance(TimeSpan.FromDays(1.1));
        await AskForBedAsync(host, "a1", dormitory.Bed(1, 2));
    }

    [Fact]
    public async Task Numbers_that_cannot_swap_are_all_refused_with_the_same_words()
    {
        await using var host = await TestHost.OpenAsync();
        await host.DormitoryAsync();
        await ChangeAsync(host, "b1", p => p.SetStudies(Gender.Female, null, null, null, null));
        await ChangeAsync(host, "b2", p => p.MoveTo(null));
        var technician = (await host.PersonAsync(TestUsers.Technician)).Number!;
        foreach (var number in new[] { "20230001", "20230003", "20230004", "99999999", technician, "%", "2023____" })
        {
            var refused = await Assert.ThrowsAsync<Rejected>(() => AskToSwapAsync(host, "a1", number));
            Assert.Equal(("UnknownNumber", nameof(RoomChangeForm.Number), 0), (refused.Code, refused.Problems.Single().Field, refused.Problems[0].Args.Length));
        }
        Assert.Equal(0, await host.InDatabaseAsync(db => db.Set<RoomChange>().CountAsync(Ct)));
    }

    [Fact]
    public async Task Beds_that_are_taken_promised_or_in_a_room_of_another_gender_are_not_offered()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.Chinese);
        Promise promise = new();
        await using var host = await TestHost.OpenAsync(services => services.AddSingleton<IBedClaim>(promise));
        var dormitory = await host.DormitoryAsync();
        foreach (var user in new[] { "b1", "b2" }) await ChangeAsync(host, user, p => p.SetStudies(Gender.Female, null, null, null, null));
        promise.Beds = [dormitory.Bed(2, 0)];
        var queries = (await host.AsAsync("a1")).Get<RoomChangeQueries>();
        var offered = (await queries.FreeBedsAsync("调宿1号楼", Ct)).Select(b => b.BedId).ToHashSet();
        Assert.Equal(
            new[] { dormitory.Bed(0, 2), dormitory.Bed(0, 3), dormitory.Bed(2, 1), dormitory.Bed(2, 2), dormitory.Bed(2, 3) }.Order(), offered.Order());
        Assert.Empty(await queries.FreeBedsAsync("%", Ct));
        Assert.Equal("调宿1号楼 103-2", Assert.Single(await queries.FreeBedsAsync("DX1 103-2", Ct)).Place.ToString());
        foreach (var bed in dormitory.Beds.Where(b => !offered.Contains(b)))
            Assert.Equal("BedNotFree", (await Assert.ThrowsAsync<Rejected>(() => AskForBedAsync(host, "a1", bed))).Code);
    }

    [Fact]
    public async Task What_changed_since_it_was_asked_stops_the_approval_and_nothing_is_moved()
    {
        Promise promise = new();
        await using var host = await TestHost.OpenAsync(services => services.AddSingleton<IBedClaim>(promise));
        var dormitory = await host.DormitoryAsync();
        var beds = (await host.AsAsync(TestUsers.Dispatcher)).Get<BedService>();
        var change = await host.ChangeAsync(await AskForBedAsync(host, "a1", dormitory.Bed(2, 0)));

        promise.Beds = [dormitory.Bed(2, 0)];
        Assert.Equal("BedNotFree", (await Assert.ThrowsAsync<Rejected>(() => ApproveAsync(host, change.Id))).Code);
        promise.Beds = [];
        host.Clock.Advance(TimeSpan.FromHours(1));
        await beds.MoveAsync(dormitory.People[3], dormitory.Bed(2, 1), ct: Ct);
        Assert.Equal("NotAsked", (await Assert.ThrowsAsync<Rejected>(() => ApproveAsync(host, change.Id))).Code);
        await beds.MoveAsync(dormitory.People[3], dormitory.Bed(2, 0), ct: Ct);
        Assert.Equal("BedNotFree", (await Assert.ThrowsAsync<Rejected>(() => ApproveAsync(host, change.Id))).Code);
        await beds.MoveAsync(dormitory.People[3], dormitory.Bed(1, 1), ct: Ct);
        await beds.MoveAsync(dormitory.People[0], dormitory.Bed(0, 3), ct: Ct);
        Assert.Equal("HasMoved", (await Assert.ThrowsAsync<Rejected>(() => ApproveAsync(host, change.Id))).Code);
        Assert.Equal(RoomChangeState.Agreed, (await host.ChangeAsync(change.Number)).State);
        Assert.Equal(dormitory.Bed(0, 3), (await host.PersonAsync("a1")).BedId);
    }

    [Fact]
    public async Task Who_moved_out_without_an_answer_is_not_waited_for_but_who_lives_there_is()
    {
        await using var host = await TestHost.OpenAsync();
        var dormitory = await host.DormitoryAsync();
        var beds = (await host.AsAsync(TestUsers.Dispatcher)).Get<BedService>();
        var change = await host.ChangeAsync(await AskForBedAsync(host, "a1", dormitory.Bed(1, 2)));
        Assert.False(await IsAgreedAsync(host));
        host.Clock.Advance(TimeSpan.FromHours(1));
        await beds.MoveAsync(dormitory.People[3], dormitory.Bed(2, 0), ct: Ct);
        Assert.False(await IsAgreedAsync(host));
        Assert.Equal("NotPossible.Asked", (await Assert.ThrowsAsync<Rejected>(() => ApproveAsync(host, change.Id))).Code);

        await VoteAsync(host, "b1", change.Id, agrees: true);
        Assert.Equal(RoomChangeState.Asked, (await host.ChangeAsync(change.Number)).State);
        Assert.True(await IsAgreedAsync(host));
        await beds.MoveAsync(dormitory.People[3], dormitory.Bed(1, 1), ct: Ct);
        Assert.Equal("NotPossible.Asked", (await Assert.ThrowsAsync<Rejected>(() => ApproveAsync(host, change.Id))).Code);
        await ChangeAsync(host, "b2", p => p.SetStatus(PersonStatus.Disabled, TestHost.Start));
        Assert.True(await IsAgreedAsync(host));
        await ApproveAsync(host, change.Id);
        Assert.Equal((RoomChangeState.Done, dormitory.Bed(1, 2)), ((await host.ChangeAsync(change.Number)).State, (await host.PersonAsync("a1")).BedId!.Value));
    }

    [Fact]
    public async Task A_swap_waits_for_the_other_one_also_when_they_cannot_answer_any_more()
    {
        await using var host = await TestHost.OpenAsync();
        await host.DormitoryAsync();
        var change = await host.ChangeAsync(await AskToSwapAsync(host, "a1", "20230003"));
        await VoteAsync(host, "a2", change.Id, agrees: true);
        foreach (var user in new[] { "b1", "b2" }) await ChangeAsync(host, user, p => p.SetStatus(PersonStatus.Disabled, TestHost.Start));
        Assert.False(await IsAgreedAsync(host));
        Assert.Equal("NotPossible.Asked", (await Assert.ThrowsAsync<Rejected>(() => ApproveAsync(host, change.Id))).Code);

        await ChangeAsync(host, "b1", p => p.SetStatus(PersonStatus.Active, TestHost.Start));
        await VoteAsync(host, "b1", change.Id, agrees: true);
        Assert.True(await IsAgreedAsync(host));
        await ApproveAsync(host, change.Id);
        Assert.Equal(RoomChangeState.Done, (await host.ChangeAsync(change.Number)).State);
    }

    [Fact]
    public async Task Two_who_are_given_the_same_bed_at_once_get_it_once_and_two_approvals_move_once()
    {
        await using var host = await TestHost.OpenAsync();
        var dormitory = await host.DormitoryAsync();
        var first = await host.ChangeAsync(await AskForBedAsync(host, "a1", dormitory.Bed(2, 0)));
        var second = await host.ChangeAsync(await AskForBedAsync(host, "b1", dormitory.Bed(2, 0)));
        var outcomes = await Task.WhenAll(new[] { first.Id, second.Id, first.Id, second.Id }.Select(id => Task.Run(async () =>
        {
            try
            {
                await ApproveAsync(host, id);
                return true;
            }
            catch (Rejected)
            {
                return false;
            }
        }, Ct)));
        Assert.Single(outcomes, done => done);
        Assert.Equal(1, await host.InDatabaseAsync(db => db.Users.CountAsync(p => p.BedId == dormitory.Bed(2, 0), Ct)));
        Assert.Single(
            [(await host.ChangeAsync(first.Number)).State, (await host.ChangeAsync(second.Number)).State], s => s == RoomChangeState.Done);
        Assert.Empty(await BedTests.ProblemsAsync(host));
    }

    [Fact]
    public async Task Asking_at_once_opens_one_request()
    {
        await using var host = await TestHost.OpenAsync();
        var dormitory = await host.DormitoryAsync();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            try
            {
                await AskForBedAsync(host, "a1", dormitory.Bed(2, 0));
                return true;
            }
            catch (Rejected)
            {
                return false;
            }
        }, Ct)));
        Assert.Single(outcomes, done => done);
        Assert.Equal(1, await host.InDatabaseAsync(db => db.Set<RoomChange>().CountAsync(Ct)));
    }

    [Fact]
    public async Task The_list_is_searched_filtered_sorted_and_counted()
    {
        await using var host = await TestHost.OpenAsync();
        var dormitory = await host.DormitoryAsync();
        var first = await host.ChangeAsync(await AskForBedAsync(host, "a1", dormitory.Bed(2, 0)));
        var second = await AskToSwapAsync(host, "b1", "20230002");
        await (await host.AsAsync("a1")).Get<RoomChangeService>().WithdrawAsync(first.Id, Ct);
        var queries = (await host.AsAsync(TestUsers.Manager)).Get<RoomChangeQueries>();
        foreach (var (filter, expected) in new (RoomChangeFilter, string[])[]
        {
            (new RoomChangeFilter(), [second, first.Number]), (RoomChangeFilter.Parse(null, null, "AskedAt"), [first.Number, second]),
            (RoomChangeFilter.Parse("住户a1", null, null), [first.Number]), (RoomChangeFilter.Parse("20230002", null, null), [second]),
            (RoomChangeFilter.Parse(first.Number, null, null), [first.Number]), (RoomChangeFilter.Parse("%", null, null), []),
            (RoomChangeFilter.Parse(null, "Withdrawn", "Person"), [first.Number]),
            (RoomChangeFilter.Parse(null, "nonsense", "-Person", "0"), [second, first.Number]),
        })
        {
            var window = await queries.ListAsync(filter, Ct);
            Assert.Equal(expected, window.Items.Select(r => r.Number));
            Assert.Equal(expected.Length, window.Total);
        }
        var counts = (await queries.ListAsync(RoomChangeFilter.Parse(null, "Done", null), Ct)).ByState;
        Assert.Equal((1, 1), (counts[RoomChangeState.Asked], counts[RoomChangeState.Withdrawn]));
    }

    internal static async Task<string> AskForBedAsync(TestHost host, string user, long bed) =>
        await (await host.AsAsync(user)).Get<RoomChangeService>().AskAsync(new RoomChangeForm { BedId = bed, Reason = "离实验室近" }, Ct);

    internal static async Task<string> AskToSwapAsync(TestHost host, string user, string number) =>
        await (await host.AsAsync(user)).Get<RoomChangeService>().AskAsync(new RoomChangeForm { Number = number, Reason = "作息不同" }, Ct);

    internal static async Task VoteAsync(TestHost host, string user, long id, bool agrees) => await (await host.AsAsync(user)).Get<RoomChangeService>()
        .VoteAsync(id, new RoomChangeVoteForm { Agrees = agrees, Because = agrees ? null : "我想安静" }, Ct);

    internal static async Task ApproveAsync(TestHost host, long id, string who = TestUsers.Dispatcher) =>
        await (await host.AsAsync(who)).Get<RoomChangeService>().ApproveAsync(id, Ct);

    /// <summary>Whether the office is offered to approve the only request.</summary>
    private static async Task<bool> IsAgreedAsync(TestHost host) =>
        Assert.Single((await (await host.AsAsync(TestUsers.Manager)).Get<RoomChangeQueries>().ListAsync(new RoomChangeFilter(), Ct)).Items).IsAgreed;

    private static Task<List<int>> ToldAsync(TestHost host, string user) => host.InDatabaseAsync(db => (
        from item in db.Set<InboxItem>()
        join person in db.Users on item.PersonId equals person.Id
        where person.UserName == user && RoomChangeNotificationKind.All.Contains(item.Kind)
        orderby item.Id
        select item.Kind).ToListAsync(Ct));

    private static Task<int> ChangeAsync(TestHost host, string user, Action<Person> change) => host.InDatabaseAsync(db => db.WriteAsync(async token =>
    {
        change(await db.Users.SingleAsync(p => p.UserName == user, token));
        return 0;
    }, Ct));

    /// <summary>Beds that are promised to somebody else.</summary>
    private sealed class Promise : IBedClaim
    {
        public IReadOnlyList<long> Beds { get; set; } = [];

        public Task<IReadOnlyDictionary<long, BedPromise>> PromisesAsync(LogisticsDb db, IReadOnlyCollection<long> bedIds, CancellationToken ct) =>
            Task.FromResult<IReadOnlyDictionary<long, BedPromise>>(bedIds.Where(Beds.Contains).ToDictionary(b => b, _ => new BedPromise(0, "新生1")));
    }
}
