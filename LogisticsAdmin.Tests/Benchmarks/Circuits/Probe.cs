using System.Text;

namespace LogisticsAdmin.Tests.Benchmarks.Circuits;

/// <summary>A text that one circuit waits for, and the timestamp of the first render batch that contains it.</summary>
internal sealed class Probe(string text)
{
    private readonly byte[] _needle = Encoding.UTF8.GetBytes(text);
    private readonly TaskCompletionSource<long> _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<long> Seen => _seen.Task;

    public void Inspect(ReadOnlySpan<byte> batch, long timestamp)
    {
        if (!_seen.Task.IsCompleted && batch.IndexOf(_needle) >= 0)
            _seen.TrySetResult(timestamp);
    }

    public void Fail(Exception failure) => _seen.TrySetException(failure);
}
