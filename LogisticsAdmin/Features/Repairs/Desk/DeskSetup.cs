using LogisticsAdmin.Features.Repairs.Desk.Board;
using LogisticsAdmin.Features.Repairs.Desk.Export;
using LogisticsAdmin.Features.Repairs.Desk.Panel;
using LogisticsAdmin.Features.Repairs.Desk.Views;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.SavedViews;
using LogisticsAdmin.Features.SavedViews.Parts;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Desk;

internal static class DeskSetup
{
    public static IServiceCollection AddDesk(this IServiceCollection services)
    {
        services.AddScoped<DeskQueries>();
        services.AddViewedList<RepairViews, RepairFilter, RepairRow>();
        services.AddScoped<DeskSettingsService>();
        services.AddScoped<TicketExport>();
        // Board, duty and others lie below the desk's address and have entries of their own.
        Add(10, "repairs", LocalName.Of<DeskText>("Navigation.Desk"), "inbox",
            path => path == "repairs" || path.StartsWith("repairs/BX", StringComparison.OrdinalIgnoreCase), typeof(ViewList<RepairFilter, RepairRow>));
        Add(20, "repairs/board", LocalName.Of<BoardText>("Navigation"), "board");
        services.AddSingleton<ICommandItem>(new CommandItem(10, "report-on-behalf", LocalName.Of<DeskText>("ReportOnBehalf"))
        {
            Dialog = typeof(ReportDialog),
            After = number => $"repairs/{number}",
        });
        return services;

        void Add(int order, string address, LocalName words, string icon, Func<string, bool>? isCurrent = null, Type? links = null) =>
            services.AddSingleton<INavigationItem>(
                new NavigationItem(NavigationGroup.Repairs, order, address, words, icon, Policies.Office) { IsCurrent = isCurrent, Links = links });
    }

    /// <summary>Lists of tickets as files.</summary>
    public static void MapDesk(this IEndpointRouteBuilder app) => app.MapRepairExports();
}
