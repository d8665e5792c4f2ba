using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Shared;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>How time affects a ticket: nudging, limits, order, and when it must be looked at again.</summary>
public sealed class TicketClockTests
{
    private static readonly DateTimeOffset Start = Sample.Submitted;

    [Fact]
    public void A_nudge_is_accepted_every_four_hours_to_the_second()
    {
        var ticket = Sample.New();
        ticket.Nudge(Sample.Reporter, null, Start);

        var early = Assert.Throws<Rejected>(() => ticket.Nudge(Sample.Reporter, null, Start.AddHours(4).AddSeconds(-1)));
        Assert.Equal("NudgeTooSoon", early.Code);
        Assert.Equal(Start.AddHours(4), Assert.Single(early.Args));

        ticket.Nudge(Sample.Reporter, null, Start.AddHours(4));
        Assert.Equal((2, (DateTimeOffset?)Start.AddHours(4)), (ticket.Nudges, ticket.NudgedAt));
    }

    [Fact]
    public void It_becomes_overdue_once_at_its_limit()
    {
        var ticket = Sample.New();
        ticket.ApplyElapsedTime(Sample.Clocks, Sample.Due.AddTicks(-1));
        Assert.Null(ticket.OverdueSince);

        ticket.ApplyElapsedTime(Sample.Clocks, Sample.Due);

        Assert.True(ticket.IsOverdue);
        Assert.Equal(Sample.Due, ticket.OverdueSince);
        Assert.Null(ticket.Events.Last().ActorId);
        Assert.Throws<Rejected>(() => ticket.BecomeOverdue(ClockKind.Completion, Sample.Due.AddDays(1)));
    }

    [Fact]
    public void A_limit_moved_into_the_future_may_pass_again()
    {
        var ticket = Sample.In(TicketStatus.Triaged);
        ticket.ApplyElapsedTime(Sample.Clocks, Sample.Due);
        var moved = Start.AddHours(360);

        Change(ticket, Urgency.Major, Sample.Due.AddHours(1));
        Assert.False(ticket.IsOverdue);
        Assert.Equal(moved, ticket.WatchAt);

        ticket.ApplyElapsedTime(Sample.Clocks, moved);
        Assert.True(ticket.IsOverdue);
        Assert.Equal(2, ticket.Events.Count(e => e.Verb == RepairVerb.BecomeOverdue));
    }

    [Fact]
    public void A_limit_moved_but_still_past_is_not_announced_again()
    {
        var ticket = Sample.In(TicketStatus.Triaged);
        ticket.ApplyElapsedTime(Sample.Clocks, Sample.Due);
        Change(ticket, Urgency.Urgent, Sample.Due.AddHours(1));
        Assert.True(ticket.IsOverdue);
        Assert.Null(ticket.WatchAt);
    }

    [Fact]
    public void Ended_work_is_not_overdue_and_work_sent_back_is_again()
    {
        var ticket = Sample.In(TicketStatus.InProgress);
        ticket.ApplyElapsedTime(Sample.Clocks, Sample.Due);
        Sample.Perform(ticket, RepairVerb.Complete, Sample.Due.AddHours(1));
        Assert.False(ticket.IsOverdue);
        Sample.Perform(ticket, RepairVerb.SendBack, Sample.Due.AddHours(2));
        Assert.True(ticket.IsOverdue);
    }

    [Fact]
    public void A_ticket_is_checked_again_when_due_while_open_and_after_seven_days_when_completed()
    {
        Assert.Equal(Start.AddHours(36), Sample.New().WatchAt);
        Assert.Equal(Sample.Due, Sample.In(TicketStatus.Triaged).WatchAt);
        Assert.Null(Sample.In(TicketStatus.OnHold).WatchAt);
        var completed = Sample.In(TicketStatus.Completed);
        Assert.Equal(completed.CompletedAt + TimeSpan.FromDays(7), completed.WatchAt);
        Assert.Equal(Sample.Due.AddMinutes(1), Sample.In(TicketStatus.Rework).WatchAt);
        Assert.Null(Sample.In(TicketStatus.Closed).WatchAt);
        Assert.Null(Sample.In(TicketStatus.Cancelled).WatchAt);
    }

    private static void Change(RepairTicket ticket, Urgency urgency, DateTimeOffset at)
    {
        ticket.ChangeUrgency(Sample.Office, urgency, at);
        ticket.RecalculateDeadlines(Sample.Clocks, at);
    }

    [Fact]
    public void The_most_pressing_come_first()
    {
        static RepairTicket Ended(RepairVerb verb, int hours)
        {
            var ticket = Sample.New();
            Sample.Perform(ticket, verb, Start.AddHours(hours));
            return ticket;
        }

        static RepairTicket Completed(int hours)
        {
            var ticket = Sample.In(TicketStatus.InProgress);
            Sample.Perform(ticket, RepairVerb.Complete, Start.AddHours(hours));
            return ticket;
        }

        RepairTicket[] inOrder =
        [
            Sample.New(Urgency.Emergency),
            Sample.New(Urgency.Normal, Sample.ClocksOf(TimeSpan.FromHours(-5))),
            Sample.New(Urgency.Normal, Sample.ClocksOf(TimeSpan.FromHours(2))),
            Sample.New(Urgency.Urgent),
            Sample.In(TicketStatus.Triaged),
            Sample.In(TicketStatus.OnHold),
            Completed(1),
            Completed(2),
            Ended(RepairVerb.Cancel, 9),
            Ended(RepairVerb.Reject, 8),
        ];

        Assert.Equal(inOrder, inOrder.Reverse().OrderBy(t => t.Pressing));
        Assert.Equal(inOrder.Length, inOrder.Select(t => t.Pressing).Distinct().Count());
    }
}
