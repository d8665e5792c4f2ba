using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.MoveOut;

/// <summary>What is not billed yet is settled before a bed is given up, where the office wants that.</summary>
internal sealed class StatementStep(OfficeTime office) : ICheckOutStep
{
    private static readonly LocalName Unbilled = LocalName.Of<MoveOutText>("HeldUp");

    public async Task<IReadOnlyList<CheckOutHold>> HoldsAsync(LogisticsDb db, long personId, IReadOnlySet<long> leaving, CancellationToken ct)
    {
        if (!await MoveOutSettingService.DemandsStatementAsync(db, ct)) return [];
        var stay = await db.Set<Occupancy>().AsNoTracking().Where(o => o.PersonId == personId && o.Until == null).OrderByDescending(o => o.Id)
            .FirstOrDefaultAsync(ct);
        if (stay is null || await db.MoveOutStatements.AnyAsync(s => s.OccupancyId == stay.Id && s.TakenBackAt == null, ct)) return [];
        var facts = new MoveOutFacts(db, office, await OpenStay.OfAsync(db, office, stay, ct), office.Today);
        return await facts.IsOpenAsync(ct) ? [new CheckOutHold(Unbilled, MoveOutAddresses.New(personId))] : [];
    }
}
