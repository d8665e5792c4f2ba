using System.Threading.Channels;

namespace LogisticsAdmin.Tests.Support;

/// <summary>Runs everything one after another in the order in which it was posted, as the circuit of a page does.</summary>
internal sealed class OneAtATime : SynchronizationContext
{
    private readonly Channel<Action> _posted = Channel.CreateUnbounded<Action>();

    public override void Post(SendOrPostCallback d, object? state) => _posted.Writer.TryWrite(() => d(state));

    public static async Task<T> RunAsync<T>(Func<Task<T>> work, CancellationToken ct)
    {
        var context = new OneAtATime();
        Task<T> running = null!;
        context.Perform(() => running = AwaitedAsync());
        while (!running.IsCompleted) context.Perform(await context._posted.Reader.ReadAsync(ct));
        return await running;

        // Ends in the context, wherever the work ends.
        async Task<T> AwaitedAsync() => await work();
    }

    private void Perform(Action posted)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            posted();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }
}
