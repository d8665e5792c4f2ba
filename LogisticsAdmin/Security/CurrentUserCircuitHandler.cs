using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace LogisticsAdmin.Security;

/// <summary>Sets the circuit's person as the current user of its scope, also after a revalidation.</summary>
internal sealed class CurrentUserCircuitHandler(AuthenticationStateProvider authentication, CurrentUser user)
    : CircuitHandler, IDisposable
{
    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        authentication.AuthenticationStateChanged += OnChanged;
        user.SetActor(Actor.From((await authentication.GetAuthenticationStateAsync()).User));
    }

    private void OnChanged(Task<AuthenticationState> changed) => _ = UpdateAsync(changed);

    private async Task UpdateAsync(Task<AuthenticationState> changed)
    {
        if (Actor.From((await changed).User) is { } actor) user.SetActor(actor);
        else user.EndSession();
    }

    public void Dispose() => authentication.AuthenticationStateChanged -= OnChanged;
}
