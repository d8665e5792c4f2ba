using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Imports;

public static class ImportsSetup
{
    public static IServiceCollection AddImports(this IServiceCollection services)
    {
        services.AddSingleton<IncomingFiles>();
        services.AddHostedService(sp => sp.GetRequiredService<IncomingFiles>());
        services.AddScoped<ImportService>();
        services.AddScoped<ImportWords>();
        services.AddScoped<ImportBatches>();
        services.AddScoped<IImportBatches>(sp => sp.GetRequiredService<ImportBatches>());
        services.AddSingleton<INavigationItem>(
            new NavigationItem(NavigationGroup.Data, 10, "imports", LocalName.Of<ImportsText>("Navigation"), "import", Policies.Office));
        services.AddSingleton<IAuditWords>(new AuditWords<ImportsText>(typeof(ImportBatch)));
        return services;
    }

    /// <summary>Templates of all kinds in the person's language, and the export of the list of batches.</summary>
    public static void MapImports(this IEndpointRouteBuilder app)
    {
        app.MapExport("imports").MapGet("", (string? kind, string? q, ImportService imports, IStringLocalizer<ImportsText> words) =>
            new ExportFile<BatchRow>(words["Batches"], Columns(words), ct => imports.BatchesAsync(new BatchFilter(kind, q), int.MaxValue, ct)))
            .RequireAuthorization(Policies.Office);
        app.MapExport("import-rows").MapGet("", async (string? batch, ImportService imports, ImportWords words, CancellationToken ct) =>
        {
            var detail = await imports.BatchAsync(TypedId.Parse(batch) ?? throw new NotFound(), ct);
            return new ExportFile<RowVerdict>($"{detail.Batch.KindName} {Path.GetFileNameWithoutExtension(detail.Batch.FileName)}",
                words.Columns(imports.KindOf(detail.Batch.Kind)), _ => Task.FromResult(detail.Rows ?? []));
        }).RequireAuthorization(Policies.Office);
        app.MapGet("/imports/batches/{batch:long}/reasons.xlsx", async (
            long batch, ImportService imports, IStringLocalizer<ImportsText> words, CancellationToken ct) =>
        {
            try
            {
                var detail = await imports.BatchAsync(batch, ct);
                var file = new MemoryStream();
                await imports.WriteReasonsAsync(batch, file, ct);
                return Workbook(file, $"{Path.GetFileNameWithoutExtension(detail.Batch.FileName)}-{words["Reasons"]}.xlsx");
            }
            catch (NotFound)
            {
                return Results.NotFound();
            }
        }).RequireAuthorization(Policies.Office);
        app.MapGet("/imports/{kind}/template.xlsx", (string kind, ImportService imports) =>
        {
            try
            {
                var wanted = imports.KindOf(kind);
                var file = new MemoryStream();
                TemplateWorkbook.Write(file, wanted.Name, wanted.Columns, System.Globalization.CultureInfo.CurrentUICulture.Name);
                return Workbook(file, $"{wanted.Name}.xlsx");
            }
            catch (NotFound)
            {
                return Results.NotFound();
            }
        }).RequireAuthorization(Policies.Office);
    }

    private static IResult Workbook(MemoryStream file, string name) =>
        Results.File(file.ToArray(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name);

    private static IReadOnlyList<ExportColumn<BatchRow>> Columns(IStringLocalizer words) =>
    [
        new(words["At"], b => b.At, ColumnFormat.Moment),
        new(words["Kind"], b => b.KindName.ToString()),
        new(words["File"], b => b.FileName),
        new(words["Sheet"], b => b.Sheet),
        new(words["By"], b => b.By ?? words["System"].Value),
        new(words["Rows"], b => b.Counts.Read, ColumnFormat.Whole),
        new(words["ImportOutcome.New"], b => b.Counts.New, ColumnFormat.Whole),
        new(words["ImportOutcome.Changed"], b => b.Counts.Changed, ColumnFormat.Whole),
        new(words["ImportOutcome.Same"], b => b.Counts.Same, ColumnFormat.Whole),
        new(words["ImportOutcome.Rejected"], b => b.Counts.Rejected, ColumnFormat.Whole),
        new(words["UndoneAt"], b => b.UndoneAt, ColumnFormat.Moment),
        new(words["UndoneBy"], b => b.UndoneAt is null ? null : b.UndoneBy ?? words["System"].Value),
    ];
}
