using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Demo;

/// <summary>
/// Simulates one ticket from its report, using the ticket's own methods, until it ends or the present is reached; tickets still open then
/// form the backlog. What happens besides the work (nudges, notes, extension requests) is queued and applied when it falls due.
/// </summary>
internal sealed class DemoTicketLife(DemoData demoData, DemoRandom random, OfficeTime office, DateTimeOffset until)
{
    private static readonly (int From, int To) Always = (0, 24), Desk = (7, 22), Rounds = (8, 20), Awake = (8, 23);

    private readonly PriorityQueue<Action<DateTimeOffset>, DateTimeOffset> _scheduled = new();
    private readonly Dictionary<(int Day, long Technician), int> _load = [];
    private RepairTicket _ticket = null!;
    private DemoFault _fault = null!;
    private DateTimeOffset _at;
    private DateTimeOffset? _cancelAt;
    private long _owner;

    private bool IsEmergency => _ticket.Urgency == Urgency.Emergency;

    public RepairTicket Play(string number, DemoFault fault, DateTimeOffset at)
    {
        (_fault, _at) = (fault, at);
        _scheduled.Clear();
        long? filedBy = random.Chance(0.08) && IsWithin(at, Desk) ? random.Pick(demoData.Office) : null;
        _owner = filedBy ?? random.Pick(demoData.Office);
        var urgency = fault.Category.DefaultUrgency;
        var visits = random.Chance(0.4) && urgency != Urgency.Emergency && demoData.Slots.Count > 0;
        var (visitDay, slot) = visits ? Visit(office.DayOf(at).AddDays(1 + random.Below(3)), random.Pick(demoData.Slots), fault.Room) : (null, null);
        var report = new Report(fault.Room, fault.Category.Id, urgency, fault.Text, fault.Reporter.Phone, visitDay, slot?.Id, fault.ReworkOfId,
            SuggestedCrewId: fault.Category.DefaultCrewId);
        _ticket = RepairTicket.Submit(number, report, fault.Reporter.Id, filedBy, at);
        _ticket.RecalculateDeadlines(demoData.Clocks, at);
        _cancelAt = random.Chance(0.04) ? at + random.Wait(TimeSpan.FromHours(2)) : null;
        if (random.Chance(0.2)) Nudge(at + TimeSpan.FromHours(18) + random.Wait(TimeSpan.FromHours(20)));
        if (TriageOrReject() && AcceptJob() && Work()) Finish();
        _ticket.RecalculateDeadlines(demoData.Clocks, until);
        return _ticket;
    }

    /// <summary>The visit on this day or the next one on which it is offered in the building; none where it is not offered within two weeks.</summary>
    private (DateOnly? Day, VisitSlot? Slot) Visit(DateOnly from, VisitSlot slot, Room room)
    {
        var buildings = demoData.SlotBuildings[slot.Id].ToList();
        for (var day = from; day < from.AddDays(RepairIntake.VisitDays - 3); day = day.AddDays(1))
            if (VisitOffer.ObstacleTo(slot.Days, buildings, day, demoData.Works.IsOpenOn(day), room.BuildingId) is null) return (day, slot);
        return (null, null);
    }

    private bool TriageOrReject()
    {
        // A few tickets wait for a day or two.
        var mean = IsEmergency ? 6 : random.Chance(0.07) ? 1500 : _ticket.FiledById is null ? 70 : 10;
        if (!AdvanceTo(After(TimeSpan.FromMinutes(mean), IsEmergency ? Always : Desk))) return false;
        if (!IsEmergency && random.Chance(0.035))
        {
            _ticket.Reject(_owner, random.Pick(demoData.Texts.RejectReasons), _at);
            return false;
        }
        if (_ticket.Urgency == Urgency.Normal && random.Chance(0.03))
        {
            _ticket.ChangeUrgency(_owner, Urgency.Urgent, _at);
        }
        if (random.Chance(0.45))
        {
            _ticket.Triage(_owner, _at);
            if (random.Chance(0.3)) Note(demoData.Texts.Notes(_fault.Category, n => n.Triage, demoData.Texts.TriageNotes), isInternal: true);
            if (!AdvanceTo(After(TimeSpan.FromMinutes(IsEmergency ? 5 : random.Chance(0.08) ? 900 : 45), IsEmergency ? Always : Desk))) return false;
        }
        if (random.Chance(0.15)) Note(demoData.Texts.Notes(_fault.Category, n => n.Reply, demoData.Texts.PublicReplies), isInternal: false);
        if (random.Chance(0.1)) Note(demoData.Texts.InternalNotes, isInternal: true);
        Assign(null);
        return true;
    }

