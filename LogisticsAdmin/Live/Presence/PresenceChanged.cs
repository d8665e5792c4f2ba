namespace LogisticsAdmin.Live.Presence;

/// <summary>Somebody opened or left a subject, began or ended composing. <paramref name="OnlyLonger"/>: a claim lasts longer, which lists don't show.</summary>
public sealed record PresenceChanged(SubjectPresence Now, bool OnlyLonger) : Change;
