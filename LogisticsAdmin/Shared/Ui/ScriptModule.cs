using Microsoft.JSInterop;

namespace LogisticsAdmin.Shared.Ui;

/// <summary>The script module of a component. It is released with the component, even if it arrives after the component is gone.</summary>
public sealed class ScriptModule : IAsyncDisposable
{
    private bool _isGone;

    /// <summary>The module; null before it arrived and after disposal.</summary>
    public IJSObjectReference? Loaded { get; private set; }

    /// <summary>The module, or null if the component was disposed or the browser disconnected before it arrived.</summary>
    public async Task<IJSObjectReference?> ImportAsync(IJSRuntime js, string address)
    {
        try
        {
            var module = await js.InvokeAsync<IJSObjectReference>("import", address);
            if (!_isGone) return Loaded = module;
            await ReleaseAsync(module);
        }
        catch (JSDisconnectedException)
        {
            // The browser has disconnected; there is nothing to import for.
        }
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        _isGone = true;
        if (Loaded is not { } module) return;
        Loaded = null;
        await ReleaseAsync(module);
    }

    private static async Task ReleaseAsync(IJSObjectReference module)
    {
        try
        {
            await module.DisposeAsync();
        }
        catch (Exception lost) when (lost is JSDisconnectedException or OperationCanceledException)
        {
            // The browser has disconnected or does not answer; it has no module left to release.
        }
    }
}
