using LogisticsAdmin.Features.Repairs.Costs;
using LogisticsAdmin.Features.Repairs.Crews;
using LogisticsAdmin.Features.Repairs.Demo;
using LogisticsAdmin.Features.Repairs.Desk;
using LogisticsAdmin.Features.Repairs.Figures;
using LogisticsAdmin.Features.Repairs.LogImport;
using LogisticsAdmin.Features.Repairs.Phone;
using LogisticsAdmin.Features.Repairs.Reading;
using LogisticsAdmin.Features.Repairs.Settings;
using LogisticsAdmin.Features.Repairs.Slips;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;

namespace LogisticsAdmin.Features.Repairs;

/// <summary>Repairs in sub-slices; each registers its own services and descriptors.</summary>
public static class RepairsSetup
{
    public static IServiceCollection AddRepairs(this IServiceCollection services, IHostEnvironment environment) => services
        .AddTickets()
        .AddCosts(environment)
        // Before the jobs of Work: the demo tickets are there when these start.
        .AddDemo()
        .AddWork()
        .AddReading()
        .AddCrews()
        .AddSettings()
        .AddSlips()
        .AddFigures()
        .AddLogImport()
        .AddDesk()
        .AddPhone();

    public static void MapRepairs(this IEndpointRouteBuilder app)
    {
        app.MapCosts();
        app.MapWork();
        app.MapReading();
        app.MapCrews();
        app.MapSlips();
        app.MapSettings();
        app.MapDesk();
        app.MapPhone();
    }
}
