using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.HttpsPolicy;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Security;

public static class SecuritySetup
{
    /// <summary>Rights, and who acts in a scope. Signing in is set up by Account.</summary>
    public static IServiceCollection AddSecurity(this IServiceCollection services)
    {
        services.AddSingleton<SessionStamps>();
        services.AddScoped<CurrentUser>();
        services.AddScoped<CircuitHandler, CurrentUserCircuitHandler>();
        services.AddCascadingAuthenticationState();
        services.AddOptions<ProxyOptions>().BindConfiguration("Proxies");
        services.AddHsts(o => o.MaxAge = TimeSpan.FromDays(180));
        services.AddOptions<HstsOptions>().BindConfiguration("Hsts");
        // Chinese stays Chinese in the pages' source instead of becoming entities three times as long.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .AddPolicy(Policies.Office, p => p.RequireRole(RoleGroups.Office.ToNames()))
            .AddPolicy(Policies.Management, p => p.RequireRole(RoleGroups.Management.ToNames()))
            .AddPolicy(Policies.Administrators, p => p.RequireRole(nameof(Role.Administrator)))
            .AddPolicy(Policies.Technicians, p => p.RequireRole(nameof(Role.Technician)));
        return services;
    }

    /// <summary>Lets the signed-in person act in the request's scope.</summary>
    public static IApplicationBuilder UseCurrentUser(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.RequestServices.GetRequiredService<CurrentUser>().Become(Actor.From(context.User));
        return next(context);
    });
}

/// <summary>Puts on the cookie what rights depend on, so that services need not ask the database who acts.</summary>
public sealed class PersonClaimsFactory(UserManager<Person> people, RoleManager<IdentityRole<long>> roles, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<Person, IdentityRole<long>>(people, roles, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(Person user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        identity.AddClaim(new Claim(PersonClaims.FullName, user.FullName));
        if (user.CrewId is { } crew) identity.AddClaim(new Claim(PersonClaims.Crew, crew.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        if (user.MustChangePassword) identity.AddClaim(new Claim(PersonClaims.MustChangePassword, "1"));
        return identity;
    }
}

/// <summary>Lets the circuit's person act in the circuit's scope, also after their rights were looked up anew.</summary>
internal sealed class CurrentUserCircuitHandler(AuthenticationStateProvider authentication, CurrentUser user)
    : CircuitHandler, IDisposable
{
    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        authentication.AuthenticationStateChanged += OnChanged;
        user.Become(Actor.From((await authentication.GetAuthenticationStateAsync()).User));
    }

    private void OnChanged(Task<AuthenticationState> changed) => _ = TakeAsync(changed);

    private async Task TakeAsync(Task<AuthenticationState> changed)
    {
        if (Actor.From((await changed).User) is { } actor) user.Become(actor);
        else user.Leave();
    }

    public void Dispose() => authentication.AuthenticationStateChanged -= OnChanged;
}
