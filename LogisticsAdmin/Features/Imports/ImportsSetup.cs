using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Writing;

namespace LogisticsAdmin.Features.Imports;

public static class ImportsSetup
{
    public static IServiceCollection AddImports(this IServiceCollection services)
    {
        services.AddSingleton<IncomingFiles>();
        services.AddHostedService(sp => sp.GetRequiredService<IncomingFiles>());
        services.AddScoped<ImportService>();
        services.AddScoped<ImportWords>();
        return services;
    }

    /// <summary>The workbook to fill in for a kind, in the person's language.</summary>
    public static void MapImports(this IEndpointRouteBuilder app) =>
        app.MapGet("/imports/{kind}/template.xlsx", (string kind, ImportService imports) =>
        {
            try
            {
                var wanted = imports.KindOf(kind);
                var file = new MemoryStream();
                TemplateWorkbook.Write(file, wanted.Name, wanted.Columns, System.Globalization.CultureInfo.CurrentUICulture.Name);
                return Results.File(file.ToArray(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", $"{wanted.Name}.xlsx");
            }
            catch (NotFound)
            {
                return Results.NotFound();
            }
        }).RequireAuthorization(Policies.Managers);
}
