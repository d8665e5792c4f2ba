using LogisticsAdmin.Data;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Onboarding.Leaving;

/// <summary>Who leaves in an open round has their room inspected, and pays what is damaged, before the bed is given up.</summary>
internal sealed class InspectionStep : ICheckOutStep
{
    private static readonly LocalName NotInspected = LocalName.Of<LeavingText>("Hold.Inspection"), Owed = LocalName.Of<LeavingText>("Hold.Damage");

    public async Task<IReadOnlyList<CheckOutHold>> HoldsAsync(LogisticsDb db, long personId, IReadOnlySet<long> leaving, CancellationToken ct)
    {
        var rounds = db.LeavingRounds;
        var open = await db.Leavers.AsNoTracking()
            .Where(l => l.PersonId == personId && l.CheckedOutAt == null && rounds.Any(r => r.Id == l.RoundId && r.ClosedAt == null))
            .OrderBy(l => l.Id).ToListAsync(ct);
        if (open.TrueForAll(l => l.InspectedAt is not null && !l.OwesDamage)) return [];
        var address = await LeavingQueries.AddressOfAsync(db, personId, ct);
        return [.. open.Where(l => l.InspectedAt is null || l.OwesDamage).Select(l => new CheckOutHold(SaidOf(l), address))];
    }

    private static LocalName SaidOf(Leaver leaver)
    {
        if (leaver.InspectedAt is null) return NotInspected;
        var amount = new Money(leaver.DamageFen);
        return new LocalName(string.Format(null, Owed.Zh, amount), string.Format(null, Owed.En, amount));
    }
}
