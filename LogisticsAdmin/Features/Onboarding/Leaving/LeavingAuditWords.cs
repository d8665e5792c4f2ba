using LogisticsAdmin.Data;
using LogisticsAdmin.Registries;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Onboarding.Leaving;

/// <summary>Who leaves is called by the person's name.</summary>
internal sealed class LeavingAuditWords() : AuditWords<LeavingText>(typeof(LeavingRound), typeof(Leaver))
{
    public override IQueryable<EntityName>? Names(LogisticsDb db, Type entity)
    {
        if (entity != typeof(Leaver)) return null;
        return db.Leavers.AsNoTracking().Join(db.Users, l => l.PersonId, p => p.Id, (l, p) => new EntityName
        {
            Id = l.Id,
            Zh = p.FullName,
            En = p.FullName,
            Search = p.FullName + " " + p.Number,
        });
    }
}
