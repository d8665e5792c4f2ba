using LogisticsAdmin.Security;

namespace LogisticsAdmin.Live.Presence;

/// <summary>Identifies something that can be open, such as a ticket, by kind and id.</summary>
public readonly record struct PresenceKey(string Kind, long Id);

/// <summary>A subject, and the rule that decides who may see its presence.</summary>
public sealed record PresenceSubject(PresenceKey Key, Func<Actor, bool> MayView);

/// <summary>A person who has the subject open, in any number of tabs.</summary>
public sealed record Viewer(long PersonId, string Name, DateTimeOffset Since);

/// <summary>Who is composing something for the subject, until when unless it is renewed, and from whom they took the claim over.</summary>
public sealed record ClaimView(long PersonId, string Name, ClaimKind Kind, DateTimeOffset Until, long? TakenFrom);

/// <summary>
/// Who has a subject open and who is composing something for it; <paramref name="MayView"/> decides who may see this. Immutable, shared by
/// all open pages.
/// </summary>
public sealed record SubjectPresence(PresenceKey Key, Func<Actor, bool> MayView, IReadOnlyList<Viewer> Viewers, ClaimView? Claim)
{
    /// <summary>The same without this person; null if nobody else has it open. The holder of the claim is always among the viewers.</summary>
    public SubjectPresence? Without(long personId)
    {
        var others = Viewers.Where(v => v.PersonId != personId).ToArray();
        if (others.Length == 0) return null;
        return others.Length == Viewers.Count ? this : this with { Viewers = others, Claim = Claim?.PersonId == personId ? null : Claim };
    }

    public bool ShowsTheSameAs(SubjectPresence? other) => other is not null && Claim == other.Claim && Viewers.SequenceEqual(other.Viewers);
}
