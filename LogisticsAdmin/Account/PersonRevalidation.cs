using LogisticsAdmin.Security;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;

namespace LogisticsAdmin.Account;

/// <summary>Checks every 30 seconds whether the person of an open circuit may still use it.</summary>
internal sealed class PersonRevalidation(ILoggerFactory logs, IServiceScopeFactory scopes) : RevalidatingServerAuthenticationStateProvider(logs)
{
    protected override TimeSpan RevalidationInterval => AccountSetup.Revalidation;

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        // In a new scope, because the circuit's own context is as old as the circuit.
        await using var scope = scopes.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<UserManager<Person>>();
        var actor = Actor.From(authenticationState.User);
        var person = await people.GetUserAsync(authenticationState.User);
        var sessions = scope.ServiceProvider.GetRequiredService<SessionService>();
        if (person is not { MaySignIn: true } || actor is null || actor.Stamp != person.SecurityStamp) return false;
        if (!await sessions.IsOpenAsync(actor, cancellationToken)) return false;
        await sessions.SeenAsync(actor.SessionId!.Value, cancellationToken);
        return true;
    }
}
