using LogisticsAdmin.Security;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.SignalR;
using Microsoft.JSInterop;

namespace LogisticsAdmin.Live;

/// <summary>One open page, as far as the server may have to close it.</summary>
internal sealed class OpenCircuit(OpenCircuits circuits, CurrentUser user, NavigationManager navigation, IJSRuntime script) : CircuitHandler
{
    // A browser that does not answer is disconnected after this time.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private HubCallerContext? _connection;

    /// <summary>Whose page it is; null before it is connected and when its session has ended.</summary>
    public long? PersonId => user.ActorOrNull?.PersonId;

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        _connection = CircuitConnections.Current;
        circuits.Add(this);
        return Task.CompletedTask;
    }

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        circuits.Remove(this);
        return Task.CompletedTask;
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        circuits.Remove(this);
        return Task.CompletedTask;
    }

    /// <summary>Shows the page that says why this one was closed, with a link back to it, and closes the connection.</summary>
    public async Task CloseAsync()
    {
        var here = "/" + navigation.ToBaseRelativePath(navigation.Uri);
        await RunAsync("location.assign", $"{navigation.BaseUri}{OpenCircuits.ClosedPage}?back={Uri.EscapeDataString(here)}");
        _connection?.Abort();
    }

    /// <summary>Tells the page that the server stops, so that it waits for the next start instead of reconnecting.</summary>
    public Task TellStopAsync() => RunAsync("office.serverStops");

    private async Task RunAsync(string function, params object?[] arguments)
    {
        try
        {
            await script.InvokeVoidAsync(function, Patience, arguments);
        }
        catch (Exception e) when (e is JSException or JSDisconnectedException or OperationCanceledException or InvalidOperationException)
        {
            // The browser has gone, or does not answer.
        }
    }
}
