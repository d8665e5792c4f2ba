using System.Text.RegularExpressions;
using LogisticsAdmin.Account;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Arrears;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Onboarding.Choosing;
using LogisticsAdmin.Features.Onboarding.Leaving;
using LogisticsAdmin.Features.Onboarding.RoomChanges;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Features.Orders.Phone;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Phone;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Features.Voice.Reading;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Fees;
using LogisticsAdmin.Tests.Support;
using LogisticsAdmin.Tests.Voice;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Registries;

/// <summary>What the cards of the home page keep: no query while nothing changes, and every change at the very next request.</summary>
public sealed partial class HomeCardsTests
{
    private static readonly Dictionary<string, Func<Desk, Task>> Cards = new()
    {
        ["Account.Name"] = desk => desk.Get<OwnName>().ReadAsync(Ct),
        ["Inbox.Unread"] = desk => desk.Get<InboxService>().UnreadAsync(Ct),
        ["Places.MyRoom"] = desk => desk.Get<PlacesQueries>().MyRoomAsync(Ct),
        ["Repairs.Home"] = desk => desk.Get<HomeTickets>().OpenAsync(Ct),
        ["Fees.LowBalance"] = desk => desk.Get<LowBalance>().MineAsync(Ct),
        ["Orders.Home"] = desk => desk.Get<MyOrdersQueries>().HomeAsync(Ct),
        ["Onboarding.Card"] = desk => desk.Get<ChoosingQueries>().CardAsync(Ct),
        ["Leaving.Card"] = desk => desk.Get<LeavingQueries>().CardAsync(Ct),
        ["RoomChanges.Mine"] = desk => desk.Get<RoomChangeQueries>().MineAsync(Ct),
        ["Voice.Answered"] = desk => desk.Get<VoiceMineQueries>().AnsweredAsync(Ct),
    };

