using LogisticsAdmin.Documents;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Fees.MoveOut;

internal static class MoveOutSetup
{
    public static IServiceCollection AddMoveOut(this IServiceCollection services)
    {
        services.AddScoped<MoveOutService>().AddScoped<MoveOutQueries>().AddScoped<MoveOutDocument>();
        services.AddScoped<IPersonSection, MoveOutsOfPerson>();
        return services.AddSingleton<INavigationItem>(new NavigationItem(
            NavigationGroup.Fees, 60, MoveOutAddresses.All, LocalName.Of<MoveOutText>("Navigation"), "moveouts", Policies.Office));
    }

    /// <summary>The settled statements as a file, and each on paper.</summary>
    public static void MapMoveOut(this IEndpointRouteBuilder app)
    {
        app.MapGet("/fees/move-outs/{number}.pdf", (string number, MoveOutDocument paper, IDocumentEngine engine, HttpContext context) =>
            PdfAnswer.WriteAsync(context, number, engine, () => paper.ReadAsync(number, context.RequestAborted)))
            .RequireAuthorization().DisableCookieRedirect();
        app.MapGroup("").RequireAuthorization(Policies.Office).MapExport("fee-move-outs", (
            string? q, MoveOutQueries statements, IStringLocalizer<MoveOutText> words) => new ExportFile<MoveOutRow>(
                words["Statements"], MoveOutExport.Columns(words), ct => statements.AllAsync(MoveOutFilter.Parse(q, page: null), ct)));
    }
}
