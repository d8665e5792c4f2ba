using LogisticsAdmin.Data;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Operations.Retention;

/// <summary>Names a run by the kind of data that it removed.</summary>
internal sealed class RetentionAuditWords() : AuditWords<RetentionText>(typeof(RetentionSettings), typeof(RetentionRun))
{
    private static readonly LocalName Settings = LocalName.Of<RetentionText>("Audit.Settings");

    public override IQueryable<EntityName>? Names(LogisticsDb db, Type entity)
    {
        if (entity == typeof(RetentionSettings))
            return db.RetentionSettings.AsNoTracking().Select(s => new EntityName { Id = s.Id, Zh = Settings.Zh, En = Settings.En, Search = Settings.Zh });
        var (inbox, signIns, rows) = (Of(RetentionKind.Inbox), Of(RetentionKind.SignIns), Of(RetentionKind.ImportRows));
        var (audit, people) = (Of(RetentionKind.Audit), Of(RetentionKind.People));
        return from r in db.RetentionRuns.AsNoTracking()
               let zh = r.Kind == RetentionKind.Inbox ? inbox.Zh : r.Kind == RetentionKind.SignIns ? signIns.Zh
                   : r.Kind == RetentionKind.ImportRows ? rows.Zh : r.Kind == RetentionKind.Audit ? audit.Zh : people.Zh
               let en = r.Kind == RetentionKind.Inbox ? inbox.En : r.Kind == RetentionKind.SignIns ? signIns.En
                   : r.Kind == RetentionKind.ImportRows ? rows.En : r.Kind == RetentionKind.Audit ? audit.En : people.En
               select new EntityName { Id = r.Id, Zh = zh, En = en, Search = zh + " " + en };
    }

    public override string? Measure(IStringLocalizer words, string entity, string field, string stored) =>
        field.EndsWith("Months", StringComparison.Ordinal) ? words["Months", stored].Value : null;

    private static LocalName Of(RetentionKind kind) => LocalName.Of<RetentionText>($"RetentionKind.{kind}");
}
