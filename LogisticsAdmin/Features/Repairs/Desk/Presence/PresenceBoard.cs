using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;

namespace LogisticsAdmin.Features.Repairs.Desk.Presence;

/// <summary>
/// Who has which ticket open, and who is composing a reply or an assignment for it. In memory only: with the process end the circuits
/// that it tells about. A claim is a sign to others, never a lock. Nothing here runs while nobody comes, goes or composes.
/// </summary>
public sealed class PresenceBoard : IDisposable
{
    /// <summary>How long a claim outlives the last sign of composing.</summary>
    public static readonly TimeSpan ClaimLasts = TimeSpan.FromMinutes(2);

    /// <summary>
    /// How long an open dialog is a sign of composing by itself: whoever thinks or telephones in front of it still composes. After so
    /// long without a letter or a choice it was forgotten, and its claim lapses like any other.
    /// </summary>
    public static readonly TimeSpan DialogCounts = TimeSpan.FromMinutes(10);

    /// <summary>Whoever types on renews the claim with each letter; others hear of it no more often than this.</summary>
    private static readonly TimeSpan RenewedEvery = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, Seat> _seats = [];
    private readonly Dictionary<long, Table> _tables = [];
    private readonly IChangeFeed _feed;
    private readonly TimeProvider _clock;
    private readonly ITimer _expiry;
    private DateTimeOffset? _wakesAt;

