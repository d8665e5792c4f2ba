using LogisticsAdmin.Documents;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Fees.Reconciliation;

internal static class ReconciliationSetup
{
    public static IServiceCollection AddReconciliation(this IServiceCollection services)
    {
        services.AddScoped<StatementWork>().AddScoped<ReconciliationService>().AddScoped<ReconciliationQueries>().AddScoped<ReconciliationDocument>();
        services.AddScoped<ICreditedPayments, CreditedLines>();
        services.AddSingleton<INotificationKind, ReconciliationNotificationKind>();
        services.AddSingleton<INavigationItem>(new NavigationItem(
            NavigationGroup.Fees, 45, "fees/reconciliation", LocalName.Of<ReconciliationText>("Title"), "reconciliation", Policies.Office));
        return services.AddHostedService<ReconciliationJob>();
    }

    /// <summary>The lines of a day, or all differences, as a file; a day on paper.</summary>
    public static void MapReconciliation(this IEndpointRouteBuilder app)
    {
        app.MapGroup("").RequireAuthorization(Policies.Office).MapExport("fee-reconciliation").MapGet("",
            (string? day, string? state, ReconciliationQueries queries, PaymentGateways gateways, IStringLocalizer<ReconciliationText> words) =>
                new ExportFile<LineRow>(words["Title"], ReconciliationExport.Columns(words, gateways),
                    ct => queries.AllAsync(IdOf(day), LineFilter.Parse(state, page: null), ct)));
        app.MapGet("/fees/reconciliation/{id}.pdf", (string id, ReconciliationDocument document, IDocumentEngine engine, HttpContext context) =>
            PdfAnswer.WriteAsync(context, $"reconciliation-{IdOf(id)}", engine, () => document.ReadAsync(IdOf(id) ?? 0, context.RequestAborted)))
            .RequireAuthorization(Policies.Office).DisableCookieRedirect();
    }

    // No day has the id 0.
    private static long? IdOf(string? typed) => string.IsNullOrEmpty(typed) ? null : TypedId.Parse(typed) ?? 0;
}
