using System.Security.Claims;
using LogisticsAdmin.Security;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Account;

/// <summary>
/// Identity validates a cookie against the database every 30 seconds. In between, <see cref="SessionStamps"/> knows every change made by this
/// process. A cookie that this process has not validated yet is validated at once, so that changes made before a restart also apply. A cookie
/// without an open session is refused.
/// </summary>
internal sealed class PersonStampValidator(
    IOptions<SecurityStampValidatorOptions> options, SignInManager<Person> signIn, ILoggerFactory logs, SessionStamps stamps, SessionService sessions)
    : SecurityStampValidator<Person>(options, signIn, logs)
{
    public override async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        if (context.Principal is { } principal && Actor.From(principal) is { } actor && !stamps.IsConfirmed(actor))
        {
            if (await VerifySecurityStamp(principal) is { MaySignIn: true } person) await SecurityStampVerified(person, context);
            else await RefuseAsync(context);
            return;
        }
        await base.ValidateAsync(context);
        if (context.Principal is { } valid && Actor.From(valid)?.SessionId is { } session)
            context.HttpContext.Response.OnCompleted(() => sessions.SeenAsync(session, CancellationToken.None));
    }

    protected override async Task<Person?> VerifySecurityStamp(ClaimsPrincipal? principal) =>
        principal is not null && Actor.From(principal) is { } actor && await sessions.IsOpenAsync(actor, CancellationToken.None)
            ? await base.VerifySecurityStamp(principal) : null;

    protected override Task SecurityStampVerified(Person user, CookieValidatePrincipalContext context)
    {
        stamps.Confirm(user.Id, user.SecurityStamp!);
        return base.SecurityStampVerified(user, context);
    }

    private async Task RefuseAsync(CookieValidatePrincipalContext context)
    {
        context.RejectPrincipal();
        await SignInManager.SignOutAsync();
    }
}