    public PresenceBoard(IChangeFeed feed, TimeProvider clock)
    {
        (_feed, _clock) = (feed, clock);
        _expiry = clock.CreateTimer(_ => Expire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public TicketPresence? Of(long ticketId)
    {
        lock (_lock) return _tables.GetValueOrDefault(ticketId)?.Now;
    }

    /// <summary>The circuit has this ticket open, and no other any more.</summary>
    public TicketPresence Open(Guid circuit, Actor actor, long ticketId, TicketParties parties)
    {
        lock (_lock)
        {
            if (_seats.TryGetValue(circuit, out var seat))
            {
                if (seat.Table.TicketId == ticketId)
                {
                    if (seat.Table.Parties != parties) seat.Table.Now = seat.Table.Now with { Parties = seat.Table.Parties = parties };
                    return seat.Table.Now;
                }
                Leave(seat);
            }
            if (!_tables.TryGetValue(ticketId, out var table)) _tables[ticketId] = table = new Table(ticketId);
            table.Parties = parties;
            seat = new Seat(circuit, actor.PersonId ?? throw new ArgumentException("The house itself opens nothing.", nameof(actor)), actor.Name, _clock.GetUtcNow(), table);
            _seats[circuit] = seat;
            table.Seats.Add(seat);
            return Tell(table);
        }
    }

    /// <summary>The circuit left its ticket or was lost: presence and claim are free at once.</summary>
    public void Close(Guid circuit)
    {
        lock (_lock)
            if (_seats.TryGetValue(circuit, out var seat)) Leave(seat);
    }

    /// <summary>
    /// Claims the open ticket for two minutes from now, again with each sign of composing. What is composed <paramref name="inDialog"/>
    /// renews itself until the dialog is closed (<see cref="Release"/>), the circuit is lost, somebody takes over, or nothing was typed or
    /// chosen in it for <see cref="DialogCounts"/>. A live claim of somebody else stays theirs. Returns the claim that holds; null when the
    /// circuit has nothing open.
    /// </summary>
    public ClaimView? Claim(Guid circuit, ClaimKind kind, bool inDialog = false)
    {
        lock (_lock)
        {
            if (!_seats.TryGetValue(circuit, out var seat)) return null;
            var (held, now) = (LiveClaim(seat.Table), _clock.GetUtcNow());
            if (held is not null && held.PersonId != seat.PersonId) return held;
            seat.Table.DialogUntil = inDialog ? now + DialogCounts : null;
            var isSame = held?.Kind == kind;
            if (isSame && seat.Table.Claimant == circuit && held!.Until - now > ClaimLasts - RenewedEvery)
            {
                WakeAt(LooksAt(seat.Table, held));
                return held;
            }
            return Hold(seat, new ClaimView(seat.PersonId, seat.Name, kind, now + ClaimLasts, held?.TakenFrom), onlyLonger: isSame);
        }
    }

    /// <summary>Takes a live claim of somebody else over, who is told by whom. Without one there is nothing to take.</summary>
    public ClaimView? TakeOver(Guid circuit)
    {
        lock (_lock)
        {
            if (!_seats.TryGetValue(circuit, out var seat) || LiveClaim(seat.Table) is not { } held) return null;
            if (held.PersonId == seat.PersonId) return held;
            seat.Table.DialogUntil = null;
            return Hold(seat, new ClaimView(seat.PersonId, seat.Name, held.Kind, _clock.GetUtcNow() + ClaimLasts, held.PersonId), onlyLonger: false);
        }
    }

    /// <summary>The circuit sent or dropped what it composed.</summary>
    public void Release(Guid circuit)
    {
        lock (_lock)
        {
            if (!_seats.TryGetValue(circuit, out var seat) || seat.Table.Claimant != circuit) return;
            seat.Table.Free();
            Tell(seat.Table);
        }
    }

    // A dialog's claim lives on even when the timer that renews it comes late.
    private ClaimView? LiveClaim(Table table) =>
        table.Claim is { } claim && _clock.GetUtcNow() is var now && (claim.Until > now || table.DialogUntil > now) ? claim : null;

    private ClaimView Hold(Seat seat, ClaimView claim, bool onlyLonger)
    {
        (seat.Table.Claimant, seat.Table.Claim) = (seat.Circuit, claim);
        WakeAt(LooksAt(seat.Table, claim));
        Tell(seat.Table, onlyLonger);
        return claim;
    }

    /// Before a dialog's claim runs out, so that it never lapses in between.
    private static DateTimeOffset LooksAt(Table table, ClaimView claim) => table.DialogUntil > claim.Until ? claim.Until - RenewedEvery : claim.Until;

    private void Leave(Seat seat)
    {
        _seats.Remove(seat.Circuit);
        seat.Table.Seats.Remove(seat);
        if (seat.Table.Claimant == seat.Circuit) seat.Table.Free();
        if (seat.Table.Seats.Count == 0) _tables.Remove(seat.Table.TicketId);
        Tell(seat.Table);
    }

    // Under the lock, so that changes arrive in the order in which they happened; publishing only appends.
    private TicketPresence Tell(Table table, bool onlyLonger = false)
    {
        var viewers = table.Seats.DistinctBy(s => s.PersonId).Select(s => new Viewer(s.PersonId, s.Name, s.Since)).ToArray();
        var now = new TicketPresence(table.TicketId, table.Parties, viewers, table.Claim);
        var isSame = now.ShowsTheSameAs(table.Now);
        table.Now = now;
        if (!isSame) _feed.Publish([new PresenceChanged(now, onlyLonger)]);
        return now;
    }

    /// One timer for the whole house, and none while nobody claims anything. Renewed claims let it wake once for nothing.
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
            foreach (var table in _tables.Values)
            {
                if (table.Claim is not { } claim) continue;
                if (LiveClaim(table) is null)
                {
                    table.Free();
                    Tell(table);
                    continue;
                }
                if (LooksAt(table, claim) <= _clock.GetUtcNow())
                {
                    var renewed = _clock.GetUtcNow() + ClaimLasts;
                    table.Claim = claim = claim with { Until = renewed < table.DialogUntil ? renewed : table.DialogUntil!.Value };
                    Tell(table, onlyLonger: true);
                }
                WakeAt(LooksAt(table, claim));
            }
        }
    }

    public void Dispose() => _expiry.Dispose();

    /// <summary>One circuit at one ticket.</summary>
    private sealed record Seat(Guid Circuit, long PersonId, string Name, DateTimeOffset Since, Table Table);

    /// <summary>One ticket with those who have it open, the earliest first.</summary>
    private sealed class Table(long ticketId)
    {
        public long TicketId { get; } = ticketId;
        public TicketParties Parties { get; set; }
        public List<Seat> Seats { get; } = [];
        public Guid? Claimant { get; set; }
        public ClaimView? Claim { get; set; }

        /// <summary>Until when an open dialog renews the claim; null for what is composed without one.</summary>
        public DateTimeOffset? DialogUntil { get; set; }
        public TicketPresence Now { get; set; } = new(ticketId, default, [], null);

        public void Free() => (Claimant, Claim, DialogUntil) = (null, null, null);
    }
}
