using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Shared.Ui;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using MudBlazor;
using MudBlazor.Services;

namespace LogisticsAdmin.Components;

public static class ComponentsSetup
{
    /// <summary>The shell: Razor components, MudBlazor, both languages.</summary>
    public static IServiceCollection AddShell(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddLocalization();
        services.AddSingleton<ResourceManagerStringLocalizerFactory>().AddSingleton<IStringLocalizerFactory, PluralLocalizerFactory>();
        ValidatorNames.Install();
        services.AddRazorComponents().AddInteractiveServerComponents()
            // A long text must reach its validator: the default of 32 KB ends the circuit at some 11,000 Chinese characters.
            .AddHubOptions(hub =>
            {
                hub.MaximumReceiveMessageSize = 256 * 1024;
                hub.AddFilter<CircuitConnections>();
            });
        services.AddMudServices(mud =>
        {
            mud.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomRight;
            mud.SnackbarConfiguration.VisibleStateDuration = 5000;
        });
        services.AddTransient<MudLocalizer, ShellMudLocalizer>();
        services.AddSingleton<ThemeStyles>();
        services.AddSingleton<PortalEvents>();
        services.AddExceptionHandler<FailedRequests>();
        // A request without the token and a browser with an old cookie are no errors of the app; StaleFormMiddleware logs them for debugging.
        services.AddLogging(log => log.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.None));
        // In Development, too, a request that an endpoint can't read is refused instead of failing.
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = false);
        services.AddOptions<OfficeOptions>().BindConfiguration("Office").ValidateOnStart();
        services.AddSingleton<IValidateOptions<OfficeOptions>, OfficeOptionsValidator>();
        services.AddSingleton<OfficeTime>();
        services.AddSingleton<CodeGuesses>();
        services.AddScoped<RefusalText>();
        services.AddScoped<Actions>();
        services.AddTransient<FormAnswer>();
        services.AddScoped<StartAddress>();
        services.AddSingleton<IPortalTab>(
            new PortalTab("my", LocalName.Of<ShellText>("Portal.Home"), "home", actor => actor.Is(Role.Technician) ? null : 10) { IsOnePage = true });
        services.AddSingleton<IPortalTab>(new PortalTab("Account/Profile", LocalName.Of<ShellText>("Portal.Me"), "me", _ => 90));
        foreach (var command in Commands()) services.AddSingleton<ICommandItem>(command);
        return services;
    }

    private static IEnumerable<CommandItem> Commands() =>
    [
        new(80, "export", LocalName.Of<ShellText>("Command.Export")) { Presses = "[data-export] a[download]" },
        new(90, "light-theme", LocalName.Of<ShellText>("LightTheme")) { Presses = "button[name=theme][value=light]" },
        new(91, "dark-theme", LocalName.Of<ShellText>("DarkTheme")) { Presses = "button[name=theme][value=dark]" },
        new(92, "system-theme", LocalName.Of<ShellText>("SystemTheme")) { Presses = "button[name=theme][value=system]" },
        new(93, "language", LocalName.Of<ShellText>("Command.Language")) { Presses = "button[name=language]" },
        new(99, "sign-out", LocalName.Of<ShellText>("SignOut")) { Presses = "form[action='Account/Logout'] button" },
    ];

    /// <summary>Chinese unless the person chose otherwise, whatever the browser asks for.</summary>
    public static IApplicationBuilder UseLanguages(this IApplicationBuilder app) => app.UseRequestLocalization(options =>
    {
        options.SetDefaultCulture(Languages.Chinese).AddSupportedCultures(Languages.All).AddSupportedUICultures(Languages.All);
        options.RequestCultureProviders = [new CookieRequestCultureProvider()];
    });

    /// <summary>
    /// Pages for failures and for refusals without content of their own. A form whose answer does not show a refusal itself ends here, too: that is
    /// no fault, and the browser's way back still has what was typed.
    /// </summary>
    public static IApplicationBuilder UseErrorPages(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/error",
            CreateScopeForErrors = true,
            StatusCodeSelector = error => error switch
            {
                Rejected => StatusCodes.Status503ServiceUnavailable,
                BadHttpRequestException bad => bad.StatusCode,
                _ => StatusCodes.Status500InternalServerError,
            },
            SuppressDiagnosticsCallback = failed => failed.Exception is Rejected || FailedRequests.ReferenceOf(failed.HttpContext) is not null,
        });
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        return app.Use(async (context, next) =>
        {
            try
            {
                await next(context);
            }
            finally
            {
                // The page of an error is read. As a post, it would be asked for a form that it does not have; other methods have no page.
                if (!context.Response.HasStarted && !HttpMethods.IsHead(context.Request.Method)) context.Request.Method = HttpMethods.Get;
            }
        });
    }

    /// <summary>Must run after the check of the antiforgery token.</summary>
    public static IApplicationBuilder UseStaleForms(this IApplicationBuilder app) => app.UseMiddleware<StaleFormMiddleware>();

    /// <summary>All pages. The security headers set the frame ancestors; a setting decides whether WebSockets are compressed.</summary>
    public static void MapShell(this IEndpointRouteBuilder app)
    {
        ThemeStyles.Map(app);
        PortalEvents.Map(app);
        WebManifest.Map(app);
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(server =>
        {
            server.ContentSecurityFrameAncestorsPolicy = null;
            server.DisableWebSocketCompression = app.ServiceProvider.GetRequiredService<IOptions<LiveOptions>>().Value.DisableWebSocketCompression;
        });
    }
}
