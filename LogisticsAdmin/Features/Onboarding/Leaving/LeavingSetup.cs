using LogisticsAdmin.Documents;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Onboarding.Leaving;

internal static class LeavingSetup
{
    public static IServiceCollection AddLeaving(this IServiceCollection services)
    {
        services.AddScoped<LeavingQueries>().AddScoped<LeavingService>().AddScoped<LeavingCheckOut>().AddScoped<LeavingUndo>().AddScoped<ClearanceSheets>();
        services.AddScoped<ICheckOutStep, InspectionStep>().AddScoped<ICheckOutStep, KeysStep>().AddScoped<IAskedPayments, LeavingPayments>();
        services.AddSingleton<IAuditWords, LeavingAuditWords>().AddScoped<ISearchProvider, LeavingSearch>();
        foreach (var kind in LeavingNotificationKind.All) services.AddSingleton<INotificationKind>(new LeavingNotificationKind(kind));
        services.AddSingleton<IPortalCard>(new PortalCard(22, typeof(LeavingCard)) { Only = actor => actor.Is(Role.Resident) });
        return services.AddSingleton<INavigationItem>(new NavigationItem(
            NavigationGroup.PeopleAndPlaces, 27, LeavingAddresses.All, LocalName.Of<LeavingText>("Navigation"), "moveouts", Policies.Office));
    }

    /// <summary>Rounds and who leaves in them as files, and clearance sheets on paper.</summary>
    public static void MapLeaving(this IEndpointRouteBuilder app)
    {
        app.MapGet("/onboarding/leaving/{id:long}/sheets.pdf", (
            long id, [Microsoft.AspNetCore.Mvc.FromQuery(Name = "class")] string? className, string? leaver, ClearanceSheets sheets, IDocumentEngine engine,
            IStringLocalizer<LeavingText> words, HttpContext context) => PdfAnswer.WriteAsync(
                context, words["Sheet"], engine, () => sheets.ReadAsync(id, className, TypedId.Parse(leaver), context.RequestAborted)))
            .RequireAuthorization(Policies.Office).DisableCookieRedirect();
        var exports = app.MapGroup("").RequireAuthorization(Policies.Office);
        exports.MapExport("leaving-rounds").MapGet("", (LeavingQueries leaving, IStringLocalizer<LeavingText> words) =>
            new ExportFile<LeavingRoundRow>(words["Title"], LeavingExport.Rounds(words), leaving.RoundsAsync));
        exports.MapExport("leavers").MapGet("", (
            string? round, string? q, [Microsoft.AspNetCore.Mvc.FromQuery(Name = "class")] string? className, string? state, string? sort,
            LeavingQueries leaving, IStringLocalizer<LeavingText> words) => new ExportFile<LeaverRow>(
                words["Title"], LeavingExport.People(words),
                ct => leaving.AllAsync(TypedId.Parse(round) ?? 0, LeaverFilter.Parse(q, className, state, sort), ct)));
    }
}
