using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Demo;

/// <summary>
/// Simulates one ticket from its report, using the ticket's own methods, until it ends or the present is reached; tickets still open then
/// form the backlog. What happens besides the work (nudges, notes, extension requests) is queued and applied when it falls due.
/// </summary>
internal sealed class DemoLife(DemoWorld world, DemoDice dice, OfficeTime office, DateTimeOffset until)
{
    private static readonly (int From, int To) Always = (0, 24), Desk = (7, 22), Rounds = (8, 20), Awake = (8, 23);

    private readonly PriorityQueue<Action<DateTimeOffset>, DateTimeOffset> _aside = new();
    private readonly Dictionary<(int Day, long Technician), int> _load = [];
    private RepairTicket _ticket = null!;
    private DemoFault _fault = null!;
    private DateTimeOffset _at;
    private DateTimeOffset? _cancelAt;
    private long _owner;

    private bool IsEmergency => _ticket.Urgency == Urgency.Emergency;

    public RepairTicket Live(string number, DemoFault fault, DateTimeOffset at)
    {
        (_fault, _at) = (fault, at);
        _aside.Clear();
        long? filedBy = dice.Chance(0.08) && IsWithin(at, Desk) ? dice.Pick(world.Office) : null;
        _owner = filedBy ?? dice.Pick(world.Office);
        var urgency = fault.Category.DefaultUrgency;
        var visits = dice.Chance(0.4) && urgency != Urgency.Emergency;
        var report = new Report(fault.Room, fault.Category.Id, urgency, fault.Text, fault.Reporter.Phone,
            visits ? office.DayOf(at).AddDays(1 + dice.Below(3)) : null, visits ? dice.Pick(world.Slots).Id : null, fault.ReworkOfId);
        _ticket = RepairTicket.Submit(number, report, fault.Reporter.Id, filedBy, at);
        _ticket.RecalculateDeadlines(world.Clocks, at);
        _cancelAt = dice.Chance(0.04) ? at + dice.Wait(TimeSpan.FromHours(2)) : null;
        if (dice.Chance(0.2)) Nudge(at + TimeSpan.FromHours(18) + dice.Wait(TimeSpan.FromHours(20)));
        if (Judge() && GetTaken() && Work()) Finish();
        _ticket.RecalculateDeadlines(world.Clocks, until);
        return _ticket;
    }

    private bool Judge()
    {
        // A few tickets wait for a day or two.
        var mean = IsEmergency ? 6 : dice.Chance(0.07) ? 1500 : _ticket.FiledById is null ? 70 : 10;
        if (!Reach(After(TimeSpan.FromMinutes(mean), IsEmergency ? Always : Desk))) return false;
        if (!IsEmergency && dice.Chance(0.035))
        {
            _ticket.Reject(_owner, dice.Pick(world.Texts.RejectReasons), _at);
            return false;
        }
        if (_ticket.Urgency == Urgency.Normal && dice.Chance(0.03))
        {
            _ticket.ChangeUrgency(_owner, Urgency.Urgent, _at);
        }
        if (dice.Chance(0.45))
        {
            _ticket.Triage(_owner, _at);
            if (dice.Chance(0.3)) Note(world.Texts.Notes(_fault.Category, n => n.Triage, world.Texts.TriageNotes), isInternal: true);
            if (!Reach(After(TimeSpan.FromMinutes(IsEmergency ? 5 : dice.Chance(0.08) ? 900 : 45), IsEmergency ? Always : Desk))) return false;
        }
        if (dice.Chance(0.15)) Note(world.Texts.Notes(_fault.Category, n => n.Reply, world.Texts.PublicReplies), isInternal: false);
        if (dice.Chance(0.1)) Note(world.Texts.InternalNotes, isInternal: true);
        Assign(null);
        return true;
    }

    private bool GetTaken()
    {
        for (var refusals = 0; ; refusals++)
        {
            if (!Reach(After(TimeSpan.FromMinutes(IsEmergency ? 8 : dice.Chance(0.08) ? 900 : 80), IsEmergency ? Always : Rounds))) return false;
            var crew = _ticket.CrewId!.Value;
            if (refusals == 0 && dice.Chance(0.04))
            {
                var unwilling = _ticket.TechnicianId ?? Free(crew, null);
                _ticket.Decline(unwilling, dice.Pick(world.Texts.DeclineReasons), _at);
                if (!Reach(After(TimeSpan.FromMinutes(30), Desk))) return false;
                Assign(unwilling);
            }
            else if (refusals == 0 && dice.Chance(0.02))
            {
                var other = dice.Pick([.. world.Technicians.Keys.Where(c => c != crew).Order()]);
                _ticket.Transfer(_owner, other, Free(other, null), dice.Pick(world.Texts.AssignNotes), _at);
            }
            else
            {
                _ticket.Take(_ticket.TechnicianId ?? Free(crew, null), _at);
                WatchLimit();
                return true;
            }
        }
    }

