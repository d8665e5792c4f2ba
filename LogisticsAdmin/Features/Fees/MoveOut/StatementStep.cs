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

    public async Task<IReadOnlyList<CheckOutHold>> HoldsAsync(LogisticsDb db, long personId, IReadOnlySet<long> leaving, CancellationToken ct) =>
        (await HoldsOfEachAsync(db, [personId], ct)).GetValueOrDefault(personId, []);

    public async Task<IReadOnlyDictionary<long, IReadOnlyList<CheckOutHold>>> HoldsOfEachAsync(
        LogisticsDb db, IReadOnlyCollection<long> people, CancellationToken ct)
    {
        Dictionary<long, IReadOnlyList<CheckOutHold>> found = [];
        if (!await MoveOutSettingService.DemandsStatementAsync(db, ct)) return found;
        List<long> ids = [.. people];
        var stays = (await db.Set<Occupancy>().AsNoTracking().Where(o => EF.Parameter(ids).Contains(o.PersonId) && o.Until == null).ToListAsync(ct))
            .GroupBy(o => o.PersonId).Select(g => g.MaxBy(o => o.Id)!).ToList();
        var stayIds = stays.ConvertAll(s => s.Id);
        var settled = await db.MoveOutStatements.AsNoTracking().Where(s => EF.Parameter(stayIds).Contains(s.OccupancyId) && s.TakenBackAt == null)
            .Select(s => s.OccupancyId).ToHashSetAsync(ct);
        // What is not billed yet is computed for each.
        foreach (var stay in stays.Where(s => !settled.Contains(s.Id)))
        {
            var facts = new MoveOutFacts(db, office, await OpenStay.OfAsync(db, office, stay, ct), office.Today);
            if (await facts.IsOpenAsync(ct)) found[stay.PersonId] = [new CheckOutHold(Unbilled, MoveOutAddresses.New(stay.PersonId))];
        }
        return found;
    }
}
