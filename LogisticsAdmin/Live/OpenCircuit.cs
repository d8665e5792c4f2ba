using LogisticsAdmin.Security;
using LogisticsAdmin.Shared.Ui;
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

    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private HubCallerContext? _connection;
    private bool _isClosed;

    /// <summary>Whose page it is; null before it is connected and when its session has ended.</summary>
    public long? PersonId => user.ActorOrNull?.PersonId;

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        _connection = CircuitConnections.Current;
        // It reconnected while it was being closed: as the newest page it would close another one.
        if (_isClosed) _connection?.Abort();
        else circuits.Add(this);
        return Task.CompletedTask;
    }

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        _left.TrySetResult();
        circuits.Remove(this);
        return Task.CompletedTask;
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        circuits.Remove(this);
        return Task.CompletedTask;
    }

    /// <summary>Shows the page that says why this one was closed, with a link back to it, and closes the connection if the browser stays.</summary>
    public async Task CloseAsync()
    {
        _isClosed = true;
        await RunAsync("location.assign", $"{navigation.BaseUri}{OpenCircuits.ClosedPage}?back={Uri.EscapeDataString(navigation.Here)}");
        try
        {
            // Cut off at once, the browser would reconnect before it has left.
            await _left.Task.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            _connection?.Abort();
        }
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
