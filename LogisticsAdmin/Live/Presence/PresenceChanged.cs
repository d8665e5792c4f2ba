namespace LogisticsAdmin.Live.Presence;

/// <summary>
/// Somebody opened or closed a subject, or began or stopped composing. With <paramref name="IsRenewalOnly"/> a claim was only extended, which
/// lists don't show.
/// </summary>
public sealed record PresenceChanged(SubjectPresence Now, bool IsRenewalOnly) : Change;
