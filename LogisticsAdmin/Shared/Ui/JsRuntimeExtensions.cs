using Microsoft.JSInterop;

namespace LogisticsAdmin.Shared.Ui;

public static class JsRuntimeExtensions
{
    /// <summary>Calls a function of the shell's script or of the browser. Does nothing if the browser has disconnected.</summary>
    public static async Task InvokeIfConnectedAsync(this IJSRuntime js, string function, params object?[] arguments)
    {
        try
        {
            await js.InvokeVoidAsync(function, arguments);
        }
        catch (JSDisconnectedException)
        {
            // Nobody is left to see it.
        }
    }
}
