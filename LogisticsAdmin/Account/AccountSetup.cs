using System.Security.Claims;
using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LogisticsAdmin.Account;

public static class AccountSetup
{
    public static readonly TimeSpan Revalidation = TimeSpan.FromSeconds(30);

    /// <summary>Sign-in by cookie, Identity on our database, and revalidation of open sessions.</summary>
    public static IServiceCollection AddAccount(this IServiceCollection services, IWebHostEnvironment environment)
    {
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        var secure = environment.IsDevelopment() ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
        services.ConfigureApplicationCookie(cookie =>
        {
            cookie.LoginPath = "/Account/Login";
            cookie.AccessDeniedPath = "/access-denied";
            cookie.ExpireTimeSpan = Session.Lifetime;
            cookie.SlidingExpiration = true;
            // Browsers accept the prefix only with Secure and for the whole host, so no other site of the domain can set this cookie.
            cookie.Cookie.Name = environment.IsDevelopment() ? "logistics" : "__Host-logistics";
            cookie.Cookie.Path = "/";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = secure;
        });
        // The antiforgery cookie must work over plain HTTP: the first administrator is created before there is a proxy with TLS.
        services.AddAntiforgery(o => o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest);
        services.Configure<SecurityStampValidatorOptions>(o =>
        {
            o.ValidationInterval = Revalidation;
            o.OnRefreshingPrincipal = refreshing =>
            {
                // Identity makes the new principal from the person, who has no session.
                if (refreshing is { CurrentPrincipal: { } current, NewPrincipal.Identity: ClaimsIdentity identity })
                    identity.AddClaims(current.FindAll(PersonClaims.Session));
                return Task.CompletedTask;
            };
        });
        services.AddIdentityCore<Person>(o =>
            {
                o.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
                o.Lockout.MaxFailedAccessAttempts = 5;
                o.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(10);
                o.Password.RequiredLength = 10;
                o.Password.RequireNonAlphanumeric = false;
                o.Password.RequireUppercase = false;
            })
            .AddRoles<IdentityRole<long>>()
            .AddEntityFrameworkStores<LogisticsDb>()
            .AddSignInManager()
            .AddClaimsPrincipalFactory<PersonClaimsFactory>()
            .AddErrorDescriber<AccountErrors>()
            .AddPasswordValidator<GuessablePasswords>()
            .AddDefaultTokenProviders();
        // Names are unique among people who are not retired, which SignInNames enforces; Identity's own check would count retired ones too.
        services.RemoveAll<IUserValidator<Person>>();
        // After AddSignInManager, which registers its own: the last registration is used.
        services.AddScoped<ISecurityStampValidator, PersonStampValidator>();
        services.AddScoped<AuthenticationStateProvider, PersonRevalidation>();
        // Behind a proxy that changes the host name, passkeys must be bound to the name that people type.
        services.AddOptions<IdentityPasskeyOptions>().Configure<IConfiguration>((o, settings) =>
        {
            o.ServerDomain = settings["Passkeys:Domain"];
            // A passkey replaces name and password: the device must store it, and check that it is the person who uses it.
            (o.ResidentKeyRequirement, o.UserVerificationRequirement) = ("required", "required");
        });
        services.AddOptions<SignInOptions>().BindConfiguration("SignIn").ValidateOnStart();
        services.AddSingleton<SignInLimits>();
        services.AddSingleton<PasswordHashing>();
        services.AddSingleton<KnownBrowsers>();
        services.AddScoped<PasswordVerification>();
        services.AddScoped<SignInService>();
        services.AddScoped<SessionService>();
        services.AddHostedService<SessionSweep>();
        services.AddScoped<ProfileService>();
        services.AddScoped<OwnName>();
        services.AddScoped<PasskeyService>();
        services.AddScoped<Administrators>();
        services.AddSingleton<FirstAdministrator>();
        services.AddHostedService<SetupCodeFile>();
        services.AddScoped<IConsoleCommand, CreateAdminCommand>();
        return services;
    }
}
