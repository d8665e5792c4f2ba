using LogisticsAdmin.Features.Repairs.Costs;
using LogisticsAdmin.Features.Repairs.Tickets;

namespace LogisticsAdmin.Features.Repairs.Demo;

/// <summary>What completed demo jobs used: labour, and parts that fit the fault, for some of them. At current prices.</summary>
internal sealed class DemoUses(DemoData demoData, DemoRandom random)
{
    private const int MinMinutes = 10, MaxMinutes = 150, Step = 5;

    /// <summary>Units of which half quantities are used.</summary>
    private static readonly string[] Measured = ["米", "升", "千克", "平方米"];

    public IEnumerable<RepairUse> Of(RepairTicket ticket, long ticketId, string category)
    {
        var begun = ticket.SubmittedAt;
        foreach (var e in ticket.Events)
        {
            if (e.Verb is RepairVerb.Start or RepairVerb.Resume) begun = e.At;
            if (e.Verb != RepairVerb.Complete) continue;
            var worker = ticket.TechnicianId!.Value;
            foreach (var part in Parts(category))
                yield return RepairUse.OfPart(ticketId, part.Id, Quantity(part), part.Price, By(worker, e.At));
            if (demoData.Rates.TryGetValue(ticket.CrewId!.Value, out var rate) && random.Chance(0.75))
                yield return RepairUse.OfLabour(ticketId, Minutes(e.At - begun), rate, By(worker, e.At));
        }
    }

    // Recorded within the last five minutes before completion.
    private UsedBy By(long worker, DateTimeOffset completed) => new(worker, worker, completed.AddSeconds(-random.Below(300)));

    private IEnumerable<DemoPart> Parts(string category)
    {
        if (!demoData.PartsBy.TryGetValue(category, out var fitting) || fitting.Count == 0 || random.Chance(0.4)) yield break;
        var first = random.Pick(fitting);
        yield return first;
        if (random.Chance(0.3) && random.Pick(fitting) is var second && second != first) yield return second;
    }

    private decimal Quantity(DemoPart part) =>
        Measured.Contains(part.Unit) ? 0.5m * (1 + random.Below(2 * part.MaxQuantity))
        : random.Chance(0.7) ? 1
        : 1 + random.Below(part.MaxQuantity);

    /// <summary>Rounded down to five minutes, as people record it. A longer time, such as one with a night in between, is replaced by a random one.</summary>
    private int Minutes(TimeSpan since)
    {
        var minutes = (int)since.TotalMinutes;
        if (minutes > MaxMinutes) minutes = MinMinutes + random.Below(MaxMinutes - MinMinutes);
        return Math.Max(MinMinutes, minutes / Step * Step);
    }
}
