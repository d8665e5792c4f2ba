using CsCheck;
using LogisticsAdmin.Features.Calendar;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Repairs;
using Xunit;

namespace LogisticsAdmin.Tests.ServiceLevels;

/// <summary>Response and completion in working time without pauses: checked against hand-made cases and a slow, obvious oracle.</summary>
public sealed class TwoClocksTests
{
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    /// <summary>Monday to Friday, 08:00–12:00 and 14:00–17:30, as the office's own.</summary>
    private static readonly OfficeSlot[] Slots = [.. Enumerable.Range(1, 5).SelectMany(day => new[]
    {
        new OfficeSlot(Season.Term, (DayOfWeek)day, new TimeOnly(8, 0), new TimeOnly(12, 0)),
        new OfficeSlot(Season.Term, (DayOfWeek)day, new TimeOnly(14, 0), new TimeOnly(17, 30)),
    })];

    private static readonly ServiceClock Clocks = ClocksOf(Slots, []);

    [Fact]
    public void Limits_run_in_working_time_and_an_emergency_s_round_the_clock()
    {
        var friday = At(11, 20, 16, 0);
        Assert.Equal((At(11, 23, 10, 30), At(11, 25, 16, 0)), Dates(Ticket(Urgency.Normal, friday)));
        Assert.Equal((At(11, 23, 8, 30), At(11, 23, 16, 0)), Dates(Ticket(Urgency.Urgent, friday)));
        Assert.Equal((At(11, 20, 16, 15), At(11, 21, 16, 0)), Dates(Ticket(Urgency.Emergency, friday)));
    }

    [Fact]
    public void A_hold_moves_the_limit_by_the_working_time_it_lasted()
    {
        var ticket = Working(At(11, 23, 8, 0));
        Assert.Equal(At(11, 25, 17, 30), ticket.DueAt);

        Do(ticket, at => ticket.Hold(Sample.Technician, HoldReason.Parts, null, false, at), At(11, 24, 8, 0));
        Assert.Equal((900, (DateTimeOffset?)null), (ticket.PausedLeftMinutes, ticket.OverdueSince));
        Do(ticket, at => ticket.Resume(Sample.Technician, null, false, at), At(11, 26, 8, 0));

        Assert.Equal((At(11, 27, 17, 30), (int?)null), (ticket.DueAt, ticket.PausedLeftMinutes));
    }

    [Fact]
    public void A_change_of_urgency_calendar_or_level_never_loses_pause_time()
    {
        var ticket = Working(At(11, 23, 8, 0));
        Do(ticket, at => ticket.Hold(Sample.Technician, HoldReason.Access, null, false, at), At(11, 23, 10, 0));
        Do(ticket, at => ticket.Resume(Sample.Technician, null, false, at), At(11, 25, 10, 0));
        Assert.Equal(At(11, 27, 17, 30), ticket.DueAt);

        Do(ticket, at => ticket.ChangeUrgency(Sample.Office, Urgency.Urgent, at), At(11, 25, 11, 0));
        Assert.Equal(At(11, 25, 17, 30), ticket.DueAt);

        // A pause on a day that became a holiday takes nothing from the limit; the hours of that day are gone, and those of the next one count.
        ticket.RecalculateDeadlines(
            ClocksOf(Slots, [new CalendarSpan(new DateOnly(2026, 11, 25), new DateOnly(2026, 11, 25), SpanKind.Holiday, "校庆", "Anniversary")]),
            At(11, 25, 11, 0));
        Assert.Equal(At(11, 26, 15, 30), ticket.DueAt);
    }

    [Fact]
    public void A_ticket_that_only_waited_is_never_due_in_the_past()
    {
        Gen.Select(Gen.Int[0, 5_000], Gen.Int[1, 30_000]).Sample((worked, paused) =>
        {
            var ticket = Working(At(11, 23, 8, 0));
            var from = ticket.SubmittedAt.AddMinutes(worked);
            var until = from.AddMinutes(paused);
            var wasDue = ticket.DueAt <= from;
            Do(ticket, at => ticket.Hold(Sample.Technician, HoldReason.Parts, null, false, at), from);
            ticket.ApplyElapsedTime(Clocks, until);
            Do(ticket, at => ticket.Resume(Sample.Technician, null, false, at), until);
            Assert.Equal(wasDue, ticket.DueAt < until);
            Assert.Equal(wasDue, ticket.OverdueSince is not null);
        }, iter: 300);
    }