    /// <summary>Simulates the work from Taken or Rework to Completed; false if it is not reached.</summary>
    private bool Work()
    {
        var technician = _ticket.TechnicianId!.Value;
        if (_ticket.Status == TicketStatus.Taken && dice.Chance(0.07) && !Hold(dice.Chance(0.75) ? HoldReason.Access : HoldReason.Parts)) return false;
        if (!Reach(After(TimeSpan.FromMinutes(IsEmergency ? 12 : 200), IsEmergency ? Always : Rounds))) return false;
        _ticket.Start(technician, _at);
        if (dice.Chance(0.1) && !Hold(Reason())) return false;
        if (!Reach(Later(_at, dice.Between(TimeSpan.FromMinutes(12), TimeSpan.FromMinutes(110)), IsEmergency ? Always : Rounds))) return false;
        var byOffice = dice.Chance(0.03);
        var note = dice.Pick(world.Texts.Notes(_fault.Category, n => n.Complete, world.Texts.CompleteNotes));
        _ticket.Complete(byOffice ? _owner : technician, note, byOffice, _at);
        return true;
    }

    /// <summary>Some technicians request an extension before the limit, some only after it has passed.</summary>
    private void WatchLimit()
    {
        var before = _ticket.DueAt - dice.Between(TimeSpan.FromMinutes(40), TimeSpan.FromHours(5));
        var behind = _ticket.DueAt + dice.Between(TimeSpan.FromMinutes(20), TimeSpan.FromHours(8));
        if (dice.Chance(0.3)) Ask(before);
        else if (dice.Chance(0.5)) Ask(behind);
    }

    private void Ask(DateTimeOffset at)
    {
        var (minutes, reason) = (60 * dice.Pick<int>([2, 4, 8, 8, 16, 24]), dice.Pick(world.Texts.ExtensionReasons));
        if (at <= _at) return;
        Aside(Later(at, TimeSpan.Zero, Rounds), now =>
        {
            if (!MayAsk || _ticket.AskedMinutes is not null) return;
            _ticket.RequestExtension(_ticket.TechnicianId!.Value, minutes, reason, now);
            Decide(now);
        });
    }

    private void Decide(DateTimeOffset asked)
    {
        var (manager, granted) = (dice.Pick(world.Managers), dice.Chance(0.75));
        var note = !granted ? dice.Pick(world.Texts.RefuseNotes) : dice.Chance(0.6) ? dice.Pick(world.Texts.GrantNotes) : null;
        Aside(Later(asked, dice.Wait(TimeSpan.FromHours(5)), Desk), now =>
        {
            if (MayAsk && _ticket.AskedMinutes is not null) _ticket.DecideExtension(manager, granted, note, world.Clocks, now);
        });
    }

    private bool MayAsk => _ticket.Status is TicketStatus.Taken or TicketStatus.InProgress or TicketStatus.OnHold;

    private bool Hold(HoldReason reason)
    {
        var byOffice = dice.Chance(0.1);
        var who = byOffice ? _owner : _ticket.TechnicianId!.Value;
        if (!Reach(After(TimeSpan.FromMinutes(25), Rounds))) return false;
        IReadOnlyList<string> notes = world.Texts.HoldNotes[reason];
        if (reason == HoldReason.Parts) notes = world.Texts.Notes(_fault.Category, n => n.Parts, notes);
        _ticket.Hold(who, reason, dice.Pick(notes), byOffice, _at);
        var days = reason switch { HoldReason.Parts => 2.2, HoldReason.Access => 0.8, HoldReason.Contractor => 3.5, _ => 2.5 };
        if (!Reach(After(TimeSpan.FromDays(days), Rounds))) return false;
        _ticket.Resume(who, null, byOffice, _at);
        return true;
    }

    private HoldReason Reason() => dice.Below(20) switch
    {
        < 11 => HoldReason.Parts,
        < 14 => HoldReason.Access,
        < 18 => HoldReason.Contractor,
        _ => HoldReason.Approval,
    };

    private void Finish()
    {
        for (var rounds = 0; rounds < 3 && dice.Chance(0.05); rounds++)
        {
            if (!Reach(After(TimeSpan.FromHours(9), Awake))) return;
            if (_at > _ticket.CompletedAt + CampusRules.VerifyWithin) break;
            _ticket.SendBack(_fault.Reporter.Id, dice.Pick(world.Texts.Notes(_fault.Category, n => n.Rework, world.Texts.ReworkReasons)), byOffice: false, _at);
            if (!Work()) return;
        }
        var byItself = _ticket.CompletedAt!.Value + CampusRules.VerifyWithin;
        var (byReporter, byOffice) = (dice.Chance(0.62), dice.Chance(0.12));
        var when = byReporter || byOffice ? After(TimeSpan.FromHours(byReporter ? 10 : 30), byReporter ? Awake : Desk) : byItself;
        if (when >= byItself) (when, byReporter, byOffice) = (byItself + TimeSpan.FromSeconds(dice.Below(30)), false, false);
        if (!Reach(when < _at ? _at : when)) return;
        if (byReporter) _ticket.Verify(_fault.Reporter.Id, null, byOffice: false, _at);
        else if (byOffice) _ticket.Verify(_owner, null, byOffice: true, _at);
        else _ticket.Verify(null, null, byOffice: false, _at);
        if (dice.Chance(byReporter ? 0.55 : 0.05)) Rate();
    }