    private bool AcceptJob()
    {
        for (var refusals = 0; ; refusals++)
        {
            if (!AdvanceTo(After(TimeSpan.FromMinutes(IsEmergency ? 8 : random.Chance(0.08) ? 900 : 80), IsEmergency ? Always : Rounds))) return false;
            var crew = _ticket.CrewId!.Value;
            if (refusals == 0 && random.Chance(0.04))
            {
                var unwilling = _ticket.TechnicianId ?? FreeTechnician(crew, null);
                _ticket.Decline(unwilling, random.Pick(demoData.Texts.DeclineReasons), _at);
                if (!AdvanceTo(After(TimeSpan.FromMinutes(30), Desk))) return false;
                Assign(unwilling);
            }
            else if (refusals == 0 && random.Chance(0.02) && demoData.Technicians.Count > 1)
            {
                var other = random.Pick([.. demoData.Technicians.Keys.Where(c => c != crew).Order()]);
                _ticket.Transfer(_owner, other, FreeTechnician(other, null), random.Pick(demoData.Texts.AssignNotes), _at);
            }
            else
            {
                _ticket.Take(_ticket.TechnicianId ?? FreeTechnician(crew, null), _at);
                CheckDeadline();
                return true;
            }
        }
    }

    /// <summary>Simulates the work from Taken or Rework to Completed; false if it is not reached.</summary>
    private bool Work()
    {
        var technician = _ticket.TechnicianId!.Value;
        if (_ticket.Status == TicketStatus.Taken && random.Chance(0.07) && !Hold(random.Chance(0.75) ? HoldReason.Access : HoldReason.Parts)) return false;
        if (!AdvanceTo(After(TimeSpan.FromMinutes(IsEmergency ? 12 : 200), IsEmergency ? Always : Rounds))) return false;
        _ticket.Start(technician, _at);
        if (random.Chance(0.1) && !Hold(Reason())) return false;
        if (!AdvanceTo(Later(_at, random.Between(TimeSpan.FromMinutes(12), TimeSpan.FromMinutes(110)), IsEmergency ? Always : Rounds))) return false;
        var byOffice = random.Chance(0.03);
        var note = random.Pick(demoData.Texts.Notes(_fault.Category, n => n.Complete, demoData.Texts.CompleteNotes));
        _ticket.Complete(byOffice ? _owner : technician, note, byOffice, _at);
        return true;
    }

    /// <summary>Some technicians request an extension before the limit, some only after it has passed.</summary>
    private void CheckDeadline()
    {
        var before = _ticket.DueAt - random.Between(TimeSpan.FromMinutes(40), TimeSpan.FromHours(5));
        var behind = _ticket.DueAt + random.Between(TimeSpan.FromMinutes(20), TimeSpan.FromHours(8));
        if (random.Chance(0.3)) Ask(before);
        else if (random.Chance(0.5)) Ask(behind);
    }

    private void Ask(DateTimeOffset at)
    {
        var (minutes, reason) = (60 * random.Pick<int>([2, 4, 8, 8, 16, 24]), random.Pick(demoData.Texts.ExtensionReasons));
        if (at <= _at) return;
        Schedule(Later(at, TimeSpan.Zero, Rounds), now =>
        {
            if (!MayAsk || _ticket.AskedMinutes is not null) return;
            _ticket.RequestExtension(_ticket.TechnicianId!.Value, minutes, reason, now);
            Decide(now);
        });
    }

    private void Decide(DateTimeOffset asked)
    {
        var (manager, granted) = (random.Pick(demoData.Managers), random.Chance(0.75));
        var note = !granted ? random.Pick(demoData.Texts.RefuseNotes) : random.Chance(0.6) ? random.Pick(demoData.Texts.GrantNotes) : null;
        Schedule(Later(asked, random.Wait(TimeSpan.FromHours(5)), Desk), now =>
        {
            if (MayAsk && _ticket.AskedMinutes is not null) _ticket.DecideExtension(manager, granted, note, demoData.Clocks, now);
        });
    }

