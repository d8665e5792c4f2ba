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
        if (entity == typeof(FeeRate)) return Named(db, db.FeeRates.AsNoTracking().Select(r => new Thing { Id = r.Id, KindId = r.KindId }));
        if (entity == typeof(RateProposal)) return Named(db, db.RateProposals.AsNoTracking().Select(p => new Thing { Id = p.Id, KindId = p.KindId }));
        if (entity == typeof(BillingRun)) return Named(db, db.BillingRuns.AsNoTracking().Select(r => new Thing { Id = r.Id, KindId = r.KindId }));
        if (entity != typeof(Meter)) return null;
        return db.Meters.AsNoTracking().Select(m => new EntityName { Id = m.Id, Zh = m.Number, En = m.Number, Search = m.Number });
    }

    private static IQueryable<EntityName> Named(LogisticsDb db, IQueryable<Thing> things) =>
        from thing in things
        join kind in db.FeeKinds.AsNoTracking() on thing.KindId equals kind.Id
        select new EntityName
        {
            Id = thing.Id,
            Zh = kind.Name + " #" + thing.Id,
            En = kind.NameEn + " #" + thing.Id,
            Search = kind.Name + " " + kind.NameEn,
        };

    // Members and not constructor parameters: a query can be translated only through these.
    private sealed class Thing
    {
        public long Id { get; init; }
        public long KindId { get; init; }
    }
}
