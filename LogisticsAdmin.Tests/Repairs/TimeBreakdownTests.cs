using CsCheck;
using LogisticsAdmin.Features.Calendar;
using LogisticsAdmin.Features.Repairs.Desk;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Features.ServiceLevels;
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
            var light = TimeBreakdown.Of(moves, at.AddMinutes(7), WorkingTime.RoundTheClock);
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

    [Theory]
    // Thursday 26 November, 17:00: half an hour until closing at 17:30, and one in the morning from 08:00 (summer and winter hours in seeds).
    [InlineData("26 17:00", "27 09:00", 16, 1.5)]
    // Friday 16:30 over the weekend until Monday 09:00.
    [InlineData("27 16:30", "30 09:00", 64.5, 2)]
    // A whole Sunday.
    [InlineData("22 00:00", "22 23:00", 23, 0)]
    // Over noon.
    [InlineData("26 11:00", "26 15:00", 4, 2)]
    public async Task Nights_weekends_and_noon_are_no_working_time(string from, string to, double hours, double working)
    {
        await using var host = await TestHost.OpenAsync();
        var clocks = await host.ClocksAsync();
        var time = clocks.TimeOf(clocks.LevelOf(Urgency.Normal, 0, Start));

        var ours = TimeBreakdown.Of([(At(from), TicketStatus.InProgress, null)], At(to), time);
        var theirs = TimeBreakdown.Of([(At(from), TicketStatus.OnHold, HoldReason.Parts)], At(to), time);

        Assert.Equal((hours, working, 0.0), (ours.OfficeTotal.TotalHours, ours.OfficeWorking.TotalHours, ours.WaitingWorking.TotalHours));
        Assert.Equal((hours, working, 0.0), (theirs.WaitingTotal.TotalHours, theirs.WaitingWorking.TotalHours, theirs.OfficeWorking.TotalHours));
    }

    [Fact]
    public async Task Working_time_is_split_by_holds_and_not_by_a_hand_over_and_the_export_says_the_same()
    {
        await using var host = await TestHost.OpenAsync();
        host.Clock.SetUtcNow(At("23 09:00"));
        var ticket = await host.TicketAsync(TicketStatus.InProgress);
        var (office, technician) = (await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.Technician));
        host.Clock.SetUtcNow(At("23 10:00"));
        await office.Repairs.HandOverAsync(ticket.Id, (await host.AsAsync(TestUsers.Manager)).PersonId, new NoteForm(), Ct);
        host.Clock.SetUtcNow(At("23 17:00"));
        await technician.Repairs.HoldAsync(ticket.Id, new HoldForm { Reason = HoldReason.Parts }, Ct);
        host.Clock.SetUtcNow(At("24 09:00"));
        await technician.Repairs.ResumeAsync(ticket.Id, new NoteForm(), Ct);
        host.Clock.SetUtcNow(At("24 10:00"));

        var breakdown = (await office.Tickets.DetailAsync(ticket.Number, Ct)).TimeBreakdown;

        Assert.Equal(
            (9.0, 16.0, 7.0, 1.5),
            (breakdown.OfficeTotal.TotalHours, breakdown.WaitingTotal.TotalHours, breakdown.OfficeWorking.TotalHours, breakdown.WaitingWorking.TotalHours));
        var row = await office.Lists.ExportAsync(new RepairFilter { View = RepairView.All }, ct: Ct).SingleAsync(Ct);
        Assert.Equal(breakdown.Periods, row.Time.Periods);
        // What the clock has counted is our working time.
        var due = (await host.ClocksAsync()).TimeOf((await host.ClocksAsync()).LevelOf(ticket.Urgency, ticket.CategoryId, ticket.SubmittedAt));
        var (before, after) = (due.Between(host.Clock.GetUtcNow(), (await host.RowAsync(ticket.Number)).DueAt), due.Between(ticket.SubmittedAt, ticket.DueAt));
        Assert.Equal(after - before, breakdown.OfficeWorking);
    }

    [Fact]
    public void Nothing_counts_after_the_end_of_an_imported_ticket()
    {
        var light = Of(Start.AddHours(5), (0, TicketStatus.New, null), (900, TicketStatus.Closed, null));
        Assert.Equal(5.0, light.Total.TotalHours);
    }

    /// <summary>A day of November 2026 and a time in Shanghai.</summary>
    private static DateTimeOffset At(string local) => DateTimeOffset.ParseExact(
        $"2026-11-{local} +08:00", "yyyy-MM-dd HH:mm zzz", System.Globalization.CultureInfo.InvariantCulture);

    private static TimeBreakdown Of(DateTimeOffset now, params (double Hour, TicketStatus To, HoldReason? HeldFor)[] moves) =>
        TimeBreakdown.Of(moves.Select(m => (Start.AddHours(m.Hour), m.To, m.HeldFor)), now, WorkingTime.RoundTheClock);
}
