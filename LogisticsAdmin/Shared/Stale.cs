namespace LogisticsAdmin.Shared;

/// <summary>Somebody else changed it first. The message says who, and the current value; nothing of this change is stored.</summary>
public sealed class Stale(string? by, string? theirs)
    : Refusal(by is null ? "Stale" : string.IsNullOrEmpty(theirs) ? "StaleWho" : "StaleBy", typeof(SharedText), [by, theirs])
{
    public string? By { get; } = by;
    public string? Theirs { get; } = theirs;
}
