using System.Threading.RateLimiting;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Media;

/// <summary>
/// Admits requests with files: of each person one at a time, a few that wait unread, and so many within an hour, whatever becomes of them. As
/// a consequence, one person's pictures never take more than one place in the line for decoding.
/// </summary>
public sealed class UploadPlaces : IDisposable
{
    /// <summary>How many requests of one person wait.</summary>
    public const int Waiting = 4;

    private const long Unlimited = 0;

    /// <summary>How long a request waits for its place.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan SoonAgain = TimeSpan.FromSeconds(5);

    private readonly PartitionedRateLimiter<Actor> _hours, _lines, _places;

    public UploadPlaces(IOptions<LimitOptions> options)
    {
        _hours = PartitionedRateLimiter.Create<Actor, long>(actor => actor is { IsOffice: false, PersonId: { } person }
            ? RateLimitPartition.GetFixedWindowLimiter(person, _ =>
                new FixedWindowRateLimiterOptions { PermitLimit = options.Value.UploadsPerHour, Window = TimeSpan.FromHours(1) })
            : RateLimitPartition.GetNoLimiter(Unlimited));
        _lines = PartitionedRateLimiter.Create<Actor, long>(actor => RateLimitPartition.GetConcurrencyLimiter(
            actor.PersonId ?? Unlimited, _ => new ConcurrencyLimiterOptions { PermitLimit = 1, QueueLimit = Waiting }));
        _places = PartitionedRateLimiter.CreateChained(_hours, _lines);
    }

    /// <summary>
    /// Waits for the person's place, which is given back when it is disposed. Null when the request is refused, with the time after which to
    /// try again.
    /// </summary>
    public async Task<(IDisposable? Place, TimeSpan RetryAfter)> EnterAsync(Actor actor, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(LongestWait);
        try
        {
            var lease = await _places.AcquireAsync(actor, cancellationToken: patience.Token);
            if (lease.IsAcquired) return (lease, default);
            using (lease) return (null, lease.TryGetMetadata(MetadataName.RetryAfter, out var after) && after > SoonAgain ? after : SoonAgain);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return (null, SoonAgain);
        }
    }

    public void Dispose()
    {
        // A chain does not dispose its parts, whose timers would keep the stopped app in memory.
        _places.Dispose();
        _hours.Dispose();
        _lines.Dispose();
    }
}
