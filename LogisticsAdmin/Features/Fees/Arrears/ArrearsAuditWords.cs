using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Registries;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Arrears;

/// <summary>Thresholds are named by their kind of fee, cut-offs by their number.</summary>
internal sealed class ArrearsAuditWords() : AuditWords<ArrearsText>(typeof(ArrearsSetting), typeof(ExamPeriod), typeof(LeakSetting), typeof(CutOffOrder))
{
    public override IQueryable<EntityName>? Names(LogisticsDb db, Type entity)
    {
        if (entity == typeof(ArrearsSetting))
        {
            return
                from setting in db.ArrearsSettings.AsNoTracking()
                join kind in db.FeeKinds.AsNoTracking() on setting.FeeKindId equals kind.Id
                select new EntityName { Id = setting.Id, Zh = kind.Name, En = kind.NameEn, Search = kind.Name + " " + kind.NameEn };
        }
        if (entity == typeof(ExamPeriod))
            return db.ExamPeriods.AsNoTracking().Select(e => new EntityName { Id = e.Id, Zh = e.Name, En = e.Name, Search = e.Name });
        if (entity == typeof(CutOffOrder))
            return db.CutOffOrders.AsNoTracking().Select(o => new EntityName { Id = o.Id, Zh = o.Number, En = o.Number, Search = o.Number });
        return null;
    }
}
