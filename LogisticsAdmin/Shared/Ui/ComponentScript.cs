using Microsoft.JSInterop;

namespace LogisticsAdmin.Shared.Ui;

/// <summary>
/// The script module beside a component. It is imported when first needed and released with the component, even if it arrives later.
/// </summary>
/// <param name="js">The JavaScript runtime of the circuit.</param>
/// <param name="path">The address of the script, as <c>Assets</c> returns it.</param>
public sealed class ComponentScript(IJSRuntime js, string path) : IAsyncDisposable
{
    private Task<IJSObjectReference>? _module;
    private bool _isGone;

    /// <summary>Imports the script, once. The component works on without it if it can't be imported.</summary>
    public Task LoadAsync() => IfAvailableAsync(ModuleAsync());

    /// <summary>
    /// Calls a function of the script. Does nothing if the script can't be imported, the browser disconnected or the component was disposed.
    /// </summary>
    public Task InvokeVoidAsync(string function, params object?[] arguments) => IfAvailableAsync(ConnectedAsync(async () =>
    {
        await (await ModuleAsync()).InvokeVoidAsync(function, arguments);
        return true;
    }));

    /// <summary>Calls a function of the script. Cancelled in the cases in which <see cref="InvokeVoidAsync"/> does nothing.</summary>
    public Task<TResult> InvokeAsync<TResult>(string function, params object?[] arguments) =>
        ConnectedAsync(async () => await (await ModuleAsync()).InvokeAsync<TResult>(function, arguments));

    private async Task<IJSObjectReference> ModuleAsync()
    {
        // A failed import is tried again.
        if (_module is { IsCompleted: true, IsCompletedSuccessfully: false }) _module = null;
        var module = await (_module ??= ImportAsync());
        return _isGone ? throw new OperationCanceledException() : module;
    }

    private async Task<IJSObjectReference> ImportAsync()
    {
        try
        {
            return await ConnectedAsync(() => js.InvokeAsync<IJSObjectReference>("import", $"./{path}").AsTask());
        }
        catch (JSException failed)
        {
            // The browser's console says why. A script that can't be loaded must not take the page with it.
            throw new OperationCanceledException($"The script {path} can't be imported.", failed);
        }
    }

    private static async Task IfAvailableAsync(Task call)
    {
        try
        {
            await call;
        }
        catch (OperationCanceledException)
        {
            // The script is not available.
        }
    }

    public async ValueTask DisposeAsync()
    {
        _isGone = true;
        if (_module is null) return;
        var release = ReleaseAsync(_module);
        // A module that is still being imported is released when it arrives; nobody waits for that.
        if (_module.IsCompleted) await release;
    }

    private static async Task<T> ConnectedAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (JSDisconnectedException)
        {
            throw new OperationCanceledException("The browser has disconnected.");
        }
    }

    private static async Task ReleaseAsync(Task<IJSObjectReference> importing)
    {
        try
        {
            await (await importing).DisposeAsync();
        }
        catch (Exception lost) when (lost is JSException or JSDisconnectedException or OperationCanceledException)
        {
            // The browser has disconnected or does not answer; it has no module left to release.
        }
    }
}
