namespace LogisticsAdmin.Tests.Benchmarks;

/// <summary>Samples the size of the heap every few milliseconds.</summary>
internal sealed class HeapWatch : IDisposable
{
    private readonly Timer _timer;
    private long _peak;

    public HeapWatch() => _timer = new Timer(_ => _peak = Math.Max(_peak, GC.GetTotalMemory(forceFullCollection: false)), null, 0, 5);

    public long Peak => _peak;

    public void Dispose() => _timer.Dispose();
}
