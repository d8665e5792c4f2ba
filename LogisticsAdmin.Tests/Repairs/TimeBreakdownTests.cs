using CsCheck;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>阳光时钟: how a ticket's time was spent, and who was responsible for it.</summary>
public sealed class TimeBreakdownTests
{
    private static readonly DateTimeOffset Start = Sample.Submitted;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Each_stretch_is_named_after_what_the_ticket_waited_for()
    {
        var light = Of(Start.AddHours(10),
            (0, TicketStatus.New, null), (1, TicketStatus.Triaged, null), (2, TicketStatus.Assigned, null), (3, TicketStatus.Taken, null),
            (4, TicketStatus.InProgress, null), (5, TicketStatus.OnHold, HoldReason.Parts), (7, TicketStatus.InProgress, null),
            (8, TicketStatus.Completed, null), (9, TicketStatus.Closed, null));

        Assert.Equal(
            [
                (TimeKind.Triage, 1.0), (TimeKind.Dispatch, 1), (TimeKind.Visit, 2), (TimeKind.Work, 1), (TimeKind.Parts, 2),
                (TimeKind.Work, 1), (TimeKind.Resident, 1),
            ],
            light.Periods.Select(s => (s.Kind, s.Length.TotalHours)));
        Assert.Equal((6.0, 3.0), (light.OfficeTotal.TotalHours, light.WaitingTotal.TotalHours));
    }

    [Theory]
    [InlineData(HoldReason.Parts, TimeKind.Parts)]
    [InlineData(HoldReason.Access, TimeKind.Resident)]
    [InlineData(HoldReason.Contractor, TimeKind.Others)]
    [InlineData(HoldReason.Approval, TimeKind.Others)]
    public void A_hold_is_the_time_of_whoever_is_waited_for(HoldReason reason, TimeKind kind)
    {
        var light = Of(Start.AddHours(3), (0, TicketStatus.InProgress, null), (1, TicketStatus.OnHold, reason));
        Assert.Equal(kind, light.Periods[^1].Kind);
        Assert.Equal(2, light.WaitingTotal.TotalHours);
    }

    [Fact]
    public void Ours_and_theirs_are_all_the_time_there_was()
    {
        Gen.Select(Gen.Int[1, 500], Gen.Enum<TicketStatus>()).Array[1, 12].Sample(steps =>
        {
            var at = Start;
            List<(DateTimeOffset, TicketStatus, HoldReason?)> moves = [(at, TicketStatus.New, null)];
            foreach (var (wait, to) in steps.Where(s => !s.Item2.IsEnded()))
                moves.Add((at = at.AddMinutes(wait), to, to == TicketStatus.OnHold ? HoldReason.Access : null));
            var light = TimeBreakdown.Of(moves, at.AddMinutes(7));
            Assert.Equal(at.AddMinutes(7) - Start, light.Total);
            Assert.Equal(light.Total, light.OfficeTotal + light.WaitingTotal);
            Assert.All(light.Periods.Zip(light.Periods.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
        });
    }

    [Fact]
    public async Task The_reporter_sees_the_same_clock_as_the_office()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.OnHold);
        host.Clock.Advance(TimeSpan.FromHours(5));

        var theirs = await (await host.AsAsync(TestUsers.Resident)).Tickets.DetailAsync(ticket.Number, Ct);
        var ours = await (await host.AsAsync(TestUsers.Dispatcher)).Tickets.DetailAsync(ticket.Number, Ct);

        Assert.Equal(ours.TimeBreakdown.Periods, theirs.TimeBreakdown.Periods);
        Assert.Equal((TimeKind.Parts, 5.0), (theirs.TimeBreakdown.Periods[^1].Kind, theirs.TimeBreakdown.Periods[^1].Length.TotalHours));
    }

    private static TimeBreakdown Of(DateTimeOffset now, params (double Hour, TicketStatus To, HoldReason? HeldFor)[] moves) =>
        TimeBreakdown.Of(moves.Select(m => (Start.AddHours(m.Hour), m.To, m.HeldFor)), now);
}
