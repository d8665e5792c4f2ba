using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Bulk;
using LogisticsAdmin.Features.Repairs.Clocks;
using LogisticsAdmin.Features.Repairs.Costs;
using LogisticsAdmin.Features.Repairs.Crews;
using LogisticsAdmin.Features.Repairs.Demo;
using LogisticsAdmin.Features.Repairs.Import;
using LogisticsAdmin.Features.Repairs.Photos;
using LogisticsAdmin.Features.Repairs.Presence;
using LogisticsAdmin.Features.Repairs.Replies;
using LogisticsAdmin.Features.Repairs.Slips;
using LogisticsAdmin.Features.Repairs.Undo;
using LogisticsAdmin.Features.Repairs.Views;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Features.Repairs;

public static class RepairsSetup
{
    public static IServiceCollection AddRepairs(this IServiceCollection services)
    {
        services.AddScoped<RepairService>();
        services.AddScoped<RepairIntake>();
        services.AddScoped<RepairQueries>();
        services.AddScoped<IPersonStory, ReportedTickets>();
        services.AddScoped<IPersonStory, WorkedTickets>();
        services.AddScoped<RepairClock>();
        services.AddSingleton<Clockworks>();
        services.AddScoped<Redating>();
        services.AddScoped<ServiceLevelService>();
        services.AddHostedService<RedatingOnChange>();
        services.AddScoped<RepairBulk>();
        services.AddScoped<UndoMemory>();
        services.AddScoped<UndoService>();
        services.AddHostedService<UndoSweep>();
        services.AddScoped<RepairPhotos>();
        services.AddScoped<PhoneWords>();
        services.AddSingleton<PhotoStudio>();
        services.AddSingleton(sp => new PhotoStore(sp.GetRequiredService<IOptions<StorageOptions>>().Value.Root));
        services.AddSingleton<IRowSource, RepairRowSource>();
        services.AddSingleton<PresenceBoard>();
        services.AddScoped<PresenceCircuit>();
        services.AddScoped<CircuitHandler>(sp => sp.GetRequiredService<PresenceCircuit>());
        services.AddScoped<IReferenceRows, RepairsReference>();
        services.AddScoped<IReferenceRows, RepliesReference>();
        services.AddScoped<ReplyService>();
        services.AddScoped<SavedViewService>();
        services.AddScoped<DeskLookService>();
        services.AddScoped<LogImport>();
        services.AddScoped<ImportKind, TicketLogSheet>();
        services.AddScoped<IConsoleCommand, ImportLogCommand>();
        services.AddScoped<DemoTickets>();
        services.AddScoped<IConsoleCommand, DemoCommand>();
        services.AddHostedService<DemoStart>();
        services.AddScoped<IStorageCheck, PhotosCheck>();
        services.AddScoped<IStorageCheck, NumbersCheck>();
        services.AddHostedService<RepairTick>();
        services.AddHostedService<PhotoSweep>();
        services.AddScoped<RepairCosts>();
        services.AddScoped<PartsService>();
        services.AddScoped<IReferenceRows, CostsReference>();
        services.AddScoped<DutyService>();
        services.AddScoped<RankingQueries>();
        services.AddScoped<SlipQueries>();
        return services;
    }
}