    private bool MayAsk => _ticket.Status is TicketStatus.Taken or TicketStatus.InProgress or TicketStatus.OnHold;

    private bool Hold(HoldReason reason)
    {
        var byOffice = random.Chance(0.1);
        var who = byOffice ? _owner : _ticket.TechnicianId!.Value;
        if (!AdvanceTo(After(TimeSpan.FromMinutes(25), Rounds))) return false;
        IReadOnlyList<string> notes = demoData.Texts.HoldNotes[reason];
        if (reason == HoldReason.Parts) notes = demoData.Texts.Notes(_fault.Category, n => n.Parts, notes);
        _ticket.Hold(who, reason, random.Pick(notes), byOffice, _at);
        var days = reason switch { HoldReason.Parts => 2.2, HoldReason.Access => 0.8, HoldReason.Contractor => 3.5, _ => 2.5 };
        if (!AdvanceTo(After(TimeSpan.FromDays(days), Rounds))) return false;
        _ticket.Resume(who, null, byOffice, _at);
        return true;
    }

    private HoldReason Reason() => random.Below(20) switch
    {
        < 11 => HoldReason.Parts,
        < 14 => HoldReason.Access,
        < 18 => HoldReason.Contractor,
        _ => HoldReason.Approval,
    };

    private void Finish()
    {
        for (var rounds = 0; rounds < 3 && random.Chance(0.05); rounds++)
        {
            if (!AdvanceTo(After(TimeSpan.FromHours(9), Awake))) return;
            if (_at > _ticket.CompletedAt + CampusRules.VerifyWithin) break;
            _ticket.SendBack(_fault.Reporter.Id, random.Pick(demoData.Texts.Notes(_fault.Category, n => n.Rework, demoData.Texts.ReworkReasons)),
                byOffice: false, _at);
            if (!Work()) return;
        }
        var byItself = _ticket.CompletedAt!.Value + CampusRules.VerifyWithin;
        var (byReporter, byOffice) = (random.Chance(0.62), random.Chance(0.12));
        var when = byReporter || byOffice ? After(TimeSpan.FromHours(byReporter ? 10 : 30), byReporter ? Awake : Desk) : byItself;
        if (when >= byItself) (when, byReporter, byOffice) = (byItself + TimeSpan.FromSeconds(random.Below(30)), false, false);
        if (!AdvanceTo(when < _at ? _at : when)) return;
        if (byReporter) _ticket.Verify(_fault.Reporter.Id, null, byOffice: false, _at);
        else if (byOffice) _ticket.Verify(_owner, null, byOffice: true, _at);
        else _ticket.Verify(null, null, byOffice: false, _at);
        if (random.Chance(byReporter ? 0.55 : 0.05)) Rate();
    }

    private void Rate()
    {
        if (!AdvanceTo(_at + random.Wait(TimeSpan.FromHours(3)))) return;
        var unhappy = (_ticket.OverdueSince is not null ? 2 : 0) + _ticket.SentBack + (_ticket.ReworkOfId is not null ? 1 : 0);
        var roll = random.Below(100) - (22 * unhappy);
        var stars = roll switch { > 38 => 5, > 8 => 4, > -8 => 3, > -25 => 2, _ => 1 };
        _ticket.Rate(_fault.Reporter.Id, stars, random.Chance(0.45) ? random.Pick(demoData.Texts.RatingWords[stars]) : null, _at);
    }

    private void Assign(long? notTo)
    {
        var crew = _fault.Category.DefaultCrewId!.Value;
        long? technician = random.Chance(0.88) ? FreeTechnician(crew, notTo) : null;
        var note = random.Chance(0.25) ? random.Pick(demoData.Texts.Notes(_fault.Category, n => n.Assign, demoData.Texts.AssignNotes)) : null;
        _ticket.Assign(_owner, crew, technician, note, _at);
    }

