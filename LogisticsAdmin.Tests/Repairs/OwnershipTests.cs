using LogisticsAdmin.Features.Repairs.Tickets;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>首问: who in the office is responsible for a ticket.</summary>
public sealed class OwnershipTests
{
    private static readonly DateTimeOffset At = Sample.Submitted.AddHours(1);

    [Theory]
    [InlineData(RepairVerb.Triage, TicketStatus.New)]
    [InlineData(RepairVerb.Reject, TicketStatus.New)]
    [InlineData(RepairVerb.Assign, TicketStatus.New)]
    [InlineData(RepairVerb.Transfer, TicketStatus.New)]
    [InlineData(RepairVerb.ChangeUrgency, TicketStatus.New)]
    [InlineData(RepairVerb.Correct, TicketStatus.New)]
    public void The_first_office_member_who_acts_owns_it(RepairVerb verb, TicketStatus state)
    {
        var ticket = Sample.In(state);
        Sample.Perform(ticket, verb, At);
        Assert.Equal(Sample.Office, ticket.OwnerId);
    }

    [Fact]
    public void Acting_on_behalf_of_others_makes_an_owner_too()
    {
        var held = Sample.In(TicketStatus.New);
        held.Comment(Sample.Office, "已联系", isInternal: true, byOffice: true, At);
        var cancelled = Sample.In(TicketStatus.New);
        cancelled.Cancel(Sample.Office, null, byOffice: true, At);
        Assert.Equal((Sample.Office, Sample.Office), (held.OwnerId, cancelled.OwnerId));
    }

    [Fact]
    public void The_owner_stays_when_others_act()
    {
        var ticket = Sample.In(TicketStatus.New);
        ticket.Triage(Sample.Office, At);
        ticket.Assign(Sample.Office + 1, Sample.Crew, null, null, At);
        ticket.Comment(Sample.Office + 2, "好", isInternal: false, byOffice: true, At);
        Assert.Equal(Sample.Office, ticket.OwnerId);
    }

    [Fact]
    public void Technicians_reporters_and_the_system_never_own_it()
    {
        var ticket = RepairTicket.Import(
            "BX20261122-0001", Sample.Report(), TicketStatus.Completed, Sample.Submitted, null, "log", "1", null, Sample.Clocks, At);
        ticket.SendBack(Sample.Reporter, "还在滴", byOffice: false, At);
        Sample.Perform(ticket, RepairVerb.Start, At);
        Sample.Perform(ticket, RepairVerb.Complete, At);
        ticket.Verify(null, null, byOffice: false, At);
        Assert.Null(ticket.OwnerId);
    }

    [Fact]
    public void Whoever_took_the_report_by_phone_owns_it() =>
        Assert.Equal(Sample.Office, RepairTicket.Submit("BX20261122-0001", Sample.Report(), Sample.Reporter, Sample.Office, At).OwnerId);

    [Fact]
    public void Handing_over_moves_the_answer_to_the_colleague()
    {
        var ticket = Sample.In(TicketStatus.Triaged);
        Sample.Perform(ticket, RepairVerb.HandOver, At);
        Assert.Equal(Sample.Office + 1, ticket.OwnerId);
        Assert.Equal(Sample.Office + 1, ticket.Events.Last().PersonId);
    }
}
