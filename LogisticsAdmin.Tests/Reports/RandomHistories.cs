using CsCheck;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Costs;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Reports;

/// <summary>
/// Random lives of tickets over some months. Reports are made at even minutes and everything else happens at odd ones, so that nothing
/// happens at the very moment of a limit.
/// </summary>
internal static class RandomHistories
{
    public enum Kind
    {
        Own,
        ByPhone,
        ByPhoneForStaff,
        ByPhoneWithoutAccount,
        OwnOfStaff,
        LogClosed,
        LogRejected,
        LogCancelled,
        LogGrouped,
        LogOpen,
    }

    /// <summary>One thing that happens: after how long, what among what is possible, and whether it is undone.</summary>
    public sealed record Step(int Wait, int Choice, int Detail, bool IsUsual, bool IsUndone);

    public sealed record Use(bool IsPart, int Amount, bool IsWithdrawn);

    public sealed record Plan(
        Kind Kind, int Submitted, int Place, int Category, int Urgency, bool Ticks, Step[] Steps, Use[] Uses, int LogEnd, int Repeats, int ReworkOf, int Stars)
    {
        public override string ToString() =>
            $"{Kind} {Submitted} {Urgency} ticks {Ticks} end {LogEnd} repeats {Repeats} rework {ReworkOf} stars {Stars}: "
            + string.Join(", ", Steps.AsEnumerable());
    }

    /// <summary>What a log says about a ticket; it is nowhere in the timeline.</summary>
    public sealed record LogRow(TicketStatus Status, DateTimeOffset? EndedAt, int? Stars, long? CostFen, long? CrewId, long? TechnicianId);

    /// <summary>What no event says: the urgency of the report, and what a log says.</summary>
    public sealed record Origin(Urgency Urgency, LogRow? Log);

    public static readonly DateTimeOffset First = new(2026, 8, 20, 0, 0, 0, TimeSpan.Zero);

    private const int Days = 94;

    private static readonly int[] Waits = [2, 8, 34, 62, 182, 612, 1442, 4004, 10082, 20162];

    private static readonly int?[] LogEnds = [-2_999, 51, 3_001, 30_001, 90_001, null];

    private static readonly RepairVerb[] NotChosen =
    [
        RepairVerb.Submit, RepairVerb.Import, RepairVerb.BecomeOverdue, RepairVerb.Escalate, RepairVerb.Undo, RepairVerb.Attach,
    ];

    private static readonly RepairVerb[] Undoable =
    [
        RepairVerb.Triage, RepairVerb.Reject, RepairVerb.Assign, RepairVerb.Take, RepairVerb.Decline, RepairVerb.Transfer, RepairVerb.Arrive,
        RepairVerb.Start, RepairVerb.Hold, RepairVerb.Resume, RepairVerb.Complete, RepairVerb.Verify, RepairVerb.SendBack, RepairVerb.HandOver,
        RepairVerb.ChangeUrgency, RepairVerb.Correct, RepairVerb.RequestExtension, RepairVerb.DecideExtension, RepairVerb.Cancel,
    ];

    private static readonly Gen<Step> OneStep =
        from wait in Gen.Int[0, Waits.Length - 1]
        from choice in Gen.Int[0, 999]
        from detail in Gen.Int[0, 999]
        from usual in Gen.Int[0, 9]
        from undone in Gen.Int[0, 7]
        select new Step(Waits[wait], choice, detail, usual < 7, undone == 0);

    private static readonly Gen<Use> OneUse = Gen.Select(Gen.Bool, Gen.Int[1, 300], Gen.Int[0, 3], (part, amount, kept) => new Use(part, amount, kept == 0));

    public static readonly Gen<Plan> Ticket =
        from kind in Gen.Int[0, 15].Select(k => k < 6 ? Kind.Own : (Kind)(k - 6))
        from submitted in Gen.Int[0, Days * 720]
        from place in Gen.Int[0, 5]
        from category in Gen.Int[0, 5]
        from urgency in Gen.Int[1, 4]
        from ticks in Gen.Int[0, 4]
        from steps in OneStep.Array[0, 16]
        from uses in OneUse.Array[0, 3]
        from end in Gen.Int[0, LogEnds.Length - 1]
        from repeats in Gen.Int[0, 3]
        from rework in Gen.Int[0, 40]
        from stars in Gen.Int[0, 5]
        select new Plan(kind, submitted * 2, place, category, urgency, ticks > 0, steps, uses, end, repeats, rework, stars);

