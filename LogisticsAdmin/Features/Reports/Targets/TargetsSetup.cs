using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Reports.Figures;
using LogisticsAdmin.Security;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Reports.Targets;

internal static class TargetsSetup
{
    public static IServiceCollection AddTargets(this IServiceCollection services, bool withExamples)
    {
        services.AddScoped<TargetsService>();
        services.AddScoped<TargetUndo>();
        if (withExamples) services.AddScoped<IReferenceRows, DemoTargets>();
        return services;
    }

    /// <summary>The list of targets as a file, filtered and sorted by the same query string as its page.</summary>
    public static void MapTargets(this IEndpointRouteBuilder app) =>
        app.MapGroup("").RequireAuthorization(new VisibleToAttribute(Policies.Management)).MapExport("report-targets").MapGet("",
            (string? q, string? section, string? owner, string? state, string? sort, TargetsService targets, FigureFormat format,
                IStringLocalizer<TargetsText> words) => new ExportFile<TargetRow>(words["Title"], TargetExport.Columns(words, format),
                async ct => (await targets.ListAsync(TargetFilter.Parse(q, section, owner, state, sort), ct)).Rows));
}
