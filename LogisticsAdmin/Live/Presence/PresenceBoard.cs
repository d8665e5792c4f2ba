using LogisticsAdmin.Security;

namespace LogisticsAdmin.Live.Presence;

/// <summary>
/// Tracks who has which subject open, and who is composing something for it. In memory only, because presence ends with the circuits and
/// these end with the process. A claim informs others, it is not a lock. Nothing runs while nobody opens, closes or composes anything.
/// </summary>
public sealed class PresenceBoard : IDisposable
{
    /// <summary>How long a claim lasts after the last sign of composing.</summary>
    public static readonly TimeSpan ClaimDuration = TimeSpan.FromMinutes(2);

    /// <summary>
    /// How long an open dialog without input counts as composing, for example while the user is on the phone. After that it is considered
    /// abandoned, and its claim expires like any other.
    /// </summary>
    public static readonly TimeSpan DialogClaimDuration = TimeSpan.FromMinutes(10);

    /// <summary>Typing renews the claim with each letter, but others are notified at most once in this interval.</summary>
    private static readonly TimeSpan RenewalInterval = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, Viewing> _viewings = [];
    private readonly Dictionary<PresenceKey, Subject> _subjects = [];
    private readonly IChangeFeed _feed;
    private readonly TimeProvider _clock;
    private readonly ITimer _expiry;
    private DateTimeOffset? _wakesAt;