    /// <summary>Lets the tickets live until now, stores them, and returns where they came from, by their numbers.</summary>
    public static async Task<IReadOnlyDictionary<string, Origin>> LiveAsync(this TestHost host, IReadOnlyList<Plan> plans)
    {
        var (clocks, now) = (await host.ClocksAsync(), host.Clock.GetUtcNow());
        return await host.InDatabaseAsync(async db =>
        {
            var ct = TestContext.Current.CancellationToken;
            var rooms = await db.Rooms.Include(r => r.Building).Where(r => r.Code == "101" || r.Code == "1层走廊").OrderBy(r => r.Id).Take(6).ToListAsync(ct);
            var categories = await db.Categories.Where(c => c.ParentId != null).OrderBy(c => c.Id).ToListAsync(ct);
            for (var i = 0; i < 6; i++) categories[i * 5].SetDefaults(categories[i * 5].DefaultUrgency, categories[i * 5].DefaultCrewId, i % 4 + 1);
            var people = await db.Users.ToDictionaryAsync(p => p.UserName!, ct);
            var part = await db.Set<Part>().Select(p => p.Id).FirstAsync(ct);
            var life = new Life(db.Set<Crew>().OrderBy(c => c.Id).Select(c => c.Id).Take(3).ToList(), people, rooms, categories, clocks, now);
            Dictionary<string, Origin> origins = [];
            List<RepairTicket> tickets = [];
            foreach (var (n, plan) in plans.Index())
            {
                var number = $"BX20260820-{n + 1:0000}";
                tickets.Add(life.Live(number, plan, out var log));
                origins[number] = new Origin((Urgency)plan.Urgency, log);
            }
            db.AddRange(tickets);
            await db.SaveChangesAsync(ct);
            foreach (var (n, plan) in plans.Index())
            {
                tickets[n].MarkRepeats(plan.Repeats, plan.ReworkOf < n ? tickets[plan.ReworkOf].Id : null);
                foreach (var use in plan.Uses)
                {
                    var by = new UsedBy(people[TestUsers.Technician].Id, people[TestUsers.Dispatcher].Id, now);
                    var line = use.IsPart
                        ? RepairUse.OfPart(tickets[n].Id, part, use.Amount / 10m, 12.35m, by) : RepairUse.OfLabour(tickets[n].Id, use.Amount, 45.5m, by);
                    if (use.IsWithdrawn) line.Withdraw(by.RecordedById, now);
                    db.Add(line);
                }
            }
            await db.SaveChangesAsync(ct);
            return origins;
        });
    }

