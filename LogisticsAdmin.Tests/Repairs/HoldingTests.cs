using LogisticsAdmin.Features.Repairs.Tickets;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

public sealed class HoldingTests
{
    [Theory]
    [InlineData(TicketStatus.Triaged)]
    [InlineData(TicketStatus.Assigned)]
    [InlineData(TicketStatus.Taken)]
    [InlineData(TicketStatus.InProgress)]
    public void A_hold_ends_exactly_where_it_began(TicketStatus state)
    {
        var ticket = Sample.In(state);
        ticket.Hold(Sample.Office, HoldReason.Contractor, null, byOffice: true, Sample.Submitted.AddHours(1));
        Assert.Equal((TicketStatus.OnHold, (TicketStatus?)state, (HoldReason?)HoldReason.Contractor), (ticket.Status, ticket.HeldFrom, ticket.HeldFor));

        ticket.Resume(Sample.Office, null, byOffice: true, Sample.Submitted.AddHours(2));

        Assert.Equal(state, ticket.Status);
        Assert.Null(ticket.HeldFrom);
        Assert.Null(ticket.HeldFor);
    }

    [Fact]
    public void A_transfer_ends_the_hold()
    {
        var ticket = Sample.In(TicketStatus.OnHold);
        Sample.Perform(ticket, RepairVerb.Transfer, Sample.Submitted.AddHours(2));
        Assert.Equal(TicketStatus.Assigned, ticket.Status);
        Assert.Null(ticket.HeldFrom);
        Assert.Null(ticket.HeldFor);
    }
}