    public PresenceBoard(IChangeFeed feed, TimeProvider clock)
    {
        (_feed, _clock) = (feed, clock);
        _expiry = clock.CreateTimer(_ => Expire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public SubjectPresence? Of(PresenceKey key)
    {
        lock (_lock) return _subjects.GetValueOrDefault(key)?.Now;
    }

    /// <summary>The circuit opened this subject, which replaces any other it had open.</summary>
    public SubjectPresence Open(Guid circuit, Actor actor, PresenceSubject subject)
    {
        lock (_lock)
        {
            if (_viewings.TryGetValue(circuit, out var viewing))
            {
                if (viewing.Subject.Key == subject.Key)
                {
                    viewing.Subject.MayView = subject.MayView;
                    return viewing.Subject.Now = viewing.Subject.Now with { MayView = subject.MayView };
                }
                Leave(viewing);
            }
            if (!_subjects.TryGetValue(subject.Key, out var open)) _subjects[subject.Key] = open = new Subject(subject);
            open.MayView = subject.MayView;
            var person = actor.PersonId ?? throw new ArgumentException("The system itself opens nothing.", nameof(actor));
            viewing = new Viewing(circuit, person, actor.Name, _clock.GetUtcNow(), open);
            _viewings[circuit] = viewing;
            open.Viewings.Add(viewing);
            return Publish(open);
        }
    }

    /// <summary>The circuit closed its subject or was lost: presence and claim end immediately.</summary>
    public void Close(Guid circuit)
    {
        lock (_lock)
            if (_viewings.TryGetValue(circuit, out var viewing)) Leave(viewing);
    }

    /// <summary>
    /// Claims the open subject for two minutes; each sign of composing renews the claim. A claim <paramref name="inDialog"/> renews itself
    /// until the dialog is closed (<see cref="Release"/>), the circuit is lost, somebody takes over, or the dialog had no input for
    /// <see cref="DialogClaimDuration"/>. A current claim of somebody else is not replaced. Returns the current claim; null if the circuit has nothing
    /// open.
    /// </summary>
    public ClaimView? Claim(Guid circuit, ClaimKind kind, bool inDialog = false)
    {
        lock (_lock)
        {
            if (!_viewings.TryGetValue(circuit, out var viewing)) return null;
            var (held, now) = (LiveClaim(viewing.Subject), _clock.GetUtcNow());
            if (held is not null && held.PersonId != viewing.PersonId) return held;
            viewing.Subject.DialogUntil = inDialog ? now + DialogClaimDuration : null;
            var isSame = held?.Kind == kind;
            if (isSame && viewing.Subject.Claimant == circuit && held!.Until - now > ClaimDuration - RenewalInterval)
            {
                WakeAt(NextClaimCheck(viewing.Subject, held));
                return held;
            }
            return SetClaim(viewing, new ClaimView(viewing.PersonId, viewing.Name, kind, now + ClaimDuration, held?.TakenFrom), isRenewalOnly: isSame);
        }
    }

    /// <summary>Takes over the current claim of somebody else, who is notified. Returns null if there is no claim.</summary>
    public ClaimView? TakeOver(Guid circuit)
    {
        lock (_lock)
        {
            if (!_viewings.TryGetValue(circuit, out var viewing) || LiveClaim(viewing.Subject) is not { } held) return null;
            if (held.PersonId == viewing.PersonId) return held;
            viewing.Subject.DialogUntil = null;
            return SetClaim(viewing, new ClaimView(viewing.PersonId, viewing.Name, held.Kind, _clock.GetUtcNow() + ClaimDuration, held.PersonId),
                isRenewalOnly: false);
        }
    }

    /// <summary>Ends the circuit's claim, because it sent or discarded what was composed.</summary>
    public void Release(Guid circuit)
    {
        lock (_lock)
        {
            if (!_viewings.TryGetValue(circuit, out var viewing) || viewing.Subject.Claimant != circuit) return;
            viewing.Subject.ClearClaim();
            Publish(viewing.Subject);
        }
    }

    // A dialog's claim stays valid even if the timer that renews it is late.
    private ClaimView? LiveClaim(Subject open) =>
        open.Claim is { } claim && _clock.GetUtcNow() is var now && (claim.Until > now || open.DialogUntil > now) ? claim : null;

    private ClaimView SetClaim(Viewing viewing, ClaimView claim, bool isRenewalOnly)
    {
        (viewing.Subject.Claimant, viewing.Subject.Claim) = (viewing.Circuit, claim);
        WakeAt(NextClaimCheck(viewing.Subject, claim));
        Publish(viewing.Subject, isRenewalOnly);
        return claim;
    }

    // Renews a dialog's claim before it expires, so that there is no gap.
    private static DateTimeOffset NextClaimCheck(Subject open, ClaimView claim) => open.DialogUntil > claim.Until ? claim.Until - RenewalInterval : claim.Until;

    private void Leave(Viewing viewing)
    {
        _viewings.Remove(viewing.Circuit);
        viewing.Subject.Viewings.Remove(viewing);
        if (viewing.Subject.Claimant == viewing.Circuit) viewing.Subject.ClearClaim();
        if (viewing.Subject.Viewings.Count == 0) _subjects.Remove(viewing.Subject.Key);
        Publish(viewing.Subject);
    }

    // Called under the lock, so that changes are published in order; publishing only appends to a queue.
    private SubjectPresence Publish(Subject open, bool isRenewalOnly = false)
    {
        var viewers = open.Viewings.DistinctBy(s => s.PersonId).Select(s => new Viewer(s.PersonId, s.Name, s.Since)).ToArray();
        var now = new SubjectPresence(open.Key, open.MayView, viewers, open.Claim);
        var isSame = now.ShowsTheSameAs(open.Now);
        open.Now = now;
        if (!isSame) _feed.Publish([new PresenceChanged(now, isRenewalOnly)]);
        return now;
    }

    // One timer for the whole process, inactive while there are no claims. After a claim was renewed it may fire once without effect.
    private void WakeAt(DateTimeOffset until)
    {
        if (_wakesAt <= until) return;
        _wakesAt = until;
        var wait = Math.Ceiling((until - _clock.GetUtcNow()).TotalMilliseconds);
        _expiry.Change(TimeSpan.FromMilliseconds(Math.Max(1, wait)), Timeout.InfiniteTimeSpan);
    }

    private void Expire()
    {
        lock (_lock)
        {
            _wakesAt = null;
            foreach (var open in _subjects.Values)
            {
                if (open.Claim is not { } claim) continue;
                if (LiveClaim(open) is null)
                {
                    open.ClearClaim();
                    Publish(open);
                    continue;
                }
                if (NextClaimCheck(open, claim) <= _clock.GetUtcNow())
                {
                    var renewed = _clock.GetUtcNow() + ClaimDuration;
                    open.Claim = claim = claim with { Until = renewed < open.DialogUntil ? renewed : open.DialogUntil!.Value };
                    Publish(open, isRenewalOnly: true);
                }
                WakeAt(NextClaimCheck(open, claim));
            }
        }
    }

    public void Dispose() => _expiry.Dispose();

    /// <summary>A circuit that has a subject open.</summary>
    private sealed record Viewing(Guid Circuit, long PersonId, string Name, DateTimeOffset Since, Subject Subject);

    /// <summary>A subject and the circuits that have it open, the earliest first.</summary>
    private sealed class Subject(PresenceSubject subject)
    {
        public PresenceKey Key { get; } = subject.Key;
        public Func<Actor, bool> MayView { get; set; } = subject.MayView;
        public List<Viewing> Viewings { get; } = [];
        public Guid? Claimant { get; set; }
        public ClaimView? Claim { get; set; }

        /// <summary>Until when an open dialog renews the claim; null if the claim is not from a dialog.</summary>
        public DateTimeOffset? DialogUntil { get; set; }
        public SubjectPresence Now { get; set; } = new(subject.Key, subject.MayView, [], null);

        public void ClearClaim() => (Claimant, Claim, DialogUntil) = (null, null, null);
    }
}
