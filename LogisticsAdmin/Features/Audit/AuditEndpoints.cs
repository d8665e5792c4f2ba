using LogisticsAdmin.Security;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Audit;

public static class AuditEndpoints
{
    /// <summary>The log as a file, narrowed as the page's address spells it.</summary>
    public static void MapAudit(this IEndpointRouteBuilder app) =>
        app.MapExport("audit", (string? who, string? entity, string? thing, string? id, string? field, string? from, string? to,
            AuditService audit, AuditWords words, IStringLocalizer<AuditText> titles) =>
        {
            var filter = AuditFilter.Asked(who, entity, thing, id, field, from, to);
            return new GridFile<AuditRow>(titles["Audit"], Columns(titles, words), ct => audit.AllAsync(filter, ct));
        }).RequireAuthorization(Policies.Administrators);

    private static IReadOnlyList<GridColumn<AuditRow>> Columns(IStringLocalizer titles, AuditWords words) =>
    [
        new(titles["At"], r => r.At, GridFormat.Moment),
        new(titles["Actor"], words.Actor),
        new(titles["Kind"], r => words.Entity(r.Entity)),
        new(titles["Thing"], r => r.Thing.ToString()),
        new(titles["ThingId"], r => r.EntityId, GridFormat.Whole),
        new(titles["Field"], r => words.Field(r.Entity, r.Field)),
        new(titles["Old"], r => words.Value(r.Old)),
        new(titles["New"], r => words.Value(r.New)),
    ];
}
