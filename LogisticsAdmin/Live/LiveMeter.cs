using System.Diagnostics.Metrics;

namespace LogisticsAdmin.Live;

/// <summary>Metrics of live updates: feed lag, delivered changes, performed verbs, open office circuits.</summary>
public sealed class LiveMeter
{
    public const string Name = "LogisticsAdmin";
    private readonly Counter<long> _changes;
    private readonly Histogram<double> _lag;
    private readonly Counter<long> _verbs;
    private int _circuits;

    public LiveMeter(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _changes = meter.CreateCounter<long>("logistics.feed.changes", description: "Changes handed to subscribers");
        _lag = meter.CreateHistogram<double>("logistics.feed.lag", "ms", "From commit until handed to subscribers");
        _verbs = meter.CreateCounter<long>("logistics.verbs", description: "Verbs performed on tickets, by verb");
        meter.CreateObservableUpDownCounter("logistics.circuits", () => Volatile.Read(ref _circuits), description: "Open circuits");
    }

    public void RecordDelivery(int changes, TimeSpan lag)
    {
        _changes.Add(changes);
        _lag.Record(lag.TotalMilliseconds);
    }

    public void Performed(string verb) => _verbs.Add(1, new KeyValuePair<string, object?>("verb", verb));

    public void CircuitOpened() => Interlocked.Increment(ref _circuits);

    public void CircuitClosed() => Interlocked.Decrement(ref _circuits);
}
