namespace LogisticsAdmin.Shared;

/// <summary>Somebody else changed it first. The message says who, and the current value; nothing of this change is stored.</summary>
public sealed class Stale(string? by, string? currentState)
    : Refusal(by is null ? "Stale" : string.IsNullOrEmpty(currentState) ? "StaleWho" : "StaleBy", typeof(SharedText), [by, currentState])
{
    public string? By { get; } = by;
    public string? CurrentState { get; } = currentState;
}
