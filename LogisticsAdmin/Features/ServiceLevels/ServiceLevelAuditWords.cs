using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.ServiceLevels.Parts;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.ServiceLevels;

/// <summary>Names a level by its urgency, shows limits in hours, and tells a new level as a change of the one it replaced.</summary>
internal sealed class ServiceLevelAuditWords() : AuditWords<ServiceLevelsText>(typeof(ServiceLevel), typeof(EscalationStep))
{
    private static readonly IReadOnlyList<string> Limits =
        [nameof(ServiceLevel.ResponseMinutes), nameof(ServiceLevel.CompletionMinutes), nameof(ServiceLevel.RoundTheClock)];

    private static readonly LocalName Single = LocalName.Of<ServiceLevelsText>("Audit.OfSubject");

    public override IQueryable<EntityName>? Names(LogisticsDb db, Type entity)
    {
        if (entity != typeof(ServiceLevel)) return null;
        var (emergency, urgent, normal, major) = (Urgency.Emergency.Name(), Urgency.Urgent.Name(), Urgency.Normal.Name(), Urgency.Major.Name());
        return from l in db.ServiceLevels.AsNoTracking()
               let zh = (l.Urgency == Urgency.Emergency ? emergency.Zh : l.Urgency == Urgency.Urgent ? urgent.Zh
                   : l.Urgency == Urgency.Normal ? normal.Zh : major.Zh) + (l.CategoryId == null ? "" : Single.Zh)
               let en = (l.Urgency == Urgency.Emergency ? emergency.En : l.Urgency == Urgency.Urgent ? urgent.En
                   : l.Urgency == Urgency.Normal ? normal.En : major.En) + (l.CategoryId == null ? "" : Single.En)
               select new EntityName { Id = l.Id, Zh = zh, En = en, Search = zh + " " + en };
    }

    public override string? Measure(IStringLocalizer words, string entity, string field, string stored) =>
        field.EndsWith("Minutes", StringComparison.Ordinal) && int.TryParse(stored, CultureInfo.InvariantCulture, out var minutes)
            ? entity == nameof(EscalationStep) ? LevelWords.Moment(words, minutes) : LevelWords.Span(words, minutes)
            : null;

    public override AuditReplacement? Replacement(LogisticsDb db, Type entity)
    {
        if (entity != typeof(ServiceLevel)) return null;
        var levels = db.ServiceLevels.AsNoTracking();
        var pairs =
            from n in levels
            from o in levels
            where o.Urgency == n.Urgency && o.CategoryId == n.CategoryId && o.Until == n.From && o.Id != n.Id
            select new ReplacedThing { Id = n.Id, ReplacedId = o.Id };
        return new AuditReplacement(pairs, Limits);
    }
}
