using LogisticsAdmin.Features.Calendar;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Tests.Support;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>Tickets in memory, and every verb with suitable arguments.</summary>
internal static class Sample
{
    public const long Reporter = 11;
    public const long Technician = 21;
    public const long Office = 31;
    public const long Crew = 5;

    public static readonly DateTimeOffset Submitted = TestHost.Start;
    public static readonly DateTimeOffset Due = Submitted.AddHours(72);

    public static readonly Room Room = new(
        new Building(new Campus("E", "东校区", "East"), "Z3", "竹园3号楼", "Bamboo Court 3", BuildingKind.Dormitory), 5, "512", "512", 4);

    public static Report Report(Urgency urgency = Urgency.Normal) => new(Room, 7, urgency, "水龙头漏水", "13800002071");

    /// <summary>Round the clock, so that tests can calculate in plain hours: 72 h, urgent 24 h, major 360 h; response in half of that.</summary>
    public static readonly ServiceClock Clocks = ClocksOf(TimeSpan.FromHours(72));

    /// <summary>Clocks with this normal limit and these escalation steps.</summary>
    public static ServiceClock ClocksOf(TimeSpan normal, params EscalationStep[] steps) => new(WorkingTime.RoundTheClock,
        [
            Level(Urgency.Emergency, TimeSpan.FromHours(24)), Level(Urgency.Urgent, TimeSpan.FromHours(24)),
            Level(Urgency.Normal, normal), Level(Urgency.Major, TimeSpan.FromHours(360)),
        ],
        new Dictionary<long, long?>(), steps);

    public static ServiceLevel Level(Urgency urgency, TimeSpan completion, long? category = null, bool roundTheClock = true, DateTimeOffset? from = null) =>
        new(urgency, category, completion / 2, completion, roundTheClock, from ?? DateTimeOffset.UnixEpoch, null, null);

    public static RepairTicket New(Urgency urgency = Urgency.Normal, ServiceClock? clocks = null)
    {
        var ticket = RepairTicket.Submit("BX20261122-0001", Report(urgency), Reporter, null, Submitted);
        ticket.RecalculateDeadlines(clocks ?? Clocks, Submitted);
        return ticket;
    }

    /// <summary>A ticket in a state, reached by the shortest way; Grouped occurs only in imported logs.</summary>
    public static RepairTicket In(TicketStatus state)
    {
        if (state == TicketStatus.Grouped)
            return RepairTicket.Import("BX20261122-0001", Report(), state, Submitted, Submitted, "log", "1", null, Clocks, Submitted);
        var ticket = New();
        RepairVerb[] way = state switch
        {
            TicketStatus.New => [],
            TicketStatus.Triaged => [RepairVerb.Triage],
            TicketStatus.Assigned => [RepairVerb.Assign],
            TicketStatus.Taken => [RepairVerb.Assign, RepairVerb.Take],
            TicketStatus.InProgress => [RepairVerb.Assign, RepairVerb.Take, RepairVerb.Start],
            TicketStatus.OnHold => [RepairVerb.Assign, RepairVerb.Take, RepairVerb.Hold],
            TicketStatus.Completed => [RepairVerb.Assign, RepairVerb.Take, RepairVerb.Start, RepairVerb.Complete],
            TicketStatus.Rework => [RepairVerb.Assign, RepairVerb.Take, RepairVerb.Start, RepairVerb.Complete, RepairVerb.SendBack],
            TicketStatus.Closed => [RepairVerb.Assign, RepairVerb.Take, RepairVerb.Start, RepairVerb.Complete, RepairVerb.Verify],
            TicketStatus.Rejected => [RepairVerb.Reject],
            TicketStatus.Cancelled => [RepairVerb.Cancel],
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
        };
        foreach (var verb in way) Perform(ticket, verb, Submitted.AddMinutes(ticket.Events.Count));
        return ticket;
    }

    /// <summary>Performs a verb as the person who usually does.</summary>
    public static void Perform(RepairTicket ticket, RepairVerb verb, DateTimeOffset at)
    {
        Action act = verb switch
        {
            RepairVerb.Triage => () => ticket.Triage(Office, at),
            RepairVerb.Reject => () => ticket.Reject(Office, "重复报修", at),
            RepairVerb.Assign => () => ticket.Assign(Office, Crew, Technician, "请今天去", at),
            RepairVerb.Take => () => ticket.Take(Technician, at),
            RepairVerb.Decline => () => ticket.Decline(Technician, "不是水电", at),
            RepairVerb.Transfer => () => ticket.Transfer(Office, Crew + 1, null, "转木工", at),
            RepairVerb.HandOver => () => ticket.HandOver(Office, Office + 1, "交班", at),
            RepairVerb.Arrive => () => ticket.Arrive(Technician, at),
            RepairVerb.Start => () => ticket.Start(Technician, at),
            RepairVerb.Hold => () => ticket.Hold(Technician, HoldReason.Parts, "等阀芯", byOffice: false, at),
            RepairVerb.Resume => () => ticket.Resume(Technician, "到货", byOffice: false, at),
            RepairVerb.Complete => () => ticket.Complete(Technician, "换了阀芯", byOffice: false, at),
            RepairVerb.Verify => () => ticket.Verify(Reporter, null, byOffice: false, at),
            RepairVerb.SendBack => () => ticket.SendBack(Reporter, "还在滴", byOffice: false, at),
            RepairVerb.Rate => () => ticket.Rate(Reporter, 5, "师傅很快", at),
            RepairVerb.Cancel => () => ticket.Cancel(Reporter, "自己修好了", byOffice: false, at),
            RepairVerb.Nudge => () => ticket.Nudge(Reporter, "请快一点", at),
            RepairVerb.Comment => () => ticket.Comment(Reporter, "下午在宿舍", isInternal: false, byOffice: false, at),
            RepairVerb.Attach => () => ticket.Attach(Reporter, isInternal: false, byOffice: false, at),
            RepairVerb.ChangeUrgency => () => ticket.ChangeUrgency(Office, Urgency.Urgent, at),
            RepairVerb.Correct => () => ticket.Correct(Office, Room, 8, "13800000000", at),
            RepairVerb.BecomeOverdue => () => ticket.BecomeOverdue(ClockKind.Completion, at > ticket.DueAt ? at : ticket.DueAt),
            RepairVerb.RequestExtension => () => ticket.RequestExtension(Technician, 120, "等阀芯", at),
            RepairVerb.DecideExtension => () => ticket.DecideExtension(Office, granted: true, null, Clocks, at),
            _ => throw new ArgumentOutOfRangeException(nameof(verb), verb, null),
        };
        act();
        ticket.RecalculateDeadlines(Clocks, at);
    }
}
