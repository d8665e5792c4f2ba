using Microsoft.AspNetCore.SignalR;

namespace LogisticsAdmin.Live;

/// <summary>Knows whose hub method is running: a circuit that connects takes the connection from here, to be able to close it.</summary>
internal sealed class CircuitConnections : IHubFilter
{
    private static readonly AsyncLocal<HubCallerContext?> Calling = new();

    public static HubCallerContext? Current => Calling.Value;

    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        Calling.Value = invocationContext.Context;
        return await next(invocationContext);
    }
}
