using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Data;

public sealed class WritingTests
{
    private static readonly DateOnly Day = new(2026, 11, 22);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fifty_writers_at_once_all_succeed_and_lose_nothing()
    {
        await using var host = await TestHost.OpenAsync();

        var numbers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => TakeNumberAsync(host), Ct)));

        Assert.Equal(Enumerable.Range(1, 50).Select(n => DayNumbers.Format("T", Day, n)), numbers.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Writers_are_served_in_the_order_they_came()
    {
        await using var host = await TestHost.OpenAsync();
        List<int> served = [];
        var turn = await host.Services.GetRequiredService<WriteGate>().EnterAsync(Ct);
        var waiting = Enumerable.Range(0, 20).Select(async i =>
        {
            await using var db = Open(host);
            await db.WriteAsync(_ =>
            {
                served.Add(i);
                return Task.CompletedTask;
            }, Ct);
        }).ToList();

        turn.Dispose();
        await Task.WhenAll(waiting);

        Assert.Equal(Enumerable.Range(0, 20), served);
    }

    [Fact]
    public async Task A_save_outside_a_write_takes_the_gate_too()
    {
        await using var host = await TestHost.OpenAsync();
        await using var db = Open(host);
        var person = await db.Users.FirstAsync(Ct);
        person.SetDarkMode(darkMode: true);
        var turn = await host.Services.GetRequiredService<WriteGate>().EnterAsync(Ct);

        var save = db.SaveChangesAsync(Ct);
        Assert.False(save.IsCompleted);
        turn.Dispose();
        await save;

        Assert.True(await host.InDatabaseAsync(other => other.Users.Where(p => p.Id == person.Id).Select(p => p.DarkMode).SingleAsync()));
    }

    [Fact]
    public async Task A_failed_write_stores_nothing_publishes_nothing_and_leaves_the_gate_free()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync();
        var dispatcher = (await host.AsAsync(TestUsers.Dispatcher)).PersonId;
        using var reader = host.Services.GetRequiredService<IChangeFeed>().Subscribe(null, c => c is KeyChanged);

        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await using var db = Open(host);
            await db.WriteAsync(async token =>
            {
                (await db.RepairTickets.SingleAsync(t => t.Id == ticket.Id, token)).Triage(dispatcher, host.Clock.GetUtcNow());
                await db.SaveChangesAsync(token);
                db.Announce(new KeyChanged("test", 1));
                throw new InvalidOperationException("half way");
            }, Ct);
        });
        await using (var next = Open(host))
        {
            await next.WriteAsync(_ =>
            {
                next.Announce(new KeyChanged("test", 2));
                return Task.CompletedTask;
            }, Ct);
        }

        var delivery = await reader.NextAsync(Ct);
        Assert.Equal([2], delivery!.Changes.Cast<KeyChanged>().Select(c => c.Key));
        Assert.Equal(TicketStatus.New, (await host.RowAsync(ticket.Number)).Status);
    }

    [Fact]
    public async Task A_write_inside_a_write_is_refused_and_so_is_a_blocking_save()
    {
        await using var host = await TestHost.OpenAsync();
        await using var db = Open(host);

        await Assert.ThrowsAsync<InvalidOperationException>(() => db.WriteAsync(token => db.WriteAsync(_ => Task.CompletedTask, token), Ct));
        Assert.Throws<NotSupportedException>(() => db.SaveChanges());
    }

    [Fact]
    public async Task Each_save_grows_the_version_by_one()
    {
        await using var host = await TestHost.OpenAsync();
        await using var db = Open(host);
        var person = new Person("neu", "新来的");
        db.Users.Add(person);
        await db.SaveChangesAsync(Ct);
        Assert.Equal(1, person.Version);

        await db.WriteAsync(async token =>
        {
            person.SetDarkMode(darkMode: true);
            await db.SaveChangesAsync(token);
            person.SetLanguage("en");
        }, Ct);

        Assert.Equal(3, person.Version);
        Assert.Equal(3, await host.InDatabaseAsync(other => other.Users.Where(p => p.Id == person.Id).Select(p => p.Version).SingleAsync()));
    }

    [Fact]
    public async Task A_stale_save_is_refused_and_overwrites_nothing()
    {
        await using var host = await TestHost.OpenAsync();
        await using var mine = Open(host);
        await using var theirs = Open(host);
        var (seenByMe, seenByThem) = (await Resident(mine), await Resident(theirs));
        seenByThem.Describe("王小雨", "2026001", "13900000001", null);
        await theirs.SaveChangesAsync(Ct);

        seenByMe.Describe("王小雨", "2026001", "13900000002", null);
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => mine.SaveChangesAsync(Ct));

        await using var later = Open(host);
        Assert.Equal("13900000001", (await Resident(later)).PhoneNumber);

        static Task<Person> Resident(LogisticsDb db) => db.Users.Include(p => p.SignInNames).SingleAsync(p => p.UserName == TestUsers.Resident, Ct);
    }

    private static LogisticsDb Open(TestHost host) => host.AsSystem().Get<IDbContextFactory<LogisticsDb>>().CreateDbContext();

    private static async Task<string> TakeNumberAsync(TestHost host)
    {
        await using var db = Open(host);
        return await db.WriteAsync(token => db.NextNumberAsync("T", Day, token), Ct);
    }
}
