using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

public sealed class RatingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestUsers.Technician, false)]
    [InlineData("100206", true)]
    [InlineData(TestUsers.EnglishDispatcher, true)]
    [InlineData(TestUsers.Dispatcher, false)]
    public async Task Staff_rate_what_they_reported_unless_they_worked_on_it(string reporter, bool mayRate)
    {
        // 孙强 repairs it and 王静 (the dispatcher) assigns it.
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.Closed, reporter);
        var desk = await host.AsAsync(reporter);

        async Task RateAsync() => await desk.Repairs.RateAsync(ticket.Id, new RateForm { Stars = 5 }, Ct);

        if (mayRate) await RateAsync();
        else await Assert.ThrowsAsync<Forbidden>(RateAsync);
        Assert.Equal(mayRate ? 5 : null, (await host.RowAsync(ticket.Number)).Stars);
    }

    [Fact]
    public async Task A_technician_who_took_the_job_and_lost_it_again_does_not_rate_it()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.Taken, TestUsers.Technician);
        var office = await host.AsAsync(TestUsers.Dispatcher);
        await office.Repairs.TransferAsync(ticket.Id, await host.AssignmentAsync(ticket.Number, "100206"), Ct);
        var carpenter = await host.AsAsync("100206");
        await carpenter.Repairs.TakeAsync(ticket.Id, Ct);
        await carpenter.Repairs.StartAsync(ticket.Id, Ct);
        await carpenter.Repairs.CompleteAsync(ticket.Id, new NoteForm(), ct: Ct);
        await office.Repairs.VerifyAsync(ticket.Id, new NoteForm(), Ct);

        await Assert.ThrowsAsync<Forbidden>(async () =>
            await (await host.AsAsync(TestUsers.Technician)).Repairs.RateAsync(ticket.Id, new RateForm { Stars = 1 }, Ct));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    [InlineData(6)]
    public async Task Stars_go_from_one_to_five(int? stars)
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.Closed);
        var rejected = await Assert.ThrowsAsync<Rejected>(async () =>
            await (await host.AsAsync(TestUsers.Resident)).Repairs.RateAsync(ticket.Id, new RateForm { Stars = stars }, Ct));
        Assert.Equal(nameof(RateForm.Stars), Assert.Single(rejected.Problems).Field);
    }
}
