using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>Ticket numbers as people type them into the search box.</summary>
public sealed class TicketNumberTests
{
    [Theory]
    [InlineData("BX20261125-0015", "BX20261125-0015")]
    [InlineData("bx20261125-0015", "BX20261125-0015")]
    [InlineData("20261125-0015", "BX20261125-0015")]
    [InlineData("BX202611250015", "BX20261125-0015")]
    [InlineData("BX 20261125 0015", "BX20261125-0015")]
    [InlineData("ＢＸ２０２６１１２５－００１５", "BX20261125-0015")]
    [InlineData("20261125–00", "BX20261125-00")]
    [InlineData("BX20261125-", "BX20261125-")]
    [InlineData("BX20261125", "BX20261125")]
    [InlineData("BX2026", "BX2026")]
    [InlineData("BX", "BX")]
    [InlineData("202611250015", null)]
    [InlineData("2026", null)]
    [InlineData("", null)]
    [InlineData("BX2026-1", null)]
    [InlineData("BX漏水", null)]
    [InlineData("138-0013", null)]
    public void A_number_is_recognised_with_and_without_its_letters_and_dash(string typed, string? number) => Assert.Equal(number, TicketNumber.BegunIn(typed));

    [Theory]
    [InlineData(TestUsers.Dispatcher)]
    [InlineData(TestUsers.Resident)]
    public async Task A_ticket_is_found_by_its_number_without_letters_or_without_the_dash(string user)
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.New);
        var tickets = (await host.AsAsync(user)).Tickets;
        foreach (var typed in new[] { ticket.Number[2..], ticket.Number.Replace("-", "", StringComparison.Ordinal) })
            Assert.Equal([ticket.Number], (await tickets.SearchAsync(typed, ct: TestContext.Current.CancellationToken)).Select(r => r.Number));
    }
}
