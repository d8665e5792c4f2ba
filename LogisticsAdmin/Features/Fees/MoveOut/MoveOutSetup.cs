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
        services.AddScoped<MoveOutService>().AddScoped<MoveOutReversals>().AddScoped<MoveOutSettingService>();
        services.AddScoped<MoveOutQueries>().AddScoped<MoveOutDocument>();
        services.AddScoped<IPersonSection, MoveOutsOfPerson>().AddScoped<ISearchProvider, MoveOutSearch>().AddScoped<ICheckOutStep, StatementStep>();
        services.AddSingleton<INotificationKind, MoveOutNotificationKind>().AddSingleton<IAuditWords, MoveOutAuditWords>();
        services.AddSingleton<ISettingsSection>(new SettingsSection(
            61, MoveOutAddresses.Settings, LocalName.Of<MoveOutText>("Navigation"), LocalName.Of<MoveOutText>("Settings.About"), "moveouts",
            Policies.Office));
        return services.AddSingleton<INavigationItem>(new NavigationItem(
            NavigationGroup.Fees, 60, MoveOutAddresses.All, LocalName.Of<MoveOutText>("Navigation"), "moveouts", Policies.Office));
    }

    /// <summary>The settled statements as a file, and each on paper.</summary>
    public static void MapMoveOut(this IEndpointRouteBuilder app)
    {
        app.MapGet("/fees/move-outs/{number}.pdf", (string number, MoveOutDocument paper, IDocumentEngine engine, HttpContext context) =>
            PdfAnswer.WriteAsync(context, number, engine, () => paper.ReadAsync(number, context.RequestAborted)))
            .RequireAuthorization().DisableCookieRedirect();
        app.MapGet("/my/fees/move-outs/{number}.pdf", (string number, MoveOutDocument paper, IDocumentEngine engine, HttpContext context) =>
            PdfAnswer.WriteAsync(context, number, engine, () => paper.ReadMineAsync(number, context.RequestAborted)))
            .RequireAuthorization().DisableCookieRedirect();
        app.MapGroup("").RequireAuthorization(Policies.Office).MapExport("fee-move-outs").MapGet("", (
            string? q, MoveOutQueries statements, IStringLocalizer<MoveOutText> words) => new ExportFile<MoveOutRow>(
                words["Statements"], MoveOutExport.Columns(words), ct => statements.AllAsync(MoveOutFilter.Parse(q, page: null), ct)));
    }
}
