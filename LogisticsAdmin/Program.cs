using LogisticsAdmin;
using LogisticsAdmin.Account;
using LogisticsAdmin.Components;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Audit;
using LogisticsAdmin.Features.Calendar;
using LogisticsAdmin.Features.Imports;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs;
using LogisticsAdmin.Live;
using LogisticsAdmin.Media;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

var builder = WebApplication.CreateBuilder(args);
var services = builder.Services;

builder.Logging.WriteToConsole(builder.Environment, besideCommandOutput: ConsoleCommands.Asked(args));
services.AddSingleton(TimeProvider.System);
services.AddSecurity();
services.AddLive();
services.AddData(builder.Configuration);
services.AddPlaces();
services.AddCalendar();
services.AddInbox();
services.AddRepairs();
services.AddPeople(builder.Environment);
services.AddImports();
services.AddAudit();
services.AddAccount(builder.Environment);
services.AddShell(builder.Configuration);

await using var app = builder.Build();
try
{
    if (ConsoleCommands.Asked(args)) return await ConsoleCommands.RunAsync(app.Services, args, Console.Out);

    app.UseTrustedProxies();
    await using (var scope = app.Services.CreateAsyncScope())
        await scope.ServiceProvider.GetRequiredService<DatabaseStartup>().PrepareAsync();

    app.UseSecurityHeaders();
    app.UseExceptionHandler("/error", createScopeForErrors: true);
    app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
    app.UseLanguages();
    app.UseAuthentication();
    app.UseAuthorization();
    app.UseCurrentUser();
    app.UsePhotoUploadLimit();
    app.UsePasswordDemand();
    app.UseAntiforgery();

    app.MapStaticAssets().AllowAnonymous();
    app.MapHealth();
    app.MapAccount();
    app.MapRepairs();
    app.MapImports();
    app.MapCalendar();
    app.MapAudit();
    app.MapPeople();
    app.MapHouse();
    await app.RunAsync();
    return 0;
}
catch (StartupProblem problem)
{
    Console.Error.WriteLine(problem.Message);
    return 1;
}
