using LogisticsAdmin.Data;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Features.Outbox;

/// <summary>
/// Sends what is due: a batch is marked as being sent in one write, sent outside of any write, and what became of it is stored in another one. A
/// message is never sent by two runs, and one that was broken off after it was marked is never repeated by itself.
/// </summary>
public sealed class OutboxRunner(
    IServiceScopeFactory scopes, IEnumerable<IOutboxChannel> channels, IEnumerable<INotificationKind> kinds, OutboxMeter meter,
    IOptions<OutboxOptions> options, TimeProvider clock, ILogger<OutboxRunner> log)
{
    /// <summary>Topic of the feed: something was sent, given up or decided.</summary>
    public const string Topic = "outbox";

    /// <summary>How many messages are marked at once: after a kill the outcome of at most so many, and of their digests, is unknown.</summary>
    internal const int Batch = 32;

    /// <summary>How many messages one mail or robot message takes.</summary>
    internal const int ParcelSize = 200;

    /// <summary>After so many batches of one channel it is asked again what the others have to send.</summary>
    internal const int Round = 8;

    private const int Chunk = 500, SweptAtOnce = 2_000;
    private static readonly TimeSpan ChannelPause = TimeSpan.FromMinutes(1), SweepEvery = TimeSpan.FromHours(1);

    private readonly IReadOnlyList<IOutboxChannel> _channels = [.. channels];
    private readonly Dictionary<int, INotificationKind> _kinds = kinds.ToDictionary(k => k.Id);
    private readonly Dictionary<string, (long Since, string? Error)> _pauses = [];
    private readonly Dictionary<long, (OutboxDone Done, DateTimeOffset At)> _unrecorded = [];
    private readonly Lock _lock = new();
    private int _running;
    private bool _hasRecovered;
    private DateTimeOffset _sweptAt;

    /// <summary>Why a channel pauses; null while it doesn't.</summary>
    public string? ProblemOf(string channel)
    {
        lock (_lock) return _pauses.TryGetValue(channel, out var pause) && clock.GetElapsedTime(pause.Since) < ChannelPause ? pause.Error : null;
    }

    /// <summary>Sends everything that is due, and returns when nothing is. A call during another run does nothing.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        if (Interlocked.Exchange(ref _running, 1) == 1) return;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentUser>().SetActor(Actor.System);
            var databases = scope.ServiceProvider.GetRequiredService<IDbContextFactory<LogisticsDb>>();
            await RecordAsync(databases);
            if (!_hasRecovered) await RecoverAsync(databases, ct);
            _hasRecovered = true;
            await SendAllAsync(databases, [.. _channels.Where(c => c.IsActive)], ct);
            await SweepAsync(databases, ct);
            await CountAsync(databases, ct);
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }

    /// <summary>At the start, what is being sent belongs to a process that has ended.</summary>
    private async Task RecoverAsync(IDbContextFactory<LogisticsDb> databases, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (!await db.Outbox.AnyAsync(m => m.State == OutboxState.Sending, ct)) return;
        var found = await db.WriteAsync(async token =>
        {
            var broken = await db.Outbox.Where(m => m.State == OutboxState.Sending).ToListAsync(token);
            foreach (var message in broken) message.Die(OutboxReason.OutcomeUnknown, "ended", clock.GetUtcNow());
            db.Announce(new KeyChanged(Topic, 0));
            return broken.Count;
        }, ct);
        log.BrokenOff(found);
    }

    /// <summary>Makes a message for each robot of what groups are told.</summary>
    private async Task ExpandEventsAsync(IDbContextFactory<LogisticsDb> databases, CancellationToken ct)
    {
        for (var more = true; more;)
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            if (!await Events(db).AnyAsync(ct)) return;
            more = await db.WriteAsync(async token =>
            {
                var events = await Events(db).OrderBy(m => m.Id).Take(Batch).ToListAsync(token);
                var keys = events.ConvertAll(e => e.DedupeKey);
                var told = (await db.Outbox.Where(m => m.RobotId != null && keys.Contains(m.DedupeKey)).Select(m => new { m.RobotId, m.DedupeKey })
                    .ToListAsync(token)).Select(m => (m.RobotId!.Value, m.DedupeKey)).ToHashSet();
                var robots = await db.GroupRobots.AsNoTracking().Living().Where(r => r.IsEnabled).ToListAsync(token);
                foreach (var happened in events)
                {
                    db.Remove(happened);
                    if (_kinds.GetValueOrDefault(happened.Kind)?.Event is not { } what) continue;
                    foreach (var robot in robots.Where(r => r.Tells(what) && told.Add((r.Id, happened.DedupeKey)))) db.Add(happened.For(robot.Id));
                }
                return events.Count == Batch;
            }, ct);
        }

        static IQueryable<OutboxMessage> Events(LogisticsDb db) => db.Outbox.Where(m => m.State == OutboxState.Waiting
            && m.Channel == Robots.RobotChannel.Name && m.RobotId == null);
    }

    /// <summary>Goes on in rounds, so that what groups are told meanwhile does not wait until fifty thousand mails are sent.</summary>
    private async Task SendAllAsync(IDbContextFactory<LogisticsDb> databases, IOutboxChannel[] active, CancellationToken ct)
    {
        try
        {
            bool[] more;
            do
            {
                await ExpandEventsAsync(databases, ct);
                more = await Task.WhenAll(active.Select(channel => SendRoundAsync(databases, channel, ct)));
            }
            while (more.Contains(true));
        }
        finally
        {
            foreach (var channel in active) await channel.EndRunAsync();
        }
    }

    /// <summary>Sends some batches; true when there may be more.</summary>
    private async Task<bool> SendRoundAsync(IDbContextFactory<LogisticsDb> databases, IOutboxChannel channel, CancellationToken ct)
    {
        for (var batch = 0; batch < Round; batch++)
        {
            if (IsPaused(channel) || !await SendBatchAsync(databases, channel, ct)) return false;
            ct.ThrowIfCancellationRequested();
        }
        return true;
    }

    private async Task<bool> SendBatchAsync(IDbContextFactory<LogisticsDb> databases, IOutboxChannel channel, CancellationToken ct)
    {
        var parcels = await ClaimAsync(databases, channel, ct);
        if (parcels.Count == 0) return false;
        try
        {
            // Not cancelled from outside: a parcel that is on its way ends by itself, and the others are given back.
            await Parallel.ForEachAsync(parcels, new ParallelOptions { MaxDegreeOfParallelism = channel.Parallel, CancellationToken = CancellationToken.None },
                async (parcel, _) => Remember(parcel, await SendAsync(databases, channel, parcel, ct)));
        }
        finally
        {
            await RecordAsync(databases);
        }
        return true;
    }

    /// <summary>
    /// Marks the next due messages as being sent, each with the Message-ID that it keeps: what was written for one person before what was written
    /// for many.
    /// </summary>
    private async Task<List<Parcel>> ClaimAsync(IDbContextFactory<LogisticsDb> databases, IOutboxChannel channel, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var (key, now) = (channel.Key, clock.GetUtcNow());
        var outbox = db.Outbox;
        var due = outbox.Where(m => m.State == OutboxState.Waiting && m.Channel == key && m.DueAt <= now && (m.PersonId != null || m.RobotId != null));
        if (!await due.AnyAsync(ct)) return [];
        return await db.WriteAsync(async token =>
        {
            var next = await due.OrderBy(m => m.IsMass).ThenBy(m => m.DueAt).ThenBy(m => m.Id).Take(Batch).ToListAsync(token);
            var ids = next.ConvertAll(m => m.Id);
            var readers = next.Where(m => m.IsDigest).Select(m => m.PersonId).Distinct().ToList();
            var robots = next.Where(m => m.RobotId != null).Select(m => m.RobotId).Distinct().ToList();
            if (readers.Count + robots.Count > 0)
            {
                next.AddRange(await due.Where(m => !ids.Contains(m.Id) && ((m.IsDigest && readers.Contains(m.PersonId)) || robots.Contains(m.RobotId)))
                    .OrderBy(m => m.DueAt).ThenBy(m => m.Id).Take(ParcelSize * Batch).ToListAsync(token));
            }
            List<Parcel> parcels = [];
            foreach (var together in next.GroupBy(Together))
            {
                foreach (var messages in together.Chunk(ParcelSize))
                {
                    var messageId = messages[0].MessageId ?? channel.NewMessageId();
                    foreach (var message in messages) message.Claim(messageId);
                    parcels.Add(new Parcel(messageId, messages));
                }
            }
            db.Announce(new KeyChanged(Topic, 0));
            return parcels;
        }, ct);
    }

    /// <summary>What was tried together is tried again together: its Message-ID stands for the same text.</summary>
    private static (char, long, string?) Together(OutboxMessage message) =>
        message.RobotId is { } robot ? ('r', robot, message.MessageId)
        : message is { IsDigest: true, PersonId: { } reader } ? ('d', reader, message.MessageId)
        : ('m', message.Id, null);

    private async Task<ParcelOutcome> SendAsync(IDbContextFactory<LogisticsDb> databases, IOutboxChannel channel, Parcel parcel, CancellationToken ct)
    {
        if (ct.IsCancellationRequested || IsPaused(channel)) return ParcelOutcome.Of(new SendOutcome(SendResult.NotTried));
        var started = clock.GetTimestamp();
        ParcelOutcome outcome;
        try
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            outcome = await channel.SendAsync(db, parcel, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // A channel that had handed the parcel over says so itself.
            return ParcelOutcome.Of(new SendOutcome(SendResult.NotTried));
        }
        catch (Exception e)
        {
            log.SendingFailed(e, channel.Key, parcel.Messages[0].Id);
            outcome = ParcelOutcome.Of(new SendOutcome(SendResult.TryLater, "fault"));
        }
        if (outcome.Sending is not { } sending) return outcome;
        meter.Tried(channel.Key, sending.Result, clock.GetElapsedTime(started));
        if (sending.IsChannelDown) Pause(channel, sending.Error);
        return outcome;
    }

    private void Remember(Parcel parcel, ParcelOutcome outcome)
    {
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            foreach (var message in parcel.Messages)
            {
                _unrecorded[message.Id] = (
                    outcome.Dropped.TryGetValue(message.Id, out var reason) ? new OutboxDone(null, reason, null)
                    : outcome.Digested.TryGetValue(message.Id, out var dueAt) ? new OutboxDone(null, null, dueAt)
                    : new OutboxDone(outcome.Sending, null, null), now);
            }
        }
    }

    /// <summary>
    /// Stores what became of the messages. What can't be stored now, because the database is locked, is kept and stored before anything else is
    /// sent.
    /// </summary>
    private async Task RecordAsync(IDbContextFactory<LogisticsDb> databases)
    {
        KeyValuePair<long, (OutboxDone Done, DateTimeOffset At)>[] done;
        lock (_lock) done = [.. _unrecorded];
        foreach (var some in done.Chunk(Chunk))
        {
            var byId = some.ToDictionary(d => d.Key, d => d.Value);
            var ids = byId.Keys.ToList();
            await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
            var counts = await db.WriteAsync(async token =>
            {
                var messages = await db.Outbox.Where(m => ids.Contains(m.Id) && m.State == OutboxState.Sending).ToListAsync(token);
                foreach (var message in messages) byId[message.Id].Done.ApplyTo(message, byId[message.Id].At);
                db.Announce(new KeyChanged(Topic, 0));
                return messages.CountBy(m => (m.Channel, m.State)).ToDictionary();
            }, CancellationToken.None);
            lock (_lock)
            {
                foreach (var id in ids) _unrecorded.Remove(id);
            }
            foreach (var ((channel, state), messages) in counts) log.Recorded(channel, state, messages);
        }
    }

    private bool IsPaused(IOutboxChannel channel) => ProblemOf(channel.Key) is not null;

    private void Pause(IOutboxChannel channel, string? error)
    {
        lock (_lock)
        {
            if (_pauses.TryGetValue(channel.Key, out var known) && clock.GetElapsedTime(known.Since) < ChannelPause) return;
            _pauses[channel.Key] = (clock.GetTimestamp(), error ?? "");
        }
        log.ChannelDown(channel.Key, error);
    }

    /// <summary>Removes what was sent or left out long ago.</summary>
    private async Task SweepAsync(IDbContextFactory<LogisticsDb> databases, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (now - _sweptAt < SweepEvery) return;
        _sweptAt = now;
        var before = now.AddDays(-options.Value.KeepDays);
        for (var swept = SweptAtOnce; swept == SweptAtOnce;)
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            var old = await Old(db).OrderBy(m => m.EndedAt).Select(m => m.Id).Take(SweptAtOnce).ToListAsync(ct);
            foreach (var ids in old.Chunk(Chunk))
                await db.WriteAsync(token => BulkWriter.RemoveAsync(db, db.Outbox.Where(m => ids.Contains(m.Id)), token), ct);
            swept = old.Count;
            if (swept > 0) log.Swept(swept);
        }

        IQueryable<OutboxMessage> Old(LogisticsDb db) =>
            db.Outbox.Where(m => (m.State == OutboxState.Sent || m.State == OutboxState.Dropped) && m.EndedAt < before);
    }

    private async Task CountAsync(IDbContextFactory<LogisticsDb> databases, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        meter.Count(
            await db.Outbox.CountAsync(m => m.State == OutboxState.Waiting, ct), await db.Outbox.CountAsync(m => m.State == OutboxState.Dead, ct));
    }
}
