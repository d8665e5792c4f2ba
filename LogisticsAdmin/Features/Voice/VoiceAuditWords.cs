using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Registries;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Voice;

/// <summary>An opened name is named by the number of the case, what is on the board by its title, limits by their day.</summary>
internal sealed class VoiceAuditWords() : AuditWords<VoiceText>(typeof(VoiceNameOpening), typeof(VoicePublication), typeof(VoiceLevel))
{
    public override IQueryable<EntityName>? Names(LogisticsDb db, Type entity)
    {
        if (entity == typeof(VoiceNameOpening))
            return db.VoiceNameOpenings.AsNoTracking().Select(o => new EntityName { Id = o.Id, Zh = o.Number, En = o.Number, Search = o.Number });
        if (entity == typeof(VoicePublication))
            return db.VoicePublications.AsNoTracking().Select(p => new EntityName { Id = p.Id, Zh = p.Title, En = p.Title, Search = p.Title });
        return db.VoiceLevels.AsNoTracking().Select(l => new EntityName { Id = l.Id, Zh = "#" + l.Id, En = "#" + l.Id, Search = "#" + l.Id });
    }
}
