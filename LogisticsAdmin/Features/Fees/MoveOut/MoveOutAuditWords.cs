using LogisticsAdmin.Data;
using LogisticsAdmin.Registries;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.MoveOut;

/// <summary>What takes a statement back is named by the statement's number.</summary>
internal sealed class MoveOutAuditWords() : AuditWords<MoveOutText>(typeof(MoveOutReversal), typeof(MoveOutSetting))
{
    public override IQueryable<EntityName>? Names(LogisticsDb db, Type entity)
    {
        if (entity != typeof(MoveOutReversal)) return null;
        return
            from reversal in db.MoveOutReversals.AsNoTracking()
            join statement in db.MoveOutStatements.AsNoTracking() on reversal.StatementId equals statement.Id
            select new EntityName { Id = reversal.Id, Zh = statement.Number, En = statement.Number, Search = statement.Number };
    }
}
