using LogisticsAdmin.Features.Fees.Arrears.Parts;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Fees.Arrears;

internal static class ArrearsSetup
{
    public static IServiceCollection AddArrears(this IServiceCollection services)
    {
        services.AddScoped<ArrearsNotices>().AddScoped<ArrearsService>().AddScoped<CutOffService>().AddScoped<ArrearsSettingService>();
        services.AddScoped<ArrearsUndo>().AddScoped<CutOffReleases>().AddSingleton<UnpaidCache>();
        services.AddScoped<ArrearsRunner>().AddScoped<BillNotices>().AddScoped<LeakCredits>().AddScoped<LowBalance>();
        services.AddScoped<CutOffWatch>().AddScoped<IBalanceWatch>(all => all.GetRequiredService<CutOffWatch>());
        services.AddSingleton<IAuditWords, ArrearsAuditWords>();
        foreach (var kind in ArrearsNotificationKind.All) services.AddSingleton<INotificationKind>(new ArrearsNotificationKind(kind));
        services.AddSingleton<IPortalCard>(new PortalCard(10, typeof(LowBalanceCard)) { Only = actor => actor.Is(Role.Resident) });
        services.AddSingleton<IPortalTab>(new PortalTab(
            "jobs/cut-offs", LocalName.Of<ArrearsText>("Tasks.Tab"), "accounts", actor => actor.Is(Role.Technician) ? 16 : null));
        services.AddSingleton<INavigationItem>(new NavigationItem(
            NavigationGroup.Fees, 50, "fees/arrears", LocalName.Of<ArrearsText>("Arrears.Title"), "clock", Policies.Office));
        services.AddSingleton<ISettingsSection>(new SettingsSection(
            60, "settings/arrears", LocalName.Of<ArrearsText>("Settings.Title"), LocalName.Of<ArrearsText>("Settings.About"), "clock", Policies.Office));
        return services.AddHostedService<ArrearsJob>().AddHostedService<ReleaseOnChange>();
    }

    /// <summary>Arrears and cut-offs as files, filtered by the same query string as their pages.</summary>
    public static void MapArrears(this IEndpointRouteBuilder app)
    {
        var office = app.MapGroup("").RequireAuthorization(Policies.Office);
        office.MapExport("fee-arrears").MapGet("", (
            string? q, string? building, string? kind, string? age, string? sort, ArrearsService arrears, IStringLocalizer<ArrearsText> words) =>
            new ExportFile<ArrearsRow>(
                words["Arrears.Title"], ArrearsExport.Arrears(words), ct => arrears.AllAsync(ArrearsFilter.Parse(q, building, kind, age, sort), ct)));
        office.MapExport("fee-cut-offs").MapGet("", (
            string? q, string? building, string? kind, string? state, CutOffService cutOffs, IStringLocalizer<ArrearsText> words) =>
            new ExportFile<CutOffRow>(
                words["CutOffs.Title"], ArrearsExport.CutOffs(words), ct => cutOffs.AllAsync(CutOffFilter.Parse(q, building, kind, state), ct)));
    }
}
