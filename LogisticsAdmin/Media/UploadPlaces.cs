using System.Threading.RateLimiting;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Media;

/// <summary>
/// Admits requests with files: of each person one at a time, a few that wait unread, and so many within an hour, whatever becomes of them. As
/// a consequence, one person's pictures never take more than one place in the line for decoding.
/// </summary>
public sealed class UploadPlaces(IOptions<LimitOptions> options) : IDisposable
{
    /// <summary>How many requests of one person wait.</summary>
    public const int Waiting = 4;

    private const long Unlimited = 0;

    /// <summary>How long a request waits for its place.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan SoonAgain = TimeSpan.FromSeconds(5);

    private readonly PartitionedRateLimiter<Actor> _places = PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<Actor, long>(actor => actor is { IsOffice: false, PersonId: { } person }
            ? RateLimitPartition.GetFixedWindowLimiter(person, _ =>
                new FixedWindowRateLimiterOptions { PermitLimit = options.Value.UploadsPerHour, Window = TimeSpan.FromHours(1) })
            : RateLimitPartition.GetNoLimiter(Unlimited)),
        PartitionedRateLimiter.Create<Actor, long>(actor => RateLimitPartition.GetConcurrencyLimiter(actor.PersonId ?? Unlimited, _ =>
            new ConcurrencyLimiterOptions { PermitLimit = 1, QueueLimit = Waiting })));

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

    public void Dispose() => _places.Dispose();
}
