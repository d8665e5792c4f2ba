using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Outbox.Robots;
using LogisticsAdmin.Registries;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Outbox;

/// <summary>A message is named by what it is about.</summary>
internal sealed class OutboxAuditWords() : AuditWords<OutboxText>(typeof(OutboxMessage), typeof(GroupRobot))
{
    public override IQueryable<EntityName>? Names(LogisticsDb db, Type entity)
    {
        if (entity != typeof(OutboxMessage)) return null;
        return from m in db.Outbox.AsNoTracking()
               let name = m.About == null ? m.Subject : m.Subject + " · " + m.About
               select new EntityName { Id = m.Id, Zh = name, En = name, Search = name };
    }
}
