using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.Metering;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Registries;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees;

/// <summary>A rate, a proposal and a run are named by their kind; a meter by its number.</summary>
internal sealed class FeesAuditWords() : AuditWords<FeesText>(
    typeof(FeeKind), typeof(FeeRate), typeof(RateProposal), typeof(ResidentGroup), typeof(ResidentGroupMember), typeof(Meter), typeof(BillingRun))
{
    public override IQueryable<EntityName>? Names(LogisticsDb db, Type entity)
    {
        var kinds = db.FeeKinds;
        if (entity == typeof(FeeRate)) return Named(db.FeeRates.AsNoTracking().Join(kinds, r => r.KindId, k => k.Id, (r, k) => new Pair(r.Id, k)));
        if (entity == typeof(RateProposal)) return Named(db.RateProposals.AsNoTracking().Join(kinds, p => p.KindId, k => k.Id, (p, k) => new Pair(p.Id, k)));
        if (entity == typeof(BillingRun)) return Named(db.BillingRuns.AsNoTracking().Join(kinds, r => r.KindId, k => k.Id, (r, k) => new Pair(r.Id, k)));
        if (entity != typeof(Meter)) return null;
        return db.Meters.AsNoTracking().Select(m => new EntityName { Id = m.Id, Zh = m.Number, En = m.Number, Search = m.Number });
    }

    private static IQueryable<EntityName> Named(IQueryable<Pair> things) => things.Select(t => new EntityName
    {
        Id = t.Id,
        Zh = t.Kind.Name + " #" + t.Id,
        En = t.Kind.NameEn + " #" + t.Id,
        Search = t.Kind.Name + " " + t.Kind.NameEn,
    });

    private sealed record Pair(long Id, FeeKind Kind);
}
