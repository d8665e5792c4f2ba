using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Repairs.Costs;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Demo;

public sealed record DemoReport(int Tickets, int Events, int Open);

/// <summary>
/// Generates realistic tickets with their history, in one transaction: the same arguments and the same data give the same tickets.
/// Existing tickets are kept, and numbers continue after theirs.
/// </summary>
public sealed class DemoTickets(IDbContextFactory<LogisticsDb> databases, OfficeTime office, ServiceClockCache clockCache)
{
    private const int Chunk = 4_000, InboxMessages = 40;
    private static readonly TimeSpan Recent = TimeSpan.FromHours(10);

    /// <summary>Spreads the reports over the months before <paramref name="until"/>. Refuses if there are no people to generate a demo for.</summary>
    public async Task<DemoReport> GenerateAsync(int tickets, int months, int seed, DateTimeOffset until, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.WriteAsync(async token =>
        {
            // Inserts touch pages all over the indexes of a large table; keeping these in memory makes it twice as fast.
            await db.ExpectBulkLoadAsync(token);
            var demoData = await DemoData.LoadAsync(db, await clockCache.CurrentAsync(token), office, token);
            if (!demoData.IsEnough) throw Rejected.Because<DemoText>("NoDemoPeople");
            var random = new DemoRandom(seed);
            var faults = new DemoFaults(demoData, random);
            var life = new DemoTicketLife(demoData, random, office, until);
            var used = new DemoUses(demoData, random);
            var first = office.DayOf(until).AddMonths(-months).AddDays(1);
            var moments = faults.Moments(tickets, office, first, until);
            var numbers = await NumbersAsync(db, moments, token);

            using var bulk = new BulkWriter(db);
            var nextId = bulk.NextId<RepairTicket>();
            var (events, open) = (0, 0);
            List<InboxItem> inbox = [];
            foreach (var chunk in moments.Index().Chunk(Chunk))
            {
                List<RepairTicket> lived = new(chunk.Length);
                List<RepairUse> uses = [];
                foreach (var (index, at) in chunk)
                {
                    var fault = faults.Next(at, office.Local(at).Month);
                    var ticket = life.Play(numbers[index], fault, at);
                    lived.Add(ticket);
                    uses.AddRange(used.Of(ticket, nextId + index, fault.Category.Code));
                    if (ticket.Status == TicketStatus.Closed) faults.Closed(nextId + index, ticket.EndedAt!.Value, fault);
                    events += ticket.Events.Count;
                    if (ticket.Status.IsOpen()) open++;
                    if (ticket.LastEventAt > until - Recent) inbox.AddRange(Messages(ticket, until - Recent));
                }
                bulk.Add(lived, token);
                bulk.Add(uses, token);
            }
            bulk.Add(inbox.OrderBy(i => i.At).TakeLast(InboxMessages), token);
            return new DemoReport(tickets, events, open);
        }, ct);
    }

    private async Task<List<string>> NumbersAsync(LogisticsDb db, List<DateTimeOffset> moments, CancellationToken ct)
    {
        List<string> numbers = new(moments.Count);
        foreach (var day in moments.GroupBy(office.DayOf))
        {
            var count = day.Count();
            var first = await db.TakeNumbersAsync(RepairTicket.Series, day.Key, count, ct);
            for (var i = 0; i < count; i++) numbers.Add(DayNumbers.Format(RepairTicket.Series, day.Key, first + i));
        }
        return numbers;
    }

    /// <summary>The inbox messages since the given moment; older ones are assumed to be read.</summary>
    private static IEnumerable<InboxItem> Messages(RepairTicket ticket, DateTimeOffset since)
    {
        var about = CleanText.Summary(ticket.Description, 40);
        foreach (var written in ticket.Events.Where(e => e.At > since))
        {
            var (person, kind) = written.Verb switch
            {
                RepairVerb.Assign => (written.PersonId, RepairNotification.Assigned),
                RepairVerb.Nudge => (ticket.OwnerId, RepairNotification.Nudged),
                RepairVerb.BecomeOverdue => (ticket.OwnerId, RepairNotification.BecameOverdue),
                RepairVerb.Decline => (ticket.OwnerId, RepairNotification.Declined),
                RepairVerb.DecideExtension => (ticket.ReporterId, RepairNotification.ExtensionDecided),
                RepairVerb.Take or RepairVerb.Complete or RepairVerb.Hold => (ticket.ReporterId, RepairNotification.StateChanged),
                _ => (null, default),
            };
            if (person is { } whom) yield return new InboxItem(whom, (int)kind, ticket.Number, written.To.ToString(), written.At, about);
        }
    }
}
