using System.Net;
using LogisticsAdmin.Features.Onboarding.RoomChanges;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace LogisticsAdmin.Tests.Onboarding;

/// <summary>Who may do what with a request in each state, as a hand-written table, and the pages over HTTP.</summary>
public sealed class RoomChangeAccessTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Of each state what is possible for whom it is possible: the asked, the owner, the office.</summary>
    private static readonly Dictionary<RoomChangeState, string[]> Possible = new()
    {
        [RoomChangeState.Asked] = ["vote", "withdraw", "refuse"],
        [RoomChangeState.Agreed] = ["withdraw", "approve", "refuse"],
        [RoomChangeState.Done] = [],
        [RoomChangeState.Refused] = [],
        [RoomChangeState.Withdrawn] = [],
    };

    /// <summary>Who may, and what others are told.</summary>
    private static readonly (string User, string Verb, Type? Refusal)[] Table =
    [
        ("a1", "vote", typeof(NotFound)), ("a1", "withdraw", null), ("a1", "approve", typeof(Forbidden)), ("a1", "refuse", typeof(Forbidden)),
        ("b1", "vote", null), ("b1", "withdraw", typeof(NotFound)), ("b1", "approve", typeof(Forbidden)), ("b1", "refuse", typeof(Forbidden)),
        (TestUsers.Resident, "vote", typeof(NotFound)), (TestUsers.Resident, "withdraw", typeof(NotFound)),
        (TestUsers.Technician, "vote", typeof(Forbidden)), (TestUsers.Technician, "withdraw", typeof(Forbidden)),
        (TestUsers.Technician, "approve", typeof(Forbidden)), (TestUsers.Manager, "vote", typeof(Forbidden)),
        (TestUsers.Manager, "approve", typeof(Forbidden)), (TestUsers.Manager, "refuse", typeof(Forbidden)),
        (TestUsers.Dispatcher, "approve", null), (TestUsers.Dispatcher, "refuse", null), (TestUsers.Dispatcher, "withdraw", typeof(Forbidden)),
        (TestUsers.Administrator, "approve", null), (TestUsers.Administrator, "refuse", null),
    ];

    [Fact]
    public async Task Each_verb_is_possible_in_its_states_for_its_people_only()
    {
        await using var host = await TestHost.OpenAsync();
        var dormitory = await host.DormitoryAsync();
        var number = 0;
        foreach (var state in Enum.GetValues<RoomChangeState>())
        {
            foreach (var (user, verb, refusal) in Table)
            {
                var id = await RequestAsync(host, dormitory, state, $"TD20261101-{++number:0000}");
                var service = (await host.AsAsync(user)).Get<RoomChangeService>();
                var outcome = await Record.ExceptionAsync(() => DoAsync(service, verb, id));
                var expected = refusal ?? (Possible[state].Contains(verb) ? null : typeof(Rejected));
                Assert.True(outcome?.GetType() == expected, $"{user} {verb} {state}: {outcome?.GetType().Name ?? "done"}");
                if (refusal is null && expected == typeof(Rejected)) Assert.Equal($"NotPossible.{state}", ((Rejected)outcome!).Code);
                await ResetAsync(host, dormitory);
            }
        }
    }

    [Theory]
    [InlineData(TestUsers.Administrator, true, false)]
    [InlineData(TestUsers.Manager, true, false)]
    [InlineData(TestUsers.Dispatcher, true, false)]
    [InlineData(TestUsers.Technician, false, false)]
    [InlineData(TestUsers.Resident, false, true)]
    public async Task The_office_reads_all_requests_and_residents_their_own(string who, bool office, bool resident)
    {
        await using var host = await TestHost.OpenAsync();
        var queries = (await host.AsAsync(who)).Get<RoomChangeQueries>();
        var service = (await host.AsAsync(who)).Get<RoomChangeService>();
        foreach (var read in new Func<Task>[] { () => queries.ListAsync(new RoomChangeFilter(), Ct), () => queries.AllAsync(new RoomChangeFilter(), Ct) })
            Assert.Equal(office ? null : typeof(Forbidden), (await Record.ExceptionAsync(read))?.GetType());
        foreach (var read in new Func<Task>[] { () => queries.MineAsync(Ct), () => queries.FreeBedsAsync("竹园", Ct) })
            Assert.Equal(resident ? null : typeof(Forbidden), (await Record.ExceptionAsync(read))?.GetType());
        if (!resident) await Assert.ThrowsAsync<Forbidden>(() => service.AskAsync(new RoomChangeForm { BedId = 1, Reason = "近" }, Ct));
    }

    [Fact]
    public async Task Messages_are_seen_by_those_whom_the_request_concerns()
    {
        await using var host = await TestHost.OpenAsync();
        var dormitory = await host.DormitoryAsync();
        var id = await RequestAsync(host, dormitory, RoomChangeState.Asked, "TD20261122-0001");
        Assert.True(id > 0);
        var asked = new RoomChangeNotificationKind(RoomChangeNotificationKind.Asked);
        var decide = new RoomChangeNotificationKind(RoomChangeNotificationKind.ToDecide);
        foreach (var (user, own, office) in new[]
        {
            ("a1", true, false), ("b1", true, false), ("a2", false, false), (TestUsers.Resident, false, false), (TestUsers.Dispatcher, false, true),
        })
        {
            var actor = (await host.AsAsync(user)).Get<CurrentUser>().Actor;
            Assert.Equal(own, await host.InDatabaseAsync(db => asked.MaySeeAsync(db, actor, "TD20261122-0001", Ct)));
            Assert.Equal(office, await host.InDatabaseAsync(db => decide.MaySeeAsync(db, actor, "TD20261122-0001", Ct)));
        }
        Assert.Equal(
            ["my/room-change", "onboarding/room-changes?q=TD1"], new INotificationKind[] { asked, decide }.Select(k => k.Address(Actor.System, "TD1")));
    }

    [Fact]
    public async Task A_request_is_asked_answered_and_withdrawn_without_scripts_and_names_nobody_of_the_other_room()
    {
        await using var app = await TestApp.StartAsync(clock: new FakeTimeProvider(TestHost.Start));
        await app.InDatabaseAsync(LeavingSteps.DormitoryAsync);
        var student = await app.SignInAsync("a1");
        Assert.NotNull((await student.PageAsync("/my")).QuerySelector("a[href='my/room-change']"));
        using (var wrong = await student.PostFormAsync("/my/room-change", ("Input.Number", "99999999"), ("Input.Reason", "近")))
        {
            Assert.Equal(HttpStatusCode.OK, wrong.StatusCode);
            Assert.Equal("无法与该学号互换", (await wrong.PageAsync()).QuerySelector("#swap-Number-error")!.TextContent);
        }
        using (var asked = await student.PostFormAsync(
            "/my/room-change?q=调宿1号楼 102", ("Input.BedId", await BedAsync(app, "102", "3")), ("Input.Reason", "<b>近</b>")))
        {
            Assert.Equal(HttpStatusCode.Redirect, asked.StatusCode);
        }
        var page = await student.PageAsync("/my/room-change");
        Assert.Equal("Asked", page.QuerySelector("[data-own]")!.GetAttribute("data-state"));
        Assert.Null(page.QuerySelector("main bdi b"));
        Assert.DoesNotContain("住户b", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(" style=", page.DocumentElement.OuterHtml, StringComparison.Ordinal);

        var roommate = await app.SignInAsync("b1");
        Assert.NotNull((await roommate.PageAsync("/my")).QuerySelector("[data-room-change=asked]"));
        var form = (await roommate.PageAsync("/my/room-change")).Forms.First(f => f.QuerySelector("[name='Input.Agrees']") is not null);
        using (var agreed = await roommate.SendFormAsync(form, "/my/room-change", ("Input.Agrees", "true")))
            Assert.Equal(HttpStatusCode.Redirect, agreed.StatusCode);
        using (var again = await roommate.SendFormAsync(form, "/my/room-change", ("Input.Agrees", "false")))
        {
            Assert.Equal(HttpStatusCode.OK, again.StatusCode);
            Assert.Contains("您已经答复过", (await again.PageAsync()).QuerySelector(".problem")!.TextContent, StringComparison.Ordinal);
        }
        var stranger = await app.SignInAsync("a2");
        Assert.Null((await stranger.PageAsync("/my/room-change")).QuerySelector("[data-asked]"));

        page = await student.PageAsync("/my/room-change");
        using (var withdrawn = await student.SendFormAsync(page.Forms.First(f => f.QuerySelector("button.danger") is not null), "/my/room-change"))
            Assert.Equal(HttpStatusCode.Redirect, withdrawn.StatusCode);
        Assert.Equal(RoomChangeState.Withdrawn, await app.InDatabaseAsync(db => db.Set<RoomChange>().Select(c => c.State).SingleAsync(Ct)));
        using var technician = await (await app.SignInAsync(TestUsers.Technician)).GetAsync("/my/room-change", Ct);
        Assert.Equal(HttpStatusCode.NotFound, technician.StatusCode);
    }

    private static Task<string> BedAsync(TestApp app, string room, string bed) => app.InDatabaseAsync(async db => (await db.Set<Features.Places.Bed>()
        .Where(b => b.Room.Code == room && b.Code == bed && b.Room.Building.Code == "DX1").Select(b => b.Id).SingleAsync(Ct))
        .ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static Task DoAsync(RoomChangeService service, string verb, long id) => verb switch
    {
        "vote" => service.VoteAsync(id, new RoomChangeVoteForm { Agrees = true }, Ct),
        "withdraw" => service.WithdrawAsync(id, Ct),
        "approve" => service.ApproveAsync(id, Ct),
        _ => service.RefuseAsync(id, new RoomChangeRefusalForm { Because = "床位另有安排" }, Ct),
    };

    /// <summary>A request of a1 for a free bed in 102, of which b1 is asked.</summary>
    private static Task<long> RequestAsync(TestHost host, Dormitory dormitory, RoomChangeState state, string number) =>
        host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            var change = new RoomChange(number, dormitory.People[0], null, dormitory.Bed(1, 2), "近", dormitory.People.Skip(2), TestHost.Start);
            db.Set<RoomChange>().Add(change);
            if (state == RoomChangeState.Withdrawn) change.Withdraw(TestHost.Start);
            else if (state == RoomChangeState.Refused) change.Refuse(dormitory.People[1], "否", TestHost.Start);
            if (state is RoomChangeState.Agreed or RoomChangeState.Done)
            {
                foreach (var person in dormitory.People.Skip(2)) change.Vote(person, true, null, TestHost.Start);
                if (state == RoomChangeState.Done) change.Complete([], dormitory.People[1], TestHost.Start);
            }
            await db.SaveChangesAsync(token);
            return change.Id;
        }, Ct));

    /// <summary>Ends what is open, and lets a1 live where they lived.</summary>
    private static Task<int> ResetAsync(TestHost host, Dormitory dormitory) => host.InDatabaseAsync(db => db.WriteAsync(async token =>
    {
        foreach (var open in await db.Set<RoomChange>().Where(c => c.State == RoomChangeState.Asked || c.State == RoomChangeState.Agreed).ToListAsync(token))
            open.Withdraw(TestHost.Start);
        var person = await db.Users.SingleAsync(p => p.UserName == "a1", token);
        await Features.Places.Housing.MoveBackAsync(db, person, dormitory.Rooms[0], dormitory.Bed(0, 0), TestHost.Start, TestHost.Start, token);
        return 0;
    }, Ct));
}