    [Fact]
    public void Waiting_for_verification_is_not_counted_when_the_work_is_sent_back()
    {
        var ticket = Working(At(11, 23, 8, 0));
        Do(ticket, at => ticket.Complete(Sample.Technician, null, false, at), At(11, 23, 10, 0));
        Do(ticket, at => ticket.SendBack(Sample.Reporter, "还在滴", false, at), At(11, 26, 10, 0));
        Assert.Equal(At(11, 30, 17, 30), ticket.DueAt);
    }

    [Fact]
    public void What_ended_keeps_what_was_true_when_calendar_or_level_change()
    {
        var ticket = Working(At(11, 23, 8, 0));
        Do(ticket, at => ticket.Complete(Sample.Technician, null, false, at), At(11, 23, 10, 0));
        var due = ticket.DueAt;
        ticket.RecalculateDeadlines(
            ClocksOf(Slots, [new CalendarSpan(new DateOnly(2026, 11, 23), new DateOnly(2026, 11, 30), SpanKind.Holiday, "停课", "Closed")]),
            At(11, 24, 8, 0));
        Assert.Equal(due, ticket.DueAt);
    }

    [Fact]
    public void A_ticket_keeps_the_level_it_started_with()
    {
        var began = At(11, 23, 8, 0);
        var old = Sample.Level(Urgency.Normal, TimeSpan.FromHours(72));
        old.End(began.AddHours(1));
        var clocks = new ServiceClock(WorkingTime.RoundTheClock,
            [
                old,
                Sample.Level(Urgency.Normal, TimeSpan.FromHours(10), from: began.AddHours(1)),
                Sample.Level(Urgency.Normal, TimeSpan.FromHours(5), category: 7, from: began.AddHours(2)),
            ],
            new Dictionary<long, long?>(), []);
        Assert.Equal(began.AddHours(72), Dates(Ticket(Urgency.Normal, began, clocks)).Completion);
        Assert.Equal(began.AddHours(11), Dates(Ticket(Urgency.Normal, began.AddHours(1), clocks)).Completion);
        Assert.Equal(began.AddHours(7), Dates(Ticket(Urgency.Normal, began.AddHours(2), clocks)).Completion);
    }

    [Fact]
    public void Leaving_the_new_ones_is_a_response_and_so_is_a_public_answer_but_not_a_note()
    {
        var ticket = Ticket(Urgency.Normal, At(11, 23, 8, 0));
        Do(ticket, at => ticket.Comment(Sample.Office, "看过了", isInternal: true, byOffice: true, at), At(11, 23, 9, 0));
        Do(ticket, at => ticket.Comment(Sample.Reporter, "在吗", isInternal: false, byOffice: false, at), At(11, 23, 9, 5));
        Assert.Null(ticket.RespondedAt);
        Do(ticket, at => ticket.Comment(Sample.Office, "马上来", isInternal: false, byOffice: true, at), At(11, 23, 9, 10));
        Assert.Equal(At(11, 23, 9, 10), ticket.RespondedAt);
        Do(ticket, at => ticket.Triage(Sample.Office, at), At(11, 23, 9, 20));
        Assert.Equal(At(11, 23, 9, 10), ticket.RespondedAt);
    }

    [Fact]
    public void A_response_that_is_late_is_overdue_until_somebody_responds()
    {
        var ticket = Ticket(Urgency.Normal, At(11, 23, 8, 0));
        ticket.ApplyElapsedTime(Clocks, At(11, 23, 14, 0));
        Assert.True(ticket.IsOverdue);
        Do(ticket, at => ticket.Triage(Sample.Office, at), At(11, 23, 15, 0));
        Assert.Equal((false, true), (ticket.IsOverdue, ticket.IsResponseLate));
    }

    [Fact]
    public void Time_granted_before_the_limit_moves_it_and_time_granted_after_is_a_promise_only()
    {
        var ticket = Working(At(11, 23, 8, 0));
        Do(ticket, at => ticket.RequestExtension(Sample.Technician, 450, "等阀芯", at), At(11, 24, 8, 0));
        Assert.Throws<Rejected>(() => ticket.RequestExtension(Sample.Technician, 60, "再等", At(11, 24, 8, 5)));
        Do(ticket, at => ticket.DecideExtension(Sample.Office, true, null, Clocks, at), At(11, 24, 9, 0));
        Assert.Equal((At(11, 26, 17, 30), (DateTimeOffset?)null), (ticket.DueAt, ticket.PromisedAt));

        ticket.ApplyElapsedTime(Clocks, At(11, 26, 17, 30));
        Do(ticket, at => ticket.RequestExtension(Sample.Technician, 450, "还没到货", at), At(11, 27, 8, 0));
        Assert.True(ticket.AskedLate);
        Do(ticket, at => ticket.DecideExtension(Sample.Office, true, null, Clocks, at), At(11, 27, 10, 0));
        Assert.Equal((At(11, 26, 17, 30), At(11, 30, 10, 0), true), (ticket.DueAt, ticket.PromisedAt, ticket.IsOverdue));
    }

