using CsCheck;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>Many generated tickets in all states. They share a few moments, so that lists have many ties.</summary>
internal static class RandomTickets
{
    /// <summary>Describes one ticket: indexes into the stored data, and verbs that are tried one after the other.</summary>
    public sealed record Plan(int Room, int Category, int Urgency, int Words, int Hour, int Reporter, int Crew, RepairVerb[] Verbs);

    public static readonly string[] Words =
    [
        "水龙头漏水 tap leaks", "空调不制冷", "门锁坏了，进不去 Locked out", "灯 light 闪", "Wi-Fi 断网 café", "水 water", "🚿 喷头掉了", "<b>插座</b> 冒火花 101",
    ];

    private static readonly RepairVerb[] Tried = [.. VerbTable.AllVerbs.Except([RepairVerb.Rate, RepairVerb.Attach])];

    public static readonly Gen<Plan> Ticket = Gen.Select(
        Gen.Int[0, 5], Gen.Int[0, 5], Gen.Int[1, 4], Gen.Int[0, Words.Length - 1], Gen.Int[0, 2], Gen.Int[0, 2], Gen.Int[0, 1],
        (room, category, urgency, words, hour, reporter, crew) => (room, category, urgency, words, hour, reporter, crew)).Select(
        Gen.Int[0, Tried.Length - 1].Select(i => Tried[i]).Array[0, 12],
        (p, verbs) => new Plan(p.room, p.category, p.urgency, p.words, p.hour, p.reporter, p.crew, verbs));

    public static readonly string[] Reporters = [TestUsers.Resident, "2025020051", "100206"];

    public static Task StoreAsync(this TestHost host, IReadOnlyList<Plan> plans) => host.InDatabaseAsync(async db =>
    {
        var ct = TestContext.Current.CancellationToken;
        var rooms = await db.Rooms.Include(r => r.Building).Where(r => r.Code == "101" || r.Code == "1层走廊").OrderBy(r => r.Id).Take(6).ToListAsync(ct);
        var categories = await db.Categories.Where(c => c.ParentId != null).OrderBy(c => c.Id).ToListAsync(ct);
        var people = await db.Users.ToDictionaryAsync(p => p.UserName!, ct);
        (long Crew, long Technician)[] teams =
            [.. new[] { people[TestUsers.Technician], people["100206"] }.Select(p => (p.CrewId!.Value, p.Id))];
        var office = people[TestUsers.Dispatcher].Id;
        var (n, clocks) = (0, await host.ClocksAsync());
        foreach (var plan in plans)
        {
            var at = TestHost.Start.AddHours(plan.Hour);
            var report = new Report(rooms[plan.Room % rooms.Count], categories[plan.Category * 5].Id, (Urgency)plan.Urgency, Words[plan.Words], null);
            var ticket = RepairTicket.Submit($"BX20261122-{++n:0000}", report, people[Reporters[plan.Reporter]].Id, null, at);
            ticket.RecalculateDeadlines(clocks, at);
            foreach (var verb in plan.Verbs) Try(ticket, verb, office, teams[plan.Crew], at);
            db.RepairTickets.Add(ticket);
        }
        return await db.SaveChangesAsync(ct);
    });

    private static void Try(RepairTicket ticket, RepairVerb verb, long office, (long Crew, long Technician) team, DateTimeOffset at)
    {
        try
        {
            switch (verb)
            {
                case RepairVerb.Assign: ticket.Assign(office, team.Crew, team.Technician, null, at); break;
                case RepairVerb.Transfer: ticket.Transfer(office, team.Crew, null, null, at); break;
                case RepairVerb.Triage: ticket.Triage(office, at); break;
                case RepairVerb.Reject: ticket.Reject(office, "x", at); break;
                case RepairVerb.HandOver: ticket.HandOver(office, team.Technician, null, at); break;
                case RepairVerb.Take: ticket.Take(team.Technician, at); break;
                case RepairVerb.Decline: ticket.Decline(team.Technician, "x", at); break;
                case RepairVerb.Start: ticket.Start(team.Technician, at); break;
                case RepairVerb.Hold: ticket.Hold(office, HoldReason.Parts, null, byOffice: true, at); break;
                case RepairVerb.Resume: ticket.Resume(office, null, byOffice: true, at); break;
                case RepairVerb.Complete: ticket.Complete(team.Technician, null, byOffice: false, at); break;
                case RepairVerb.Verify: ticket.Verify(null, null, byOffice: false, at); break;
                case RepairVerb.SendBack: ticket.SendBack(office, "x", byOffice: true, at); break;
                case RepairVerb.Cancel: ticket.Cancel(office, null, byOffice: true, at); break;
                case RepairVerb.Nudge: ticket.Nudge(office, null, at); break;
                case RepairVerb.Comment: ticket.Comment(office, "x", isInternal: false, byOffice: true, at); break;
                case RepairVerb.ChangeUrgency: ticket.ChangeUrgency(office, Urgency.Urgent, at); break;
                case RepairVerb.BecomeOverdue: ticket.BecomeOverdue(ClockKind.Completion, at.AddDays(60)); break;
                default: break;
            }
        }
        catch (Rejected)
        {
            // The state does not allow it; the next verb may fit.
        }
    }
}
