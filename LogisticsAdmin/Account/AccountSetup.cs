using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;

namespace LogisticsAdmin.Account;

public static class AccountSetup
{
    public static readonly TimeSpan Revalidation = TimeSpan.FromSeconds(30);

    /// <summary>Sign-in by cookie, Identity's stores on our database, and what notices that somebody's rights ended.</summary>
    public static IServiceCollection AddAccount(this IServiceCollection services, IWebHostEnvironment environment)
    {
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.ConfigureApplicationCookie(cookie =>
        {
            cookie.LoginPath = "/Account/Login";
            cookie.AccessDeniedPath = "/access-denied";
            cookie.ExpireTimeSpan = TimeSpan.FromDays(14);
            cookie.SlidingExpiration = true;
            cookie.Cookie.Name = "logistics";
            cookie.Cookie.SecurePolicy = environment.IsProduction() ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        });
        services.Configure<SecurityStampValidatorOptions>(o => o.ValidationInterval = Revalidation);
        services.AddIdentityCore<Person>(o =>
            {
                o.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
                o.Lockout.MaxFailedAccessAttempts = 5;
                o.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(10);
                o.Password.RequiredLength = 10;
                o.Password.RequireNonAlphanumeric = false;
                o.Password.RequireUppercase = false;
                // Names are unique among the living only, and kept so by SignInNames.
                o.User.AllowedUserNameCharacters = null!;
            })
            .AddRoles<IdentityRole<long>>()
            .AddEntityFrameworkStores<LogisticsDb>()
            .AddSignInManager()
            .AddClaimsPrincipalFactory<PersonClaimsFactory>()
            .AddDefaultTokenProviders();
        services.AddScoped<AuthenticationStateProvider, PersonRevalidation>();
        services.AddScoped<SignInService>();
        return services;
    }
}
