using System.Diagnostics.Metrics;
using LogisticsAdmin.Live;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Data;

/// <summary>Metrics of storage and background work: how long changes wait for their turn, runs of jobs, free space, size of the database.</summary>
public sealed class DataMeter
{
    private readonly Histogram<double> _wait;
    private readonly Counter<long> _runs;
    private readonly Histogram<double> _duration;

    public DataMeter(IMeterFactory meters, IOptions<StorageOptions> storage)
    {
        var meter = meters.Create(LiveMeter.Name);
        _wait = meter.CreateHistogram<double>("logistics.writes.wait", "ms", "From the arrival of a change until its turn to write");
        _runs = meter.CreateCounter<long>("logistics.jobs.runs", description: "Runs of background jobs, by job and result");
        _duration = meter.CreateHistogram<double>("logistics.jobs.duration", "ms", "Duration of a run of a background job, by job");
        meter.CreateObservableGauge("logistics.storage.free", () => new DriveInfo(storage.Value.Root).AvailableFreeSpace, "By", "Free space for the storage");
        meter.CreateObservableGauge("logistics.database.size", () => new FileInfo(storage.Value.Database).Length, "By", "Size of the database");
    }

    public void Waited(TimeSpan time) => _wait.Record(time.TotalMilliseconds);

    public void Ran(string job, bool hasFailed, TimeSpan time)
    {
        var name = new KeyValuePair<string, object?>("job", job);
        _runs.Add(1, name, new KeyValuePair<string, object?>("result", hasFailed ? "failed" : "done"));
        _duration.Record(time.TotalMilliseconds, name);
    }
}
