using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Costs;
using LogisticsAdmin.Features.Repairs.Crews;
using LogisticsAdmin.Features.Repairs.Demo;
using LogisticsAdmin.Features.Repairs.Desk;
using LogisticsAdmin.Features.Repairs.Desk.Board;
using LogisticsAdmin.Features.Repairs.Desk.Views;
using LogisticsAdmin.Features.Repairs.LogImport;
using LogisticsAdmin.Features.Repairs.Phone.Parts;
using LogisticsAdmin.Features.Repairs.Reading;
using LogisticsAdmin.Features.Repairs.Slips;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Features.Repairs.Work.Bulk;
using LogisticsAdmin.Features.Repairs.Work.Undo;
using LogisticsAdmin.Features.Replies;
using LogisticsAdmin.Live;
using LogisticsAdmin.Media;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;

namespace LogisticsAdmin.Features.Repairs;

public static class RepairsSetup
{
    public static IServiceCollection AddRepairs(this IServiceCollection services)
    {
        services.AddScoped<RepairService>();
        services.AddScoped<RepairIntake>();
        services.AddScoped<TicketQueries>();
        services.AddScoped<ChoiceQueries>();
        services.AddScoped<DeskQueries>();
        services.AddScoped<IPersonSection, ReportedTickets>();
        services.AddScoped<IPersonSection, WorkedTickets>();
        services.AddScoped<ISearchProvider, TicketSearch>();
        services.AddScoped<RepairClock>();
        foreach (var kind in RepairNotificationKind.All()) services.AddSingleton<INotificationKind>(kind);
        services.AddScoped<DeadlineRecalculation>();
        services.AddScoped<ILevelScope, RepairLevelScope>();
        services.AddScoped<RepairBulk>();
        services.AddScoped<UndoOffers>();
        services.AddScoped<UndoService>();
        services.AddHostedService<UndoSweep>();
        services.AddScoped<RepairPhotos>();
        services.AddScoped<IMediaOwner>(sp => sp.GetRequiredService<RepairPhotos>());
        services.AddScoped<PhoneWords>();
        services.AddSingleton<IRowSource, RepairRowSource>();
        services.AddScoped<IReferenceRows, RepairsReference>();
        services.AddSingleton<IMacroActions, RepairMacroActions>();
        services.AddScoped<IReplySubjects, RepairReplySubjects>();
        services.AddScoped<SavedViewService>();
        services.AddScoped<DeskLookService>();
        services.AddScoped<LogImport.LogImport>();
        services.AddScoped<ImportKind, TicketLogImport>();
        services.AddScoped<IConsoleCommand, ImportLogCommand>();
        services.AddScoped<DemoTickets>();
        services.AddScoped<IConsoleCommand, DemoCommand>();
        services.AddHostedService<DemoStart>();
        services.AddScoped<IStorageCheck, NumbersCheck>();
        services.AddHostedService<RepairClockJob>();
        services.AddScoped<RepairCosts>();
        services.AddScoped<PartsService>();
        services.AddScoped<IReferenceRows, CostsReference>();
        services.AddScoped<DutyService>();
        services.AddScoped<RankingQueries>();
        services.AddScoped<SlipQueries>();
        services.AddSingleton<IAuditWords>(new AuditWords<RepairsText>(typeof(Category), typeof(VisitSlot)));
        services.AddSingleton<IAuditWords>(new AuditWords<CrewsText>(typeof(Absence)));
        services.AddSingleton<IAuditWords>(new AuditWords<CostsText>(typeof(Part)));
        services.AddSingleton<IAuditWords>(new AuditWords<ViewsText>(typeof(SavedView)));
        return services.AddNavigation().AddPortal();
    }

    private static IServiceCollection AddNavigation(this IServiceCollection services)
    {
        // Board, duty and others lie below the desk's address and have entries of their own.
        Add(NavigationGroup.Repairs, 10, "/repairs", LocalName.Of<RepairsText>("Navigation.Desk"), "inbox",
            path => path == "/repairs" || path.StartsWith("/repairs/BX", StringComparison.OrdinalIgnoreCase));
        Add(NavigationGroup.Repairs, 20, "/repairs/board", LocalName.Of<BoardText>("Navigation"), "board");
        Add(NavigationGroup.Repairs, 30, "/repairs/duty", LocalName.Of<CrewsText>("Navigation"), "duty");
        Add(NavigationGroup.Repairs, 40, "/parts", LocalName.Of<CostsText>("Navigation"), "parts");
        return services;

        void Add(NavigationGroup group, int order, string address, LocalName words, string icon, Func<string, bool>? isCurrent = null) =>
            services.AddSingleton<INavigationItem>(new NavigationItem(group, order, address, words, icon, Policies.Office) { IsCurrent = isCurrent });
    }

    private static IServiceCollection AddPortal(this IServiceCollection services)
    {
        Add("/jobs", LocalName.Of<RepairsText>("PortalTab.Jobs"), "jobs", actor => actor.Is(Role.Technician) ? 10 : null);
        Add("/my/repairs", LocalName.Of<RepairsText>("PortalTab.Repairs"), "list", _ => 30);
        // Technicians report rarely, so the tab comes later for them.
        Add("/my/repairs/new", LocalName.Of<RepairsText>("PortalTab.Report"), "report", actor => actor.Is(Role.Technician) ? 40 : 20);
        return services.AddSingleton<IPortalCard>(new PortalCard(100, typeof(OpenRepairs)));

        void Add(string address, LocalName words, string icon, Func<Actor, int?> order) =>
            services.AddSingleton<IPortalTab>(new PortalTab(address, words, icon, order));
    }
}
