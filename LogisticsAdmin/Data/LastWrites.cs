namespace LogisticsAdmin.Data;

/// <summary>Lets the writes finish that have begun when the app stops.</summary>
internal sealed class LastWrites(WriteGate gate) : IHostedService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            (await gate.TryEnterAsync(Patience, cancellationToken))?.Dispose();
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
        {
            // No time is left, or no writer.
        }
    }
}
