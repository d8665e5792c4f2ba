using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.News.Proof;

internal static class ProofSetup
{
    public static IServiceCollection AddProof(this IServiceCollection services) => services.AddScoped<ProofService>();

    /// <summary>The addressed people of an item as a file, filtered by the same query string as its page.</summary>
    public static void MapProof(this IEndpointRouteBuilder app) =>
        app.MapGroup("").RequireAuthorization().MapExport("news-readers").MapGet("",
            (string? item, string? state, string? q, string? building, string? @class, ProofService proof, IStringLocalizer<ProofText> words) =>
                new ExportFile<ProofPerson>(
                    words["Export.Title", item ?? ""], Columns(words),
                    ct => proof.AllAsync(item ?? "", ProofFilter.Parse(state, q, TypedId.Parse(building), @class), ct)));

    private static IReadOnlyList<ExportColumn<ProofPerson>> Columns(IStringLocalizer words) =>
    [
        new(words["Column.Name"], p => p.Name),
        new(words["Column.Number"], p => p.Number),
        new(words["Column.Building"], p => p.Building?.ToString()),
        new(words["Column.Room"], p => p.Room),
        new(words["Column.Class"], p => p.ClassName),
        new(words["Column.Told"], p => p.ToldAt, ColumnFormat.Moment),
        new(words["Column.Read"], p => p.ReadAt, ColumnFormat.Moment),
        new(words["Column.Confirmed"], p => p.ConfirmedAt, ColumnFormat.Moment),
        new(words["Column.Reminded"], p => p.RemindedAt, ColumnFormat.Moment),
    ];
}