    [Fact]
    public void What_was_asked_is_gone_when_the_work_is_done_or_goes_elsewhere()
    {
        foreach (var verb in new[] { RepairVerb.Complete, RepairVerb.Transfer })
        {
            var ticket = Sample.In(TicketStatus.InProgress);
            Sample.Perform(ticket, RepairVerb.RequestExtension, Sample.Submitted.AddHours(1));
            Sample.Perform(ticket, verb, Sample.Submitted.AddHours(2));
            Assert.Null(ticket.AskedMinutes);
        }
    }

    [Fact]
    public void Both_limits_agree_with_counting_minute_by_minute_over_random_calendars_and_histories()
    {
        Gen.Select(Calendars, Histories, Gen.Int[0, 60 * 24 * 9], Gen.Enum<Urgency>()).Sample((calendar, history, start, urgency) =>
        {
            var clocks = ClocksOf(calendar.Slots, calendar.Spans);
            var oracle = new Oracle(calendar.Slots, calendar.Spans);
            var ticket = Ticket(Urgency.Major, At(11, 20, 0, 0).AddMinutes(start), clocks);
            var at = ticket.SubmittedAt;
            foreach (var (verb, wait) in history)
            {
                at = at.AddMinutes(wait);
                Try(ticket, verb, urgency, at);
                ticket.RecalculateDeadlines(clocks, at);
            }
            if (!ticket.Status.IsOpen()) return;
            var level = clocks.LevelOf(ticket.Urgency, ticket.CategoryId, ticket.SubmittedAt);
            var (due, left) = oracle.Due(ticket.SubmittedAt, level.CompletionMinutes, level.RoundTheClock, Waits(ticket));
            if (left is null) Assert.Equal(due, ticket.DueAt);
            Assert.Equal(left, ticket.PausedLeftMinutes);
            if (ticket.RespondedAt is null)
                Assert.Equal(oracle.Due(ticket.SubmittedAt, level.ResponseMinutes, level.RoundTheClock, []).Due, ticket.ResponseDueAt);
        }, iter: 400);
    }

    /// <summary>Computed from the timeline, not from the ticket's own values.</summary>
    private static List<(DateTimeOffset From, DateTimeOffset? To)> Waits(RepairTicket ticket)
    {
        List<(DateTimeOffset, DateTimeOffset?)> waits = [];
        DateTimeOffset? since = null;
        foreach (var e in ticket.Events)
        {
            var waiting = e.To is TicketStatus.OnHold or TicketStatus.Completed;
            if (waiting && since is null) since = e.At;
            if (waiting || since is not { } from) continue;
            waits.Add((from, e.At));
            since = null;
        }
        if (since is { } open) waits.Add((open, null));
        return waits;
    }

    private static void Try(RepairTicket ticket, RepairVerb verb, Urgency urgency, DateTimeOffset at)
    {
        try
        {
            switch (verb)
            {
                case RepairVerb.Assign: ticket.Assign(Sample.Office, Sample.Crew, Sample.Technician, null, at); break;
                case RepairVerb.Take: ticket.Take(Sample.Technician, at); break;
                case RepairVerb.Start: ticket.Start(Sample.Technician, at); break;
                case RepairVerb.Hold: ticket.Hold(Sample.Technician, HoldReason.Parts, null, false, at); break;
                case RepairVerb.Resume: ticket.Resume(Sample.Technician, null, false, at); break;
                case RepairVerb.Complete: ticket.Complete(Sample.Technician, null, false, at); break;
                case RepairVerb.SendBack: ticket.SendBack(Sample.Reporter, "x", false, at); break;
                case RepairVerb.Transfer: ticket.Transfer(Sample.Office, Sample.Crew + 1, null, null, at); break;
                case RepairVerb.ChangeUrgency: ticket.ChangeUrgency(Sample.Office, urgency, at); break;
                default: break;
            }
        }
        catch (Rejected)
        {
            // The state does not allow it; the next verb may fit.
        }
    }

    private static readonly Gen<(RepairVerb Verb, int Wait)[]> Histories = Gen.Select(
        Gen.OneOf(RepairVerb.Assign, RepairVerb.Take, RepairVerb.Start, RepairVerb.Hold, RepairVerb.Resume, RepairVerb.Complete,
            RepairVerb.SendBack, RepairVerb.Transfer, RepairVerb.ChangeUrgency),
        Gen.Int[0, 60 * 40]).Array[0, 16];