    private sealed class Life(
        List<long> crews, Dictionary<string, Person> people, List<Room> rooms, List<Category> categories, ServiceClock clocks, DateTimeOffset now)
    {
        private readonly long _office = people[TestUsers.Dispatcher].Id, _manager = people[TestUsers.Manager].Id;
        private readonly long _technician = people[TestUsers.Technician].Id, _resident = people[TestUsers.Resident].Id;

        public RepairTicket Live(string number, Plan plan, out LogRow? log)
        {
            var submitted = First.AddMinutes(plan.Submitted);
            log = LogOf(plan, submitted);
            var report = new Report(rooms[plan.Place % rooms.Count], categories[plan.Category * 5].Id, (Urgency)plan.Urgency, "水龙头漏水", null,
                ContactName: plan.Kind == Kind.ByPhoneWithoutAccount ? "李阿姨" : null);
            long? reporter = plan.Kind switch
            {
                Kind.ByPhoneWithoutAccount => null,
                Kind.OwnOfStaff => _manager,
                Kind.ByPhoneForStaff => plan.Stars % 2 == 0 ? _manager : _technician,
                _ => _resident,
            };
            long? filedBy = plan.Kind is Kind.ByPhone or Kind.ByPhoneForStaff or Kind.ByPhoneWithoutAccount ? _office : null;
            var at = submitted.AddMinutes(1);
            RepairTicket ticket;
            if (log is null)
            {
                ticket = RepairTicket.Submit(number, report, reporter, filedBy, submitted);
                ticket.RecalculateDeadlines(clocks, submitted);
            }
            else
            {
                var facts = new ImportedFacts { ReporterId = reporter, Stars = log.Stars, CrewId = log.CrewId, TechnicianId = log.TechnicianId };
                ticket = RepairTicket.Import(number, report, log.Status, submitted, log.EndedAt, "log", number, Money.Of(log.CostFen), clocks,
                    at = at.AddMinutes(plan.Stars * 1_000), facts);
            }
            foreach (var step in plan.Steps)
            {
                at = at.AddMinutes(step.Wait);
                if (at > now) break;
                if (plan.Ticks) Tick(ticket, at);
                Do(ticket, step, at);
                if (step.IsUndone) at = at.AddMinutes(2);
            }
            if (plan.Ticks) Tick(ticket, now);
            return ticket;
        }

        private LogRow? LogOf(Plan plan, DateTimeOffset submitted)
        {
            TicketStatus? status = plan.Kind switch
            {
                Kind.LogClosed => TicketStatus.Closed,
                Kind.LogRejected => TicketStatus.Rejected,
                Kind.LogCancelled => TicketStatus.Cancelled,
                Kind.LogGrouped => TicketStatus.Grouped,
                Kind.LogOpen => TicketStatus.New,
                _ => null,
            };
            if (status is not { } known) return null;
            var isEnded = known.IsEnded();
            return new LogRow(known, isEnded && LogEnds[plan.LogEnd] is { } minutes ? submitted.AddMinutes(minutes) : null,
                known == TicketStatus.Closed && plan.Stars > 0 ? plan.Stars : null, plan.Stars > 2 ? plan.Stars * 1_015 : null,
                isEnded ? crews[0] : null, isEnded ? _technician : null);
        }

        /// <summary>What the server does by itself until then, at the moment at which it is due.</summary>
        private void Tick(RepairTicket ticket, DateTimeOffset until)
        {
            for (var guard = 0; guard < 500 && ticket.WatchAt is { } due && due <= until; guard++)
            {
                // A limit that was moved into the past is noticed now.
                if (due < ticket.LastEventAt) due = ticket.LastEventAt;
                if (ticket.Status == TicketStatus.Completed) ticket.Verify(null, null, byOffice: false, due);
                else ticket.ApplyElapsedTime(clocks, due);
                ticket.RecalculateDeadlines(clocks, due);
            }
        }

        private void Do(RepairTicket ticket, Step step, DateTimeOffset at)
        {
            RepairVerb[] possible = [.. Enum.GetValues<RepairVerb>().Where(v => !NotChosen.Contains(v) && ticket.Status.Allows(v))];
            var usual = ticket.Status switch
            {
                TicketStatus.New or TicketStatus.Triaged => RepairVerb.Assign,
                TicketStatus.Assigned => RepairVerb.Take,
                TicketStatus.Taken or TicketStatus.Rework => RepairVerb.Start,
                TicketStatus.OnHold => RepairVerb.Resume,
                TicketStatus.InProgress => RepairVerb.Complete,
                TicketStatus.Completed => step.Choice % 3 == 0 ? RepairVerb.SendBack : RepairVerb.Verify,
                TicketStatus.Closed => RepairVerb.Rate,
                _ => RepairVerb.Comment,
            };
            var verb = step.IsUsual ? usual : possible[step.Choice % possible.Length];
            var before = ticket.Snapshot();
            try
            {
                Perform(ticket, verb, step, at);
            }
            catch (Rejected)
            {
                return;
            }
            ticket.RecalculateDeadlines(clocks, at);
            if (!step.IsUndone || !Undoable.Contains(verb)) return;
            ticket.Undo(_office, verb, before, at.AddMinutes(2));
            ticket.RecalculateDeadlines(clocks, at.AddMinutes(2));
        }

        private void Perform(RepairTicket ticket, RepairVerb verb, Step step, DateTimeOffset at)
        {
            var (crew, technician) = (crews[step.Detail % crews.Count], step.Detail % 4 == 0 ? (long?)null : _technician);
            switch (verb)
            {
                case RepairVerb.Triage: ticket.Triage(_office, at); break;
                case RepairVerb.Reject: ticket.Reject(_office, step.Detail % 2 == 0 ? "重复报修" : "不归后勤", at); break;
                case RepairVerb.Assign: ticket.Assign(_office, crew, technician, null, at); break;
                case RepairVerb.Transfer: ticket.Transfer(_office, crew, technician, null, at); break;
                case RepairVerb.HandOver: ticket.HandOver(_office, _manager, null, at); break;
                case RepairVerb.Take: ticket.Take(_technician, at); break;
                case RepairVerb.Decline: ticket.Decline(_technician, "不是水电", at); break;
                case RepairVerb.Arrive: ticket.Arrive(_technician, at); break;
                case RepairVerb.Start: ticket.Start(_technician, at); break;
                case RepairVerb.Hold: ticket.Hold(_technician, (HoldReason)(step.Detail % 4 + 1), null, byOffice: false, at); break;
                case RepairVerb.Resume: ticket.Resume(_technician, null, byOffice: false, at); break;
                case RepairVerb.Complete: ticket.Complete(_technician, null, byOffice: false, at); break;
                case RepairVerb.Verify: ticket.Verify(step.Detail % 2 == 0 ? _office : ticket.ReporterId ?? _office, null, byOffice: false, at); break;
                case RepairVerb.SendBack: ticket.SendBack(_office, "还在滴", byOffice: true, at); break;
                case RepairVerb.Rate when ticket.ReporterId is { } reporter: ticket.Rate(reporter, step.Detail % 5 + 1, null, at); break;
                case RepairVerb.Cancel: ticket.Cancel(_office, null, byOffice: true, at); break;
                case RepairVerb.Nudge: ticket.Nudge(ticket.ReporterId ?? _office, null, at); break;
                case RepairVerb.Comment:
                    ticket.Comment(step.Detail % 3 == 0 ? ticket.ReporterId ?? _office : _office, "下午来", step.Detail % 4 == 0, byOffice: true, at);
                    break;
                case RepairVerb.ChangeUrgency: ticket.ChangeUrgency(_office, (Urgency)(step.Detail % 4 + 1), at); break;
                case RepairVerb.Correct: ticket.Correct(_office, rooms[step.Detail % rooms.Count], categories[step.Detail % 6 * 5].Id, null, at); break;
                case RepairVerb.RequestExtension: ticket.RequestExtension(_technician, (step.Detail % 40 + 1) * 60, "等阀芯", at); break;
                case RepairVerb.DecideExtension: ticket.DecideExtension(_manager, step.Detail % 3 > 0, null, clocks, at); break;
                default: break;
            }
        }
    }
}
