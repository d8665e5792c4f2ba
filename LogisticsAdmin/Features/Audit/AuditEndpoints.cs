using LogisticsAdmin.Security;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Audit;

public static class AuditEndpoints
{
    /// <summary>The log as a file, filtered by the same query as the page.</summary>
    public static void MapAudit(this IEndpointRouteBuilder app) =>
        app.MapExport("audit").MapGet("", (string? who, string? entity, string? thing, string? id, string? field, string? from, string? to,
            AuditService audit, AuditDisplay display, IStringLocalizer<AuditText> titles) =>
        {
            var filter = AuditFilter.Parse(who, entity, thing, id, field, from, to);
            return new ExportFile<AuditRow>(titles["Audit"], Columns(titles, display), ct => audit.AllAsync(filter, ct));
        }).RequireAuthorization(Policies.Administrators);

    private static IReadOnlyList<ExportColumn<AuditRow>> Columns(IStringLocalizer titles, AuditDisplay display) =>
    [
        new(titles["At"], r => r.At, ColumnFormat.Moment),
        new(titles["Actor"], r => display.Actor(r.Actor)),
        new(titles["Kind"], r => display.Entity(r.Entity)),
        new(titles["Thing"], r => r.Thing.ToString()),
        new(titles["ThingId"], r => r.EntityId, ColumnFormat.Whole),
        new(titles["Field"], r => display.Field(r.Entity, r.Field)),
        new(titles["Old"], r => display.Value(r, r.Old)),
        new(titles["New"], r => display.Value(r, r.New)),
    ];
}