    private static readonly Gen<(OfficeSlot[] Slots, CalendarSpan[] Spans)> Calendars = Gen.Select(
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, 22], Gen.Int[1, 8]).Array[1, 8],
        Gen.Select(Gen.Int[0, 40], Gen.Int[0, 5], Gen.Enum<SpanKind>()).Array[0, 5]).Select((slots, spans) => (
            slots.Select(s =>
                new OfficeSlot(Season.Term, (DayOfWeek)s.Item1, new TimeOnly(s.Item2, 30), new TimeOnly(Math.Min(s.Item2 + s.Item3, 23), 45))).ToArray(),
            spans.Select(s => new CalendarSpan(
                new DateOnly(2026, 11, 15).AddDays(s.Item1), new DateOnly(2026, 11, 15).AddDays(s.Item1 + s.Item2), s.Item3, "x", "x")).ToArray()));

    private static ServiceClock ClocksOf(IEnumerable<OfficeSlot> slots, IEnumerable<CalendarSpan> spans) => new(new WorkingTime(slots, spans, Shanghai),
        [Level(Urgency.Emergency, 0.25, 24, true), Level(Urgency.Urgent, 2, 7.5), Level(Urgency.Normal, 4, 22.5), Level(Urgency.Major, 12, 60)],
        new Dictionary<long, long?>(), []);

    private static ServiceLevel Level(Urgency urgency, double response, double completion, bool roundTheClock = false) =>
        new(urgency, null, TimeSpan.FromHours(response), TimeSpan.FromHours(completion), roundTheClock, DateTimeOffset.UnixEpoch, null, null);

    private static RepairTicket Ticket(Urgency urgency, DateTimeOffset at, ServiceClock? clocks = null)
    {
        var ticket = RepairTicket.Submit("BX20261122-0001", Sample.Report(urgency), Sample.Reporter, null, at);
        ticket.RecalculateDeadlines(clocks ?? Clocks, at);
        return ticket;
    }

    private static RepairTicket Working(DateTimeOffset at)
    {
        var ticket = Ticket(Urgency.Normal, at);
        ticket.Assign(Sample.Office, Sample.Crew, Sample.Technician, null, at);
        ticket.Take(Sample.Technician, at);
        Do(ticket, now => ticket.Start(Sample.Technician, now), at);
        return ticket;
    }

    private static void Do(RepairTicket ticket, Action<DateTimeOffset> verb, DateTimeOffset at)
    {
        verb(at);
        ticket.RecalculateDeadlines(Clocks, at);
    }

    private static (DateTimeOffset Response, DateTimeOffset Completion) Dates(RepairTicket ticket) => (ticket.ResponseDueAt, ticket.DueAt);

    /// <summary>A moment of 2026 in Shanghai.</summary>
    private static DateTimeOffset At(int month, int day, int hour, int minute) =>
        new DateTimeOffset(2026, month, day, hour, minute, 0, TimeSpan.FromHours(8)).ToUniversalTime();

    /// <summary>Goes minute by minute and checks for each whether it is working time and whether the ticket waits.</summary>
    private sealed class Oracle(OfficeSlot[] slots, CalendarSpan[] spans)
    {
        public (DateTimeOffset Due, int? Left) Due(DateTimeOffset from, int minutes, bool roundTheClock, List<(DateTimeOffset From, DateTimeOffset? To)> waits)
        {
            var (at, left) = (from, minutes);
            for (var walked = 0; left > 0; walked++)
            {
                var wait = waits.Find(w => w.From <= at && (w.To is null || at < w.To));
                if (wait != default && wait.To is null) return (at, left);
                if (wait == default && (roundTheClock || IsWorked(at))) left--;
                at = at.AddMinutes(1);
                if (walked > 60 * 24 * 3_700) return (from + WorkingTime.Horizon, null);
            }
            return waits.Exists(w => w.To is null) ? (at, 0) : (at, null);
        }

        private bool IsWorked(DateTimeOffset moment)
        {
            var local = moment.ToOffset(TimeSpan.FromHours(8));
            var (day, time) = (DateOnly.FromDateTime(local.DateTime), TimeOnly.FromDateTime(local.DateTime));
            bool Is(SpanKind kind) => spans.Any(s => s.Kind == kind && s.From <= day && day <= s.To);
            var (season, weekday) = Is(SpanKind.MakeUpWorkday) ? (Season.Term, DayOfWeek.Monday)
                : Is(SpanKind.Holiday) ? ((Season)0, day.DayOfWeek)
                : Is(SpanKind.TermBreak) ? (Season.Break, day.DayOfWeek) : (Season.Term, day.DayOfWeek);
            return slots.Any(s => s.Season == season && s.DayOfWeek == weekday && s.From <= time && time < s.To);
        }
    }
}