    /// <summary>Tables whose rows are stored only together with one that is named: an order with its lines, a ledger entry with its account.</summary>
    private static readonly HashSet<Type> StoredTogether = [typeof(OrderLine), typeof(LedgerEntry), typeof(LedgerTransaction)];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names => [.. Cards.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_card_is_read_once_and_names_every_table_that_it_reads(string name)
    {
        var sql = new SqlCounter();
        await using var host = await TestHost.OpenAsync(services => services.ConfigureDbContext<LogisticsDb>(db => db.AddInterceptors(sql)));
        await FillAsync(host);
        var (first, second) = (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Resident));
        var before = sql.Count;

        await Cards[name](first);

        var sent = sql.Since(before).ToList();
        Assert.NotEmpty(sent);
        before = sql.Count;
        await Cards[name](second);
        Assert.Empty(sql.Since(before));
        var rows = host.Services.GetRequiredService<KeptReadings>().RowsOf(name, first.PersonId);
        var tables = await host.InDatabaseAsync(db => Task.FromResult(db.Model.GetEntityTypes().ToLookup(e => e.GetTableName(), e => e.ClrType)));
        var read = sent.SelectMany(text => TableNames().Matches(text)).SelectMany(match => tables[match.Groups[1].Value]).ToHashSet();
        Assert.NotEmpty(read);
        Assert.Empty(read.Except(StoredTogether).Except(rows.Select(r => r.Entity)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_card_is_read_again_after_a_minute(string name)
    {
        await using var host = await TestHost.OpenAsync();
        var kept = host.Services.GetRequiredService<KeptReadings>();
        Assert.Equal(1, await ReadsAsync(host, kept, name));
        host.Clock.Advance(KeptReadings.Longest - TimeSpan.FromTicks(1));
        Assert.Equal(0, await ReadsAsync(host, kept, name));
        host.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(1, await ReadsAsync(host, kept, name));
        host.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await ReadsAsync(host, kept, name));
    }

    [Fact]
    public async Task What_is_read_before_midnight_in_the_office_is_not_shown_after_it()
    {
        await using var host = await TestHost.OpenAsync();
        var kept = host.Services.GetRequiredService<KeptReadings>();
        host.Clock.Advance(TimeSpan.FromHours(10) - TimeSpan.FromSeconds(10));
        Assert.Equal(1, await ReadsAsync(host, kept, "Repairs.Home"));
        host.Clock.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(1, await ReadsAsync(host, kept, "Repairs.Home"));
    }

    [Fact]
    public async Task A_report_and_each_step_of_it_are_seen_at_once_and_only_by_who_reported()
    {
        await using var host = await TestHost.OpenAsync();
        Assert.Empty(await TicketsAsync(TestUsers.Resident));
        Assert.Empty(await TicketsAsync(TestUsers.Technician));

        var number = await (await host.AsAsync(TestUsers.Resident)).Intake.SubmitAsync(await host.FormAsync(), Ct);
        var row = Assert.Single(await TicketsAsync(TestUsers.Resident));
        Assert.Equal((number, TicketStatus.New), (row.Row.Number, row.Row.Status));
        Assert.Empty(await TicketsAsync(TestUsers.Technician));
        await (await host.AsAsync(TestUsers.Dispatcher)).Repairs.TriageAsync(row.Row.Id, ct: Ct);
        Assert.Equal(TicketStatus.Triaged, Assert.Single(await TicketsAsync(TestUsers.Resident)).Row.Status);
        await RenameAsync(host);
        Assert.Equal("竹园新楼", Assert.Single(await TicketsAsync(TestUsers.Resident)).Row.Building.Zh);
        await (await host.AsAsync(TestUsers.Resident)).Repairs.CancelAsync(row.Row.Id, new NoteForm(), ct: Ct);
        Assert.Empty(await TicketsAsync(TestUsers.Resident));

        async Task<IReadOnlyList<HomeTicket>> TicketsAsync(string user) => await (await host.AsAsync(user)).Get<HomeTickets>().OpenAsync(Ct);
    }

    [Fact]
    public async Task A_new_name_of_the_building_and_another_room_are_seen_at_once()
    {
        await using var host = await TestHost.OpenAsync();
        Assert.NotNull(await RoomAsync());
        await RenameAsync(host);
        Assert.Equal("竹园新楼", (await RoomAsync())!.Building.Zh);
        await ChangeAsync(host, async (db, token) => (await db.Users.SingleAsync(p => p.UserName == TestUsers.Resident, token)).MoveTo(null));
        Assert.Null(await RoomAsync());

        async Task<RoomLine?> RoomAsync() => await (await host.AsAsync(TestUsers.Resident)).Get<PlacesQueries>().MyRoomAsync(Ct);
    }

    [Fact]
    public async Task A_debt_and_its_payment_are_seen_at_once()
    {
        await using var host = await TestHost.OpenAsync();
        await host.TermsAsync(low: "20", cutOff: "50");
        Assert.Empty(await LowAsync());
        await host.OwesAsync(100);
        Assert.Equal(-10_000, Assert.Single(await LowAsync()).Balance.Fen);
        await host.PaidAsync("130");
        Assert.Empty(await LowAsync());

        async Task<IReadOnlyList<LowAccount>> LowAsync() => await (await host.AsAsync(TestUsers.Resident)).Get<LowBalance>().MineAsync(Ct);
    }

    [Fact]
    public async Task An_order_that_is_ready_is_seen_at_once_and_only_by_who_ordered()
    {
        await using var host = await TestHost.OpenAsync();
        Assert.Empty(await OrdersAsync(TestUsers.Resident));
        Assert.Empty(await OrdersAsync(TestUsers.Technician));
        await host.InDatabaseAsync(OrderSteps.AddFirstOrderAsync);
        Assert.NotNull(Assert.Single(await OrdersAsync(TestUsers.Resident)).Code);
        Assert.Empty(await OrdersAsync(TestUsers.Technician));

        async Task<IReadOnlyList<HomeOrder>> OrdersAsync(string user) => await (await host.AsAsync(user)).Get<MyOrdersQueries>().HomeAsync(Ct);
    }

    [Fact]
    public async Task An_answer_is_seen_at_once_and_only_by_who_sent_the_case()
    {
        await using var host = await TestHost.OpenAsync();
        Assert.Empty(await AnsweredAsync(TestUsers.Resident));
        Assert.Empty(await AnsweredAsync(TestUsers.Technician));
        await host.InDatabaseAsync(VoiceSteps.AddFirstCaseAsync);
        Assert.Equal(VoiceState.Settled, Assert.Single(await AnsweredAsync(TestUsers.Resident)).State);
        Assert.Empty(await AnsweredAsync(TestUsers.Technician));

        async Task<IReadOnlyList<VoiceRow>> AnsweredAsync(string user) => await (await host.AsAsync(user)).Get<VoiceMineQueries>().AnsweredAsync(Ct);
    }

    [Fact]
    public async Task Leaving_and_a_request_of_a_roommate_are_seen_at_once()
    {
        await using var host = await TestHost.OpenAsync();
        Assert.Null(await LeavingAsync());
        Assert.Empty((await ChangesAsync()).Asked);
        await host.InDatabaseAsync(LeavingSteps.AddFirstRoundAsync);
        Assert.NotNull(await LeavingAsync());
        Assert.Single((await ChangesAsync()).Asked);
        await ChangeAsync(host, async (db, token) => (await db.LeavingRounds.SingleAsync(token)).Close(TestHost.Start));
        Assert.Null(await LeavingAsync());
        await ChangeAsync(host, async (db, token) => (await db.RoomChanges.SingleAsync(token)).Withdraw(TestHost.Start));
        Assert.Empty((await ChangesAsync()).Asked);

        async Task<MyLeaving?> LeavingAsync() => await (await host.AsAsync(TestUsers.Resident)).Get<LeavingQueries>().CardAsync(Ct);
        async Task<MyRoomChanges> ChangesAsync() => await (await host.AsAsync(TestUsers.Resident)).Get<RoomChangeQueries>().MineAsync(Ct);
    }

    [Fact]
    public async Task A_season_that_opens_or_closes_is_seen_at_once_by_its_freshmen()
    {
        await using var host = await TestHost.OpenAsync();
        await host.IntakeAsync();
        var missing = (await CardAsync("freshman1"))!.Missing;
        Assert.Null(await CardAsync(TestUsers.Resident));
        await ChangeAsync(host, async (db, token) => db.SeasonFees.Add(new SeasonFee(
            await db.OnboardingSeasons.Select(s => s.Id).SingleAsync(token), new LocalName("钥匙押金", "Key deposit"), Money.FromYuan(30))));
        Assert.Equal(missing + 1, (await CardAsync("freshman1"))!.Missing);
        await ChangeAsync(host, async (db, token) => (await db.OnboardingSeasons.SingleAsync(token)).Close(TestHost.Start));
        Assert.Null(await CardAsync("freshman1"));

        async Task<OnboardingCardRow?> CardAsync(string user) => await (await host.AsAsync(user)).Get<ChoosingQueries>().CardAsync(Ct);
    }

    [Fact]
    public async Task A_message_counts_at_once_also_when_it_is_written_or_removed_in_bulk()
    {
        await using var host = await TestHost.OpenAsync();
        var me = (await host.AsAsync(TestUsers.Resident)).PersonId;
        var before = await UnreadAsync();
        await ChangeAsync(host, (db, _) =>
        {
            db.Inbox.Add(new InboxItem(me, 1, InboxItem.Unnamed, null, TestHost.Start));
            return Task.CompletedTask;
        });
        Assert.Equal(before + 1, await UnreadAsync());
        await ChangeAsync(host, (db, token) =>
        {
            using var bulk = new BulkWriter(db);
            bulk.Add<InboxItem>([new InboxItem(me, 1, InboxItem.Unnamed, null, TestHost.Start)], token);
            return Task.CompletedTask;
        });
        Assert.Equal(before + 2, await UnreadAsync());
        await ChangeAsync(host, (db, token) => BulkWriter.RemoveAsync(db, db.Inbox.Where(i => i.PersonId == me), token));
        Assert.Equal(0, await UnreadAsync());

        async Task<int> UnreadAsync() => await (await host.AsAsync(TestUsers.Resident)).Get<InboxService>().UnreadAsync(Ct);
    }

    [Fact]
    public async Task A_change_that_is_committed_while_a_card_is_read_is_in_the_next_reading()
    {
        await using var host = await TestHost.OpenAsync();
        var kept = host.Services.GetRequiredService<KeptReadings>();
        IReadOnlyList<RowsRead> rows = [RowsRead.All<Building>()];
        var (began, goesOn) = (new TaskCompletionSource(), new TaskCompletionSource());

        var reading = kept.OfAsync("Test", 1, rows, async _ =>
        {
            began.SetResult();
            await goesOn.Task;
            return "before";
        }, Ct);
        await began.Task;
        await RenameAsync(host);
        goesOn.SetResult();

        Assert.Equal("before", await reading);
        Assert.Equal("after", await kept.OfAsync("Test", 1, rows, _ => Task.FromResult("after"), Ct));
        Assert.Equal("after", await kept.OfAsync("Test", 1, rows, _ => Task.FromResult("again"), Ct));
        Assert.Equal("theirs", await kept.OfAsync("Test", 2, rows, _ => Task.FromResult("theirs"), Ct));
    }

    [Fact]
    public async Task A_write_that_fails_changes_nothing_and_others_rows_are_kept()
    {
        await using var host = await TestHost.OpenAsync();
        var kept = host.Services.GetRequiredService<KeptReadings>();
        await ReadsAsync(host, kept, "Inbox.Unread");
        await Assert.ThrowsAsync<InvalidOperationException>(() => ChangeAsync(host, async (db, token) =>
        {
            db.Inbox.Add(new InboxItem((await host.PersonAsync(TestUsers.Resident)).Id, 1, InboxItem.Unnamed, null, TestHost.Start));
            await db.SaveChangesAsync(token);
            throw new InvalidOperationException();
        }));
        Assert.Equal(0, await ReadsAsync(host, kept, "Inbox.Unread"));
        var other = (await host.PersonAsync(TestUsers.Technician)).Id;
        await ChangeAsync(host, (db, _) =>
        {
            db.Inbox.Add(new InboxItem(other, 1, InboxItem.Unnamed, null, TestHost.Start));
            return Task.CompletedTask;
        });
        Assert.Equal(0, await ReadsAsync(host, kept, "Inbox.Unread"));
    }

    [Fact]
    public async Task Who_may_no_longer_act_gets_nothing_that_is_kept()
    {
        await using var host = await TestHost.OpenAsync();
        var resident = await host.AsAsync(TestUsers.Resident);
        foreach (var card in Cards.Values) await card(resident);
        resident.Get<CurrentUser>().EndSession();
        foreach (var card in Cards.Values.Where(c => c != Cards["Repairs.Home"])) await Assert.ThrowsAsync<Forbidden>(() => card(resident));
    }

    private static async Task<long> ReadsAsync(TestHost host, KeptReadings kept, string name)
    {
        var before = kept.Reads;
        await Cards[name](await host.AsAsync(TestUsers.Resident));
        return kept.Reads - before;
    }

    private static Task<int> RenameAsync(TestHost host) => ChangeAsync(host, async (db, token) =>
        (await db.Buildings.SingleAsync(b => b.Code == "Z3", token)).Rename("竹园新楼", "Zhuyuan New"));

    private static Task<int> ChangeAsync(TestHost host, Func<LogisticsDb, CancellationToken, Task> change) =>
        host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            await change(db, token);
            return 0;
        }, Ct));

    /// <summary>Something for each card to show.</summary>
    private static async Task FillAsync(TestHost host)
    {
        await host.IntakeAsync();
        await ChangeAsync(host, async (db, token) =>
        {
            var me = await db.Users.Where(p => p.UserName == TestUsers.Resident).Select(p => p.Id).SingleAsync(token);
            var group = await db.SeasonGroups.SingleAsync(token);
            db.Freshmen.Add(new Freshman(group.SeasonId, group.Id, me, ArrivalCode.New()));
        });
        await host.TicketAsync(TicketStatus.Assigned);
        await host.TermsAsync(low: "20", cutOff: "50");
        await host.OwesAsync(100);
        await host.InDatabaseAsync(OrderSteps.AddFirstOrderAsync);
        await host.InDatabaseAsync(VoiceSteps.AddFirstCaseAsync);
        await host.InDatabaseAsync(LeavingSteps.AddFirstRoundAsync);
    }

    [GeneratedRegex("(?:FROM|JOIN) \"(\\w+)\"")]
    private static partial Regex TableNames();
}
