using LogisticsAdmin.Features.Repairs.Tickets;

namespace LogisticsAdmin.Features.Repairs.Desk.Presence;

/// <summary>Somebody who has a ticket open, in however many tabs.</summary>
public sealed record Viewer(long PersonId, string Name, DateTimeOffset Since);

/// <summary>Who is at it, until when without a further sign of life, and from whom they took it over.</summary>
public sealed record ClaimView(long PersonId, string Name, ClaimKind Kind, DateTimeOffset Until, long? TakenFrom);

/// <summary>Who has a ticket open and who is composing something for it. Immutable, shared by every open page.</summary>
public sealed record TicketPresence(long TicketId, TicketParties Parties, IReadOnlyList<Viewer> Viewers, ClaimView? Claim)
{
    /// <summary>The same without this person; null when nobody else is there. Whoever holds the claim is always among the viewers.</summary>
    public TicketPresence? Without(long personId)
    {
        var others = Viewers.Where(v => v.PersonId != personId).ToArray();
        if (others.Length == 0) return null;
        return others.Length == Viewers.Count ? this : this with { Viewers = others, Claim = Claim?.PersonId == personId ? null : Claim };
    }

    public bool ShowsTheSameAs(TicketPresence? other) => other is not null && Claim == other.Claim && Viewers.SequenceEqual(other.Viewers);
}
