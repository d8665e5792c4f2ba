using LogisticsAdmin.Features.Fees.Arrears;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>Credits of rooms whose leak is not repaired in time.</summary>
public sealed class LeakCreditTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_leak_earns_its_room_a_credit_a_day_from_the_48th_hour_until_it_is_repaired_however_often_the_job_runs()
    {
        await using var host = await TestHost.OpenAsync();
        await TurnOnAsync(host);
        var ticket = await host.TicketAsync(TicketStatus.InProgress);
        await host.TicketAsync();
        var room = await host.RoomKeyAsync();

        host.MoveTo(new DateOnly(2026, 11, 24), 13);
        await RunAsync(host);
        Assert.Equal(0, await host.BalanceAsync(room));
        host.MoveTo(new DateOnly(2026, 11, 24), 15);
        // Two leaks of the room, and several jobs at once.
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => RunAsync(host), Ct)));
        Assert.Equal((500L, -500L), (await host.BalanceAsync(room), await host.BalanceAsync("subsidy")));
        // The app was off for a day.
        host.MoveTo(new DateOnly(2026, 11, 26), 10);
        await RunAsync(host);
        await RunAsync(host);
        Assert.Equal(1_500, await host.BalanceAsync(room));

        var line = (await (await host.AsAsync(TestUsers.Resident)).Get<LedgerQueries>().StatementAsync(await host.AccountAsync(room), ct: Ct)).Items[0];
        Assert.Equal((TransactionKind.Subsidy, 500L, ticket.Number), (line.Kind, line.Amount.Fen, line.Text));
        await (await host.AsAsync(TestUsers.Technician)).Repairs.CompleteAsync(ticket.Id, new NoteForm { Note = "换了阀芯" }, ct: Ct);
        var second = await host.InDatabaseAsync(db => db.Set<RepairTicket>().Where(t => t.Status == TicketStatus.New).Select(t => t.Id).ToListAsync(Ct));
        foreach (var other in second)
            await (await host.AsAsync(TestUsers.Dispatcher)).Repairs.RejectAsync(other, new NoteForm { Note = "同一处漏水" }, Ct);
        host.MoveTo(new DateOnly(2026, 11, 29), 10);
        await RunAsync(host);
        Assert.Equal(1_500, await host.BalanceAsync(room));
        await host.DemandSoundAsync();
    }

    [Fact]
    public async Task A_ticket_that_comes_to_nothing_earns_nothing_and_what_it_earned_is_booked_back()
    {
        await using var host = await TestHost.OpenAsync();
        await TurnOnAsync(host);
        var ticket = await host.TicketAsync();
        host.MoveTo(new DateOnly(2026, 11, 25), 15);
        await RunAsync(host);
        Assert.Equal(1_000, await host.BalanceAsync(await host.RoomKeyAsync()));

        await (await host.AsAsync(TestUsers.Dispatcher)).Repairs.RejectAsync(ticket.Id, new NoteForm { Note = "不是漏水" }, Ct);
        for (var time = 0; time < 2; time++) await RunAsync(host);

        Assert.Equal((0L, 0L), (await host.BalanceAsync(await host.RoomKeyAsync()), await host.BalanceAsync("subsidy")));
        await host.DemandSoundAsync();
    }

    [Fact]
    public async Task A_leak_that_is_corrected_to_another_room_or_category_earns_only_the_room_where_it_is()
    {
        await using var host = await TestHost.OpenAsync();
        await TurnOnAsync(host);
        var ticket = await host.TicketAsync();
        var here = (await host.ResidentsRoomAsync()).Id;
        var there = await host.InDatabaseAsync(db => db.Rooms.Where(r => r.Code == "511" && r.Building.Code == "Z3").Select(r => r.Id).SingleAsync(Ct));
        await host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            (await db.Users.SingleAsync(p => p.UserName == TestUsers.Technician, token)).MoveTo(there);
            return 0;
        }, Ct));
        var leak = await CategoryAsync("water-tap", false);
        var other = await CategoryAsync("water-tap", true);
        host.MoveTo(new DateOnly(2026, 11, 25), 15);
        await RunAsync(host);
        Assert.Equal((1_000L, 0L, -1_000L), await BalancesAsync());

        await CorrectAsync(there, leak);
        Assert.Equal((0L, 1_000L, -1_000L), await BalancesAsync());
        await CorrectAsync(here, leak);
        Assert.Equal((1_000L, 0L, -1_000L), await BalancesAsync());
        host.MoveTo(new DateOnly(2026, 11, 26), 10);
        await CorrectAsync(there, leak);
        Assert.Equal((0L, 1_500L, -1_500L), await BalancesAsync());
        await CorrectAsync(there, other);
        Assert.Equal((0L, 0L, 0L), await BalancesAsync());
        await CorrectAsync(there, leak);
        Assert.Equal((0L, 1_500L, -1_500L), await BalancesAsync());

        // What was earned before the rule asked for something else stays, whatever is corrected later.
        var settings = (await host.AsAsync(TestUsers.Administrator)).Get<ArrearsSettingService>();
        host.MoveTo(new DateOnly(2026, 11, 26), 11);
        await settings.SaveLeakAsync(new LeakForm { Version = (await settings.LeakAsync(Ct)).Version, IsOn = true, CategoryId = other, Daily = "5" }, Ct);
        await CorrectAsync(there, leak);
        Assert.Equal((0L, 1_500L, -1_500L), await BalancesAsync());
        await host.DemandSoundAsync();

        Task<long> CategoryAsync(string code, bool isOutside) => host.InDatabaseAsync(async db =>
        {
            var known = await db.Set<Category>().SingleAsync(c => c.Code == code, Ct);
            return isOutside
                ? await db.Set<Category>().Where(c => c.ParentId != null && c.ParentId != known.ParentId && c.RetiredAt == null)
                    .Select(c => c.Id).FirstAsync(Ct)
                : known.Id;
        });

        async Task CorrectAsync(long room, long category)
        {
            var version = (await host.RowAsync(ticket.Number)).Version;
            await (await host.AsAsync(TestUsers.Dispatcher)).Repairs.CorrectAsync(
                ticket.Id, new CorrectForm { Version = version, RoomId = room, CategoryId = category }, Ct);
            for (var time = 0; time < 2; time++) await RunAsync(host);
        }

        async Task<(long, long, long)> BalancesAsync() => (
            await host.BalanceAsync(LedgerAccount.RoomKey(here)), await host.BalanceAsync(LedgerAccount.RoomKey(there)), await host.BalanceAsync("subsidy"));
    }

    [Fact]
    public async Task The_rule_is_off_until_it_is_turned_on_and_then_earns_nothing_for_the_past()
    {
        await using var host = await TestHost.OpenAsync();
        await host.TicketAsync();
        host.MoveTo(new DateOnly(2026, 11, 27), 10);
        await RunAsync(host);
        Assert.False(await host.InDatabaseAsync(db => db.LeakCredits.AnyAsync(Ct)));

        await TurnOnAsync(host);
        await RunAsync(host);
        Assert.Equal([new DateOnly(2026, 11, 27)], await host.InDatabaseAsync(db => db.LeakCredits.Select(c => c.Day).ToListAsync(Ct)));
        var settings = (await host.AsAsync(TestUsers.Administrator)).Get<ArrearsSettingService>();
        var stored = await settings.LeakAsync(Ct);
        Assert.Equal((true, 500L, new DateOnly(2026, 11, 27)), (stored.IsOn, stored.Daily.Fen, stored.Since));
        await settings.SaveLeakAsync(new LeakForm { Version = stored.Version, IsOn = false, CategoryId = stored.CategoryId, Daily = "5" }, Ct);
        await Assert.ThrowsAsync<Stale>(() => settings.SaveLeakAsync(new LeakForm { Version = stored.Version }, Ct));
        host.MoveTo(new DateOnly(2026, 11, 29), 10);
        await RunAsync(host);
        Assert.Equal(1, await host.InDatabaseAsync(db => db.LeakCredits.CountAsync(Ct)));
        await Assert.ThrowsAsync<Forbidden>(async () =>
            await (await host.AsAsync(TestUsers.Manager)).Get<ArrearsSettingService>().SaveLeakAsync(new LeakForm(), Ct));
    }

    private static Task RunAsync(TestHost host) => host.AsSystem().Get<LeakCredits>().RunAsync(Ct);

    /// <summary>Five yuan a day for everything in the group of dripping taps.</summary>
    private static async Task TurnOnAsync(TestHost host)
    {
        var group = await host.InDatabaseAsync(db => db.Set<Category>().Where(c => c.Code == "water-tap").Select(c => c.ParentId).SingleAsync(Ct));
        await (await host.AsAsync(TestUsers.Administrator)).Get<ArrearsSettingService>()
            .SaveLeakAsync(new LeakForm { IsOn = true, CategoryId = group, Daily = "5" }, Ct);
    }
}
