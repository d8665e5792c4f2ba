using LogisticsAdmin.Account;
using LogisticsAdmin.Components;
using LogisticsAdmin.Data;
using LogisticsAdmin.Documents;
using LogisticsAdmin.Features.Audit;
using LogisticsAdmin.Features.Calendar;
using LogisticsAdmin.Features.Fees;
using LogisticsAdmin.Features.Imports;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.News;
using LogisticsAdmin.Features.Office;
using LogisticsAdmin.Features.Onboarding;
using LogisticsAdmin.Features.Operations;
using LogisticsAdmin.Features.Orders;
using LogisticsAdmin.Features.Outbox;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs;
using LogisticsAdmin.Features.Replies;
using LogisticsAdmin.Features.Reports;
using LogisticsAdmin.Features.SavedViews;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Features.Voice;
using LogisticsAdmin.Live;
using LogisticsAdmin.Media;
using LogisticsAdmin.Monitoring;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.HttpLogging;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin;

/// <summary>The composition root. A slice has two lines here: AddX() in <see cref="AddServices"/>, MapX() in <see cref="MapEndpoints"/>.</summary>
public static partial class Program
{
    public static Task<int> Main(string[] args) => StartupProblems.TellAsync(() => RunAsync(args));

    private static async Task<int> RunAsync(string[] args)
    {
        FileModes.KeepPrivate();
        // Settings and pages come from the app's own folder, whatever the working directory is. An option of the command line still overrides it.
        var builder = WebApplication.CreateBuilder(["--contentRoot", AppContext.BaseDirectory, .. args]);
        // In Development the framework does this; elsewhere a build that was not published would serve empty files.
        if (!builder.Environment.IsDevelopment()) builder.WebHost.UseStaticWebAssets();
        var hasStarted = false;
        builder.Logging.WriteToConsole(builder.Environment, besideCommandOutput: ConsoleCommands.IsCommand(args), () => hasStarted);
        if (!ConsoleCommands.IsCommand(args)) builder.Logging.WriteToFile(builder.Configuration);
        AddServices(builder);

        await using var app = builder.Build();
        app.Lifetime.ApplicationStarted.Register(() => hasStarted = true);
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        if (ConsoleCommands.IsCommand(args)) return await ConsoleCommands.RunAsync(app.Services, args, Console.Out);

        app.UseTrustedProxies();
        app.UsePathPrefix();
        await using (var scope = app.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<DatabaseStartup>().PrepareAsync();
        UseMiddleware(app);
        MapEndpoints(app);
        await StartupProblems.ServeAsync(app);
        return 0;
    }

    /// <summary>All services of the app. Tests without a web server start from here, so a new slice needs no change there.</summary>
    public static void AddServices(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddSecurity().AddLive();
        services.AddData();
        services.AddMonitoring();
        services.AddMedia().AddDocuments();
        services.AddOffice();
        services.AddPlaces(builder.Environment);
        services.AddCalendar(builder.Environment);
        services.AddServiceLevels();
        services.AddInbox().AddOutbox();
        services.AddReplies().AddSavedViews().AddNews();
        services.AddRepairs(builder.Environment);
        services.AddPeople(builder.Environment);
        // After people: example prices name who published them.
        services.AddFees(builder.Environment);
        services.AddOrders(builder.Environment);
        services.AddVoice().AddOnboarding();
        services.AddReports(builder.Environment);
        services.AddImports().AddAudit().AddOperations();
        services.AddAccount(builder.Environment);
        services.AddShell(builder.Configuration);
    }

    private static void MapEndpoints(WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous().WithHttpLogging(HttpLoggingFields.None);
        app.MapHealth();
        app.MapMetrics();
        app.MapMedia();
        app.MapAccount();
        app.MapServiceLevels();
        app.MapReplies();
        app.MapNews();
        app.MapRepairs();
        app.MapFees();
        app.MapOrders();
        app.MapVoice();
        app.MapOnboarding();
        app.MapReports();
        app.MapImports();
        app.MapPlaces();
        app.MapCalendar();
        app.MapInbox();
        app.MapOutbox();
        app.MapAudit();
        app.MapOperations();
        app.MapPeople();
        app.MapShell();
    }
}