    /// <summary>Roughly the member of the crew with the fewest tickets that day.</summary>
    private long FreeTechnician(long crew, long? notTo)
    {
        var day = office.DayOf(_at).DayNumber;
        var chosen = demoData.Technicians[crew].Where(t => t != notTo).DefaultIfEmpty(demoData.Technicians[crew][0])
            .MinBy(t => _load.GetValueOrDefault((day, t)) + random.Below(3));
        _load[(day, chosen)] = _load.GetValueOrDefault((day, chosen)) + 1;
        return chosen;
    }

    private void Note(IReadOnlyList<string> texts, bool isInternal)
    {
        var text = random.Pick(texts);
        if (!isInternal && text.All(char.IsAscii) != _fault.Reporter.IsEnglish) return;
        Schedule(_at + random.Wait(TimeSpan.FromMinutes(25)), at =>
        {
            if (_ticket.Status.IsOpen()) _ticket.Comment(_owner, text, isInternal, byOffice: true, at);
        });
    }

    private void Nudge(DateTimeOffset at)
    {
        var text = random.Chance(0.7) ? random.Pick(demoData.Texts.NudgeNotes) : null;
        var again = random.Chance(0.35) ? random.Wait(TimeSpan.FromHours(16)) + CampusRules.NudgeEvery : (TimeSpan?)null;
        Schedule(Later(at, TimeSpan.Zero, Awake), now =>
        {
            if (!_ticket.Status.IsOpen()) return;
            _ticket.Nudge(_fault.Reporter.Id, text, now);
            if (again is { } more) Nudge(now + more);
        });
    }

    private void Schedule(DateTimeOffset at, Action<DateTimeOffset> what)
    {
        // What is due within seconds after the present is applied now, to avoid a burst of changes right after the demo was generated.
        if (at > until && at < until + TimeSpan.FromSeconds(30)) at = until;
        _scheduled.Enqueue(now => what(now), at);
    }

    /// <summary>Advances to the next step; false if the ticket is cancelled before it, or if it lies after the present.</summary>
    private bool AdvanceTo(DateTimeOffset next)
    {
        if (_cancelAt is { } cancel && cancel <= next && cancel <= until && IsCancellable)
        {
            if (cancel < _at) cancel = _at;
            RunUntil(cancel);
            _ticket.Cancel(_fault.Reporter.Id, random.Pick(demoData.Texts.CancelReasons), byOffice: false, cancel);
            return false;
        }
        if (next > until)
        {
            RunUntil(until);
            return false;
        }
        RunUntil(next);
        _at = next;
        return true;
    }

    private bool IsCancellable => _ticket.Status is TicketStatus.New or TicketStatus.Triaged or TicketStatus.Assigned;

    /// <summary>Applies what falls due up to the given moment: passed limits and queued actions, in order of time.</summary>
    private void RunUntil(DateTimeOffset to)
    {
        var now = _ticket.LastEventAt;
        while (true)
        {
            _ticket.RecalculateDeadlines(demoData.Clocks, now);
            var hasAside = _scheduled.TryPeek(out var what, out var at);
            if (_ticket.Status.IsOpen() && _ticket.WatchAt is { } watch && watch <= to && (!hasAside || watch <= at))
            {
                if (watch > now) now = watch;
                _ticket.ApplyElapsedTime(demoData.Clocks, now);
            }
            else if (hasAside && at <= to)
            {
                _scheduled.Dequeue();
                if (at > now) now = at;
                what!(now);
            }
            else
            {
                return;
            }
        }
    }

    private DateTimeOffset After(TimeSpan mean, (int From, int To) hours) => Later(_at, random.Wait(mean), hours);

    /// <summary>Adds a duration, counting only the given hours of the office's day.</summary>
    private DateTimeOffset Later(DateTimeOffset from, TimeSpan span, (int From, int To) hours)
    {
        if (hours == Always) return from + span;
        var local = office.Local(from);
        var offset = local.Offset;
        var at = local.DateTime;
        while (true)
        {
            var (opens, closes) = (at.Date.AddHours(hours.From), at.Date.AddHours(hours.To));
            if (at < opens) at = opens;
            if (at < closes && at + span <= closes) return new DateTimeOffset(at + span, offset).ToUniversalTime();
            if (at < closes) span -= closes - at;
            at = at.Date.AddDays(1);
        }
    }

    private bool IsWithin(DateTimeOffset at, (int From, int To) hours) => office.Local(at).Hour is var hour && hour >= hours.From && hour < hours.To;
}
