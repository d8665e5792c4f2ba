using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Shared;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>What each verb writes into the ticket's history.</summary>
public sealed class TicketTimelineTests
{
    private static readonly DateTimeOffset At = Sample.Submitted.AddHours(1);

    [Theory]
    [InlineData(RepairVerb.Triage, TicketStatus.New, TicketStatus.Triaged, Sample.Office, null, null)]
    [InlineData(RepairVerb.Reject, TicketStatus.Triaged, TicketStatus.Rejected, Sample.Office, null, "重复报修")]
    [InlineData(RepairVerb.Assign, TicketStatus.Triaged, TicketStatus.Assigned, Sample.Office, null, "请今天去")]
    [InlineData(RepairVerb.Take, TicketStatus.Assigned, TicketStatus.Taken, Sample.Technician, null, null)]
    [InlineData(RepairVerb.Decline, TicketStatus.Assigned, TicketStatus.Triaged, Sample.Technician, null, "不是水电")]
    [InlineData(RepairVerb.Transfer, TicketStatus.InProgress, TicketStatus.Assigned, Sample.Office, null, "转木工")]
    [InlineData(RepairVerb.HandOver, TicketStatus.Taken, TicketStatus.Taken, Sample.Office, null, "交班")]
    [InlineData(RepairVerb.Start, TicketStatus.Rework, TicketStatus.InProgress, Sample.Technician, null, null)]
    [InlineData(RepairVerb.Hold, TicketStatus.InProgress, TicketStatus.OnHold, Sample.Technician, "Parts", "等阀芯")]
    [InlineData(RepairVerb.Resume, TicketStatus.OnHold, TicketStatus.Taken, Sample.Technician, null, "到货")]
    [InlineData(RepairVerb.Complete, TicketStatus.InProgress, TicketStatus.Completed, Sample.Technician, null, "换了阀芯")]
    [InlineData(RepairVerb.Verify, TicketStatus.Completed, TicketStatus.Closed, Sample.Reporter, null, null)]
    [InlineData(RepairVerb.SendBack, TicketStatus.Completed, TicketStatus.Rework, Sample.Reporter, null, "还在滴")]
    [InlineData(RepairVerb.Rate, TicketStatus.Closed, TicketStatus.Closed, Sample.Reporter, "5", "师傅很快")]
    [InlineData(RepairVerb.Cancel, TicketStatus.New, TicketStatus.Cancelled, Sample.Reporter, null, "自己修好了")]
    [InlineData(RepairVerb.Nudge, TicketStatus.New, TicketStatus.New, Sample.Reporter, null, "请快一点")]
    [InlineData(RepairVerb.Comment, TicketStatus.Rejected, TicketStatus.Rejected, Sample.Reporter, null, "下午在宿舍")]
    [InlineData(RepairVerb.Attach, TicketStatus.Closed, TicketStatus.Closed, Sample.Reporter, null, null)]
    [InlineData(RepairVerb.ChangeUrgency, TicketStatus.Taken, TicketStatus.Taken, Sample.Office, "Urgent", null)]
    [InlineData(RepairVerb.Correct, TicketStatus.New, TicketStatus.New, Sample.Office, null, null)]
    public void A_verb_writes_who_when_from_where_to_where_and_why(
        RepairVerb verb, TicketStatus from, TicketStatus to, long who, string? code, string? note)
    {
        var ticket = Sample.In(from);

        Sample.Perform(ticket, verb, At);

        var written = ticket.Events.Last();
        Assert.Equal((verb, (DateTimeOffset)At, (long?)who, from, to), (written.Verb, written.At, written.ActorId, written.From, written.To));
        Assert.Equal((code, note), (written.Code, written.Note));
        Assert.Equal((to, At), (ticket.Status, ticket.LastEventAt));
    }

