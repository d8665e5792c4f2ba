using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Onboarding.Leaving;
using LogisticsAdmin.Security;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Onboarding;

/// <summary>What those who leave are told: that a round is open, what damage costs, and that they are checked out.</summary>
public sealed class LeavingMessageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everybody_in_a_round_is_told_once_with_the_days_and_what_to_do()
    {
        await using var host = await TestHost.OpenAsync();
        await host.DormitoryAsync();
        var round = await host.RoundAsync();
        var manager = (await host.AsAsync(TestUsers.Manager)).Get<LeavingService>();
        await manager.EnrolAsync(round, Ct);
        await SaveAsync(host, round, LeavingSteps.RoundForm());
        await manager.CloseAsync(round, Ct);
        await manager.ReopenAsync(round, Ct);
        foreach (var user in Dormitory.Users)
        {
            var message = Assert.Single(await host.ToldOfLeavingAsync(user));
            Assert.Equal(LeavingNotificationKind.Opened, message.Kind);
            var said = new LeavingNotificationKind(message.Kind).TextFor(message.Detail);
            foreach (var word in new[] { "2026-11-20", "2026-11-30", "验房", "钥匙" }) Assert.Contains(word, said.Zh, StringComparison.Ordinal);
        }
        Assert.Equal(4, await host.InDatabaseAsync(db => db.Inbox.CountAsync(i => i.Kind == LeavingNotificationKind.Opened, Ct)));
    }

    [Fact]
    public async Task Other_days_are_told_and_replace_what_was_not_read()
    {
        await using var host = await TestHost.OpenAsync();
        await host.DormitoryAsync();
        var round = await host.RoundAsync();
        await ReadAsync(host, "a1");
        var form = LeavingSteps.RoundForm();
        form.LastDay = new DateOnly(2026, 12, 5);
        await SaveAsync(host, round, form);
        Assert.Equal(["2026-11-30", "2026-12-05"], LastDays(await host.ToldOfLeavingAsync("a1")));
        Assert.Equal(["2026-12-05"], LastDays(await host.ToldOfLeavingAsync("a2")));

        await SaveAsync(host, round, LeavingSteps.RoundForm());
        Assert.Equal(["2026-11-30", "2026-11-30"], LastDays(await host.ToldOfLeavingAsync("a1")));
        Assert.Equal(["2026-11-30"], LastDays(await host.ToldOfLeavingAsync("a2")));
    }

    [Fact]
    public async Task A_closed_round_takes_back_what_was_not_read_of_it()
    {
        await using var host = await TestHost.OpenAsync();
        await host.DormitoryAsync();
        var round = await host.RoundAsync();
        await ReadAsync(host, "a1");
        await (await host.AsAsync(TestUsers.Manager)).Get<LeavingService>().CloseAsync(round, Ct);
        Assert.Single(await host.ToldOfLeavingAsync("a1"));
        Assert.Empty(await host.ToldOfLeavingAsync("a2"));
    }

    [Fact]
    public async Task Who_joins_a_closed_round_is_told_when_it_opens_and_who_leaves_the_class_does_not_hear_of_it()
    {
        await using var host = await TestHost.OpenAsync();
        await host.DormitoryAsync();
        await ClassAsync(host, "b2", "别的班");
        var round = await host.RoundAsync();
        var manager = (await host.AsAsync(TestUsers.Manager)).Get<LeavingService>();
        await manager.CloseAsync(round, Ct);
        await ClassAsync(host, "b2", Dormitory.ClassName);
        await SaveAsync(host, round, LeavingSteps.RoundForm());
        Assert.Empty(await host.ToldOfLeavingAsync("b2"));
        await manager.ReopenAsync(round, Ct);
        Assert.Single(await host.ToldOfLeavingAsync("b2"));

        await ClassAsync(host, "a2", "别的班");
        await manager.EnrolAsync(round, Ct);
        Assert.Empty(await host.ToldOfLeavingAsync("a2"));
        Assert.Single(await host.ToldOfLeavingAsync("a1"));
    }

    [Fact]
    public async Task A_closed_round_that_is_changed_leaves_an_open_one_its_people_and_their_messages()
    {
        await using var host = await TestHost.OpenAsync();
        await host.DormitoryAsync();
        await ClassAsync(host, "b2", "别的班");
        var closed = await host.RoundAsync();
        await (await host.AsAsync(TestUsers.Manager)).Get<LeavingService>().CloseAsync(closed, Ct);
        await ClassAsync(host, "b2", Dormitory.ClassName);
        var open = await host.RoundAsync();

        await SaveAsync(host, closed, LeavingSteps.RoundForm());

        Assert.Equal((3, 4), (await CountAsync(host, closed), await CountAsync(host, open)));
        foreach (var user in Dormitory.Users)
            Assert.True(LeavingNotificationKind.IsAbout(Assert.Single(await host.ToldOfLeavingAsync(user)).Detail, open));
    }

    [Fact]
    public async Task Damage_is_told_with_what_it_costs_and_a_corrected_amount_replaces_what_was_not_read()
    {
        await using var host = await TestHost.OpenAsync();
        await host.DormitoryAsync();
        await host.RoundAsync();
        await host.InspectAsync("a1");
        Assert.Equal([LeavingNotificationKind.Opened], await KindsAsync(host, "a1"));
        await host.InspectAsync("a1", 50);
        await host.InspectAsync("a1", 50);
        var told = (await host.ToldOfLeavingAsync("a1")).FindAll(i => i.Kind == LeavingNotificationKind.DamageFound);
        Assert.Equal(("5000", "椅子坏一把"), (Assert.Single(told).Detail, told[0].About));
        Assert.Contains("50.00", new LeavingNotificationKind(LeavingNotificationKind.DamageFound).TextFor("5000").Zh, StringComparison.Ordinal);

        await host.InspectAsync("a1", 80);
        Assert.Equal("8000", Assert.Single(await host.ToldOfLeavingAsync("a1"), i => i.Kind == LeavingNotificationKind.DamageFound).Detail);
        await host.InspectAsync("a1");
        Assert.Equal([LeavingNotificationKind.Opened], await KindsAsync(host, "a1"));
        Assert.Equal([LeavingNotificationKind.Opened], await KindsAsync(host, "a2"));
    }

    [Fact]
    public async Task Who_is_checked_out_is_told_and_an_undone_check_out_takes_it_back()
    {
        await using var host = await TestHost.OpenAsync();
        await host.DormitoryAsync();
        var round = await host.RoundAsync();
        await host.InspectAsync("a1");
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        long[] all = [(await host.LeaverAsync("a1")).Id, (await host.LeaverAsync("a2")).Id];
        await desk.Get<LeavingCheckOut>().CheckOutAsync(round, all, ct: Ct);
        Assert.Equal([LeavingNotificationKind.Opened, LeavingNotificationKind.CheckedOut], await KindsAsync(host, "a1"));
        Assert.Equal([LeavingNotificationKind.Opened], await KindsAsync(host, "a2"));

        var undo = desk.Get<LeavingUndo>();
        Assert.Equal(1, (await undo.UndoAsync(undo.Latest!.Value, Ct)).Done);
        Assert.Equal([LeavingNotificationKind.Opened], await KindsAsync(host, "a1"));
        await desk.Get<LeavingCheckOut>().CheckOutAsync(round, all, ct: Ct);
        Assert.Equal([LeavingNotificationKind.Opened, LeavingNotificationKind.CheckedOut], await KindsAsync(host, "a1"));
    }

    [Fact]
    public async Task Mail_about_it_goes_to_those_whom_it_still_concerns()
    {
        await using var host = await TestHost.OpenAsync();
        await host.DormitoryAsync();
        var round = await host.RoundAsync();
        Assert.Equal((true, false, false), await MaySeeAsync(host, "a1"));
        Assert.Equal((false, false, false), await MaySeeAsync(host, TestUsers.Resident));
        await host.InspectAsync("a1", 50);
        Assert.Equal((true, true, false), await MaySeeAsync(host, "a1"));
        await host.InspectAsync("a1");
        await (await host.AsAsync(TestUsers.Dispatcher)).Get<LeavingCheckOut>().CheckOutAsync(round, [(await host.LeaverAsync("a1")).Id], ct: Ct);
        Assert.Equal((false, false, true), await MaySeeAsync(host, "a1"));
        await (await host.AsAsync(TestUsers.Manager)).Get<LeavingService>().CloseAsync(round, Ct);
        Assert.Equal((false, false, false), await MaySeeAsync(host, "a2"));
    }

    private static async Task<(bool Opened, bool Damage, bool CheckedOut)> MaySeeAsync(TestHost host, string user)
    {
        var actor = (await host.AsAsync(user)).Get<CurrentUser>().Actor;
        return (await SeesAsync(LeavingNotificationKind.Opened), await SeesAsync(LeavingNotificationKind.DamageFound),
            await SeesAsync(LeavingNotificationKind.CheckedOut));

        Task<bool> SeesAsync(int kind) => host.InDatabaseAsync(db => new LeavingNotificationKind(kind).MaySeeAsync(db, actor, InboxItem.Unnamed, Ct));
    }

    private static async Task<IReadOnlyList<int>> KindsAsync(TestHost host, string user) => [.. (await host.ToldOfLeavingAsync(user)).Select(i => i.Kind)];

    private static Task<int> CountAsync(TestHost host, long round) => host.InDatabaseAsync(db => db.Leavers.CountAsync(l => l.RoundId == round, Ct));

    private static List<string> LastDays(List<InboxItem> messages) => messages.ConvertAll(m => m.Detail!.Split(' ')[2]);

    private static Task<int> ReadAsync(TestHost host, string user) => host.InDatabaseAsync(db => db.WriteAsync(async token =>
    {
        var person = await db.Users.Where(p => p.UserName == user).Select(p => p.Id).SingleAsync(token);
        (await db.Inbox.SingleAsync(i => i.PersonId == person && i.Kind == LeavingNotificationKind.Opened, token)).Read(TestHost.Start);
        return 0;
    }, Ct));

    private static async Task SaveAsync(TestHost host, long round, LeavingRoundForm form)
    {
        var desk = await host.AsAsync(TestUsers.Manager);
        form.Version = (await desk.Get<LeavingQueries>().RoundAsync(round, Ct)).Version;
        await desk.Get<LeavingService>().SaveAsync(round, form, Ct);
    }

    private static Task<int> ClassAsync(TestHost host, string user, string name) => host.InDatabaseAsync(db => db.WriteAsync(async token =>
    {
        (await db.Users.SingleAsync(p => p.UserName == user, token)).SetStudies(Gender.Male, null, null, name, 2023);
        return 0;
    }, Ct));
}
