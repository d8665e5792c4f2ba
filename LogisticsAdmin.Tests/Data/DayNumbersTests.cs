using LogisticsAdmin.Data;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Data;

public sealed class DayNumbersTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_day_and_each_series_counts_from_one()
    {
        await using var host = await TestHost.OpenAsync();
        var (today, tomorrow) = (new DateOnly(2026, 11, 22), new DateOnly(2026, 11, 23));

        var numbers = await host.InDatabaseAsync(db => db.WriteAsync(async token => new[]
        {
            await db.NextNumberAsync("BX", today, token),
            await db.NextNumberAsync("BX", today, token),
            await db.NextNumberAsync("BX", tomorrow, token),
            await db.NextNumberAsync("TS", today, token),
        }, Ct));

        Assert.Equal(["BX20261122-0001", "BX20261122-0002", "BX20261123-0001", "TS20261122-0001"], numbers);
    }

    [Fact]
    public async Task A_ticket_reported_before_midnight_utc_carries_the_day_of_the_office()
    {
        await using var host = await TestHost.OpenAsync();
        host.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 22, 16, 30, 0, TimeSpan.Zero));

        var ticket = await host.TicketAsync();

        Assert.Equal("BX20261123-0001", ticket.Number);
    }

    [Fact]
    public async Task After_9999_numbers_grow_longer_instead_of_starting_again()
    {
        await using var host = await TestHost.OpenAsync();
        var day = new DateOnly(2026, 11, 22);
        await host.InDatabaseAsync(async db =>
        {
            db.Add(new DayNumber { Series = "BX", Day = day, Last = 9_999 });
            return await db.SaveChangesAsync(Ct);
        });

        Assert.Equal("BX20261122-10000", (await host.TicketAsync()).Number);
    }

    [Fact]
    public async Task A_write_that_fails_gives_its_number_back()
    {
        await using var host = await TestHost.OpenAsync();
        var day = new DateOnly(2026, 11, 22);
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.InDatabaseAsync(db => db.WriteAsync<string>(async token =>
            throw new InvalidOperationException(await db.NextNumberAsync("BX", day, token)), Ct)));

        Assert.Equal("BX20261122-0001", (await host.TicketAsync()).Number);
        Assert.Equal(1, await host.InDatabaseAsync(db => db.Set<DayNumber>().Where(n => n.Day == day).Select(n => n.Last).SingleAsync(Ct)));
    }
}
