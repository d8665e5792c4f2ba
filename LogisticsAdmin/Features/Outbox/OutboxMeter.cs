using System.Diagnostics.Metrics;
using LogisticsAdmin.Live;

namespace LogisticsAdmin.Features.Outbox;

/// <summary>Metrics of the outbox: parcels by channel and result, and how many messages wait or are dead, as of the last run.</summary>
public sealed class OutboxMeter
{
    private readonly Counter<long> _parcels;
    private readonly Histogram<double> _duration;
    private long _waiting, _dead;

    public OutboxMeter(IMeterFactory meters)
    {
        var meter = meters.Create(LiveMeter.Name);
        _parcels = meter.CreateCounter<long>("logistics.outbox.parcels", description: "Mails and robot messages, by channel and result");
        _duration = meter.CreateHistogram<double>("logistics.outbox.duration", "ms", "Duration of sending one, by channel");
        meter.CreateObservableGauge("logistics.outbox.waiting", () => Interlocked.Read(ref _waiting), description: "Messages that wait to be sent");
        meter.CreateObservableGauge("logistics.outbox.dead", () => Interlocked.Read(ref _dead), description: "Dead letters");
    }

    public void Tried(string channel, SendResult result, TimeSpan time)
    {
        var name = new KeyValuePair<string, object?>("channel", channel);
        _parcels.Add(1, name, new KeyValuePair<string, object?>("result", result.ToString()));
        _duration.Record(time.TotalMilliseconds, name);
    }

    public void Count(long waiting, long dead)
    {
        Interlocked.Exchange(ref _waiting, waiting);
        Interlocked.Exchange(ref _dead, dead);
    }
}
