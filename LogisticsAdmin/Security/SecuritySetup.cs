using System.Text.Encodings.Web;
using System.Text.Unicode;
using LogisticsAdmin.Shared.Ui;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.HttpsPolicy;

namespace LogisticsAdmin.Security;

public static class SecuritySetup
{
    /// <summary>Policies, security headers and the current user. Account sets up the sign-in.</summary>
    public static IServiceCollection AddSecurity(this IServiceCollection services)
    {
        services.AddSingleton<SessionStamps>();
        services.AddScoped<CurrentUser>();
        services.AddScoped<IDraftOwner>(scope => scope.GetRequiredService<CurrentUser>());
        services.AddScoped<CircuitHandler, CurrentUserCircuitHandler>();
        services.AddCascadingAuthenticationState();
        services.AddOptions<ProxyOptions>().BindConfiguration("Proxies").ValidateOnStart();
        services.AddConnectionLimits();
        services.AddHsts(o => o.MaxAge = TimeSpan.FromDays(180));
        services.AddOptions<HstsOptions>().BindConfiguration("Hsts").ValidateOnStart();
        // Writes Chinese characters into pages as they are, not as character references three times as long.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .AddPolicy(Policies.Office, p => p.RequireRole(RoleGroups.Office.ToNames()))
            .AddPolicy(Policies.Management, p => p.RequireRole(RoleGroups.Management.ToNames()))
            .AddPolicy(Policies.Administrators, p => p.RequireRole(nameof(Role.Administrator)))
            .AddPolicy(Policies.Technicians, p => p.RequireRole(nameof(Role.Technician)));
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, HiddenEndpoints>();
        return services;
    }

    /// <summary>Sets the signed-in person as the current user of the request.</summary>
    public static IApplicationBuilder UseCurrentUser(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.RequestServices.GetRequiredService<CurrentUser>().SetActor(Actor.From(context.User));
        return next(context);
    });
}
