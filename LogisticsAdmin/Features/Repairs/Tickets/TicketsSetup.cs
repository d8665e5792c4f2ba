using LogisticsAdmin.Data;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;

namespace LogisticsAdmin.Features.Repairs.Tickets;

internal static class TicketsSetup
{
    public static IServiceCollection AddTickets(this IServiceCollection services)
    {
        services.AddSingleton<IRowSource, RepairRowSource>();
        services.AddScoped<IReferenceRows, RepairsReference>();
        services.AddScoped<ISetupStep, CategoriesStep>();
        return services.AddSingleton<IAuditWords>(new AuditWords<TicketsText>(typeof(Category), typeof(VisitSlot)));
    }
}
