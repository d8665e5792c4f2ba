using System.Collections.Immutable;
using System.Threading.Channels;
using LogisticsAdmin.Security;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Live;

public sealed class LiveOptions
{
    /// <summary>How long changes are collected after a delivery before they are delivered together.</summary>
    public TimeSpan Gather { get; set; } = TimeSpan.FromMilliseconds(80);

    /// <summary>Measures the gathering window in real time, even if the office's clock is simulated.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>How many connected live pages a person may have; the oldest is closed when one more is opened.</summary>
    public int CircuitsPerPerson { get; set; } = 20;

    /// <summary>How many phone pages of a person may listen at a time; another one is refused and works without.</summary>
    public int StreamsPerPerson { get; set; } = 12;

    /// <summary>Compressed sockets need a third more memory per open page, and a campus network has enough bandwidth.</summary>
    public bool DisableWebSocketCompression { get; set; } = true;
}

/// <summary>
/// The feed and its dispatcher. Writers only append to a queue. One loop delivers the first change immediately and batches the following
/// ones, so that neither a slow page nor a large number of pages blocks a writer.
/// </summary>
public sealed partial class InProcessFeed : BackgroundService, IChangeFeed
{
    private readonly Channel<(Change Change, long At)> _committed = Channel.CreateUnbounded<(Change, long)>(new() { SingleReader = true });
    private readonly LiveOptions _options;
    private readonly LiveMeter _meter;
    private readonly ILogger<InProcessFeed> _log;
    private ImmutableArray<Subscription> _subscriptions = [];
    private long _sequence;

    public InProcessFeed(IOptions<LiveOptions> options, LiveMeter meter, SessionStamps stamps, ILogger<InProcessFeed> log)
    {
        (_options, _meter, _log) = (options.Value, meter, log);
        stamps.Changed += person => EndSubscriptions(s => s.PersonId == person);
        stamps.Ended += session => EndSubscriptions(s => s.SessionId == session);
    }

    public long Sequence => Interlocked.Read(ref _sequence);

    public int Subscribers => _subscriptions.Length;

    public void Publish(IReadOnlyList<Change> changes)
    {
        foreach (var change in changes)
        {
            change.Sequence = Interlocked.Increment(ref _sequence);
            _committed.Writer.TryWrite((change, _options.Clock.GetTimestamp()));
        }
    }

    public Subscription Subscribe(long? personId, Func<Change, bool> filter, Guid? session = null)
    {
        var subscription = new Subscription(personId, session, filter, s => ImmutableInterlocked.Update(ref _subscriptions, all => all.Remove(s)));
        ImmutableInterlocked.Update(ref _subscriptions, all => all.Add(subscription));
        return subscription;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var lastDispatched = 0L;
        List<Change> gathered = [];
        while (await _committed.Reader.WaitToReadAsync(stoppingToken))
        {
            var quiet = _options.Clock.GetElapsedTime(lastDispatched);
            if (lastDispatched != 0 && quiet < _options.Gather) await Task.Delay(_options.Gather - quiet, _options.Clock, stoppingToken);

            gathered.Clear();
            var oldest = 0L;
            while (_committed.Reader.TryRead(out var next))
            {
                if (oldest == 0) oldest = next.At;
                gathered.Add(next.Change);
            }
            Dispatch(gathered);
            lastDispatched = _options.Clock.GetTimestamp();
            _meter.RecordDelivery(gathered.Count, _options.Clock.GetElapsedTime(oldest));
        }
    }

    private void Dispatch(List<Change> changes)
    {
        foreach (var subscription in _subscriptions)
        {
            try
            {
                subscription.Deliver(changes);
            }
            catch (Exception e)
            {
                // A failing filter must not stop the delivery to other readers.
                LogReaderFailed(e);
                subscription.End();
            }
        }
    }

    private void EndSubscriptions(Func<Subscription, bool> which)
    {
        foreach (var subscription in _subscriptions)
            if (which(subscription)) subscription.End();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A feed reader's filter failed; its subscription was ended")]
    private partial void LogReaderFailed(Exception e);
}
