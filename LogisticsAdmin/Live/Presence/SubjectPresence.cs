using LogisticsAdmin.Security;

namespace LogisticsAdmin.Live.Presence;

/// <summary>What somebody can have open: a ticket, later a complaint; by its kind and id.</summary>
public readonly record struct PresenceKey(string Kind, long Id);

/// <summary>A subject with the rule who may see who is at it.</summary>
public sealed record PresenceSubject(PresenceKey Key, Func<Actor, bool> MayView);

/// <summary>Somebody who has the subject open, in however many tabs.</summary>
public sealed record Viewer(long PersonId, string Name, DateTimeOffset Since);

/// <summary>Who composes something for the subject, until when unless it is renewed, and from whom they took it over.</summary>
public sealed record ClaimView(long PersonId, string Name, ClaimKind Kind, DateTimeOffset Until, long? TakenFrom);

/// <summary>
/// Who has a subject open and who is composing something for it; <paramref name="MayView"/> decides who may be told. Immutable, shared by
/// every open page.
/// </summary>
public sealed record SubjectPresence(PresenceKey Key, Func<Actor, bool> MayView, IReadOnlyList<Viewer> Viewers, ClaimView? Claim)
{
    /// <summary>The same without this person; null when nobody else is there. Whoever holds the claim is always among the viewers.</summary>
    public SubjectPresence? Without(long personId)
    {
        var others = Viewers.Where(v => v.PersonId != personId).ToArray();
        if (others.Length == 0) return null;
        return others.Length == Viewers.Count ? this : this with { Viewers = others, Claim = Claim?.PersonId == personId ? null : Claim };
    }

    public bool ShowsTheSameAs(SubjectPresence? other) => other is not null && Claim == other.Claim && Viewers.SequenceEqual(other.Viewers);
}