    private void Rate()
    {
        if (!Reach(_at + dice.Wait(TimeSpan.FromHours(3)))) return;
        var unhappy = (_ticket.OverdueSince is not null ? 2 : 0) + _ticket.SentBack + (_ticket.ReworkOfId is not null ? 1 : 0);
        var roll = dice.Below(100) - (22 * unhappy);
        var stars = roll switch { > 38 => 5, > 8 => 4, > -8 => 3, > -25 => 2, _ => 1 };
        _ticket.Rate(_fault.Reporter.Id, stars, dice.Chance(0.45) ? dice.Pick(world.Texts.RatingWords[stars]) : null, _at);
    }

    private void Assign(long? notTo)
    {
        var crew = _fault.Category.DefaultCrewId!.Value;
        long? technician = dice.Chance(0.88) ? Free(crew, notTo) : null;
        var note = dice.Chance(0.25) ? dice.Pick(world.Texts.Notes(_fault.Category, n => n.Assign, world.Texts.AssignNotes)) : null;
        _ticket.Assign(_owner, crew, technician, note, _at);
    }

    /// <summary>Roughly the member of the crew with the fewest tickets that day.</summary>
    private long Free(long crew, long? notTo)
    {
        var day = office.DayOf(_at).DayNumber;
        var chosen = world.Technicians[crew].Where(t => t != notTo).DefaultIfEmpty(world.Technicians[crew][0])
            .MinBy(t => _load.GetValueOrDefault((day, t)) + dice.Below(3));
        _load[(day, chosen)] = _load.GetValueOrDefault((day, chosen)) + 1;
        return chosen;
    }

    private void Note(IReadOnlyList<string> texts, bool isInternal)
    {
        var text = dice.Pick(texts);
        if (!isInternal && text.All(char.IsAscii) != _fault.Reporter.IsEnglish) return;
        Aside(_at + dice.Wait(TimeSpan.FromMinutes(25)), at =>
        {
            if (_ticket.Status.IsOpen()) _ticket.Comment(_owner, text, isInternal, byOffice: true, at);
        });
    }

    private void Nudge(DateTimeOffset at)
    {
        var text = dice.Chance(0.7) ? dice.Pick(world.Texts.NudgeNotes) : null;
        var again = dice.Chance(0.35) ? dice.Wait(TimeSpan.FromHours(16)) + CampusRules.NudgeEvery : (TimeSpan?)null;
        Aside(Later(at, TimeSpan.Zero, Awake), now =>
        {
            if (!_ticket.Status.IsOpen()) return;
            _ticket.Nudge(_fault.Reporter.Id, text, now);
            if (again is { } more) Nudge(now + more);
        });
    }

    private void Aside(DateTimeOffset at, Action<DateTimeOffset> what)
    {
        // What is due within seconds after the present is applied now, to avoid a burst of changes right after the demo was generated.
        if (at > until && at < until + TimeSpan.FromSeconds(30)) at = until;
        _aside.Enqueue(now => what(now), at);
    }

    /// <summary>Advances to the next step; false if the ticket is cancelled before it, or if it lies after the present.</summary>
    private bool Reach(DateTimeOffset next)
    {
        if (_cancelAt is { } cancel && cancel <= next && cancel <= until && IsCancellable)
        {
            if (cancel < _at) cancel = _at;
            Pass(cancel);
            _ticket.Cancel(_fault.Reporter.Id, dice.Pick(world.Texts.CancelReasons), byOffice: false, cancel);
            return false;
        }
        if (next > until)
        {
            Pass(until);
            return false;
        }
        Pass(next);
        _at = next;
        return true;
    }

    private bool IsCancellable => _ticket.Status is TicketStatus.New or TicketStatus.Triaged or TicketStatus.Assigned;

    /// <summary>Applies what falls due up to the given moment: passed limits and queued actions, in order of time.</summary>
    private void Pass(DateTimeOffset to)
    {
        var now = _ticket.LastEventAt;
        while (true)
        {
            _ticket.RecalculateDeadlines(world.Clocks, now);
            var hasAside = _aside.TryPeek(out var what, out var at);
            if (_ticket.Status.IsOpen() && _ticket.WatchAt is { } watch && watch <= to && (!hasAside || watch <= at))
            {
                if (watch > now) now = watch;
                _ticket.ApplyElapsedTime(world.Clocks, now);
            }
            else if (hasAside && at <= to)
            {
                _aside.Dequeue();
                if (at > now) now = at;
                what!(now);
            }
            else
            {
                return;
            }
        }
    }

    private DateTimeOffset After(TimeSpan mean, (int From, int To) hours) => Later(_at, dice.Wait(mean), hours);

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