    [Theory]
    [InlineData(RepairVerb.Decline, TicketStatus.Assigned, true)]
    [InlineData(RepairVerb.HandOver, TicketStatus.Assigned, true)]
    [InlineData(RepairVerb.Reject, TicketStatus.New, false)]
    [InlineData(RepairVerb.Hold, TicketStatus.Taken, false)]
    [InlineData(RepairVerb.SendBack, TicketStatus.Completed, false)]
    public void Only_what_concerns_staff_alone_is_kept_from_the_reporter(RepairVerb verb, TicketStatus from, bool isInternal)
    {
        var ticket = Sample.In(from);
        Sample.Perform(ticket, verb, At);
        Assert.Equal(isInternal, ticket.Events.Last().Internal);
    }

    [Fact]
    public void Assigning_and_transferring_name_crew_and_technician()
    {
        var ticket = Sample.In(TicketStatus.Assigned);
        Assert.Equal((Sample.Crew, Sample.Technician), (ticket.Events.Last().CrewId, ticket.Events.Last().PersonId));

        Sample.Perform(ticket, RepairVerb.Transfer, At);
        Assert.Equal((Sample.Crew + 1, (long?)null), (ticket.CrewId, ticket.TechnicianId));
        Assert.Equal((Sample.Crew + 1, (long?)null), (ticket.Events.Last().CrewId, ticket.Events.Last().PersonId));
    }

    [Fact]
    public void Declining_takes_crew_and_technician_off()
    {
        var ticket = Sample.In(TicketStatus.Assigned);
        Sample.Perform(ticket, RepairVerb.Decline, At);
        Assert.Null(ticket.CrewId);
        Assert.Null(ticket.TechnicianId);
    }

    [Fact]
    public void Submitting_is_the_first_event()
    {
        var written = Assert.Single(Sample.New().Events);
        Assert.Equal((RepairVerb.Submit, (long?)Sample.Reporter, TicketStatus.New), (written.Verb, written.ActorId, written.To));
    }

    [Theory]
    [InlineData(TicketStatus.New)]
    [InlineData(TicketStatus.InProgress)]
    [InlineData(TicketStatus.Completed)]
    [InlineData(TicketStatus.Closed)]
    [InlineData(TicketStatus.Cancelled)]
    public void An_imported_ticket_has_a_history_that_leads_to_its_state(TicketStatus status)
    {
        var ticket = RepairTicket.Import(
            "BX20261122-0009", Sample.Report(), status, Sample.Submitted, status.IsEnded() ? At : null, "log", "A-1", Money.FromYuan(12.5m), Sample.Clocks, At);

        Assert.Equal([RepairVerb.Submit, RepairVerb.Import], ticket.Events.Select(e => e.Verb));
        Assert.Equal(status, ticket.Events.Last().To);
        Assert.Equal(status, ticket.Status);
        Assert.Equal(status.IsEnded(), ticket.EndedAt is not null);
    }

    [Fact]
    public void Being_sent_back_is_counted_and_the_same_technician_goes_again()
    {
        var ticket = Sample.In(TicketStatus.Rework);
        Assert.Equal((1, (long?)Sample.Technician), (ticket.SentBack, ticket.TechnicianId));
        Assert.Null(ticket.CompletedAt);

        Sample.Perform(ticket, RepairVerb.Start, At);
        Sample.Perform(ticket, RepairVerb.Complete, At);
        Sample.Perform(ticket, RepairVerb.SendBack, At);
        Assert.Equal(2, ticket.SentBack);
    }

    [Fact]
    public void A_rating_is_given_once_and_within_one_to_five()
    {
        var ticket = Sample.In(TicketStatus.Closed);
        Assert.Equal("StarsRange", Assert.Throws<Rejected>(() => ticket.Rate(Sample.Reporter, 0, null, At)).Code);
        Assert.Equal("StarsRange", Assert.Throws<Rejected>(() => ticket.Rate(Sample.Reporter, 6, null, At)).Code);
        Sample.Perform(ticket, RepairVerb.Rate, At);
        Assert.Equal("AlreadyRated", Assert.Throws<Rejected>(() => ticket.Rate(Sample.Reporter, 1, null, At)).Code);
        Assert.Equal(5, ticket.Stars);
    }
}
