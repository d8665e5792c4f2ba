namespace LogisticsAdmin.Features.Voice.Cases;

/// <summary>One entry of a case's timeline. Never changed after it was written, and never naming the reporter.</summary>
public sealed class VoiceEvent
{
    private VoiceEvent() { }

    internal VoiceEvent(VoiceVerb verb, VoiceSide side, long? actorId, DateTimeOffset at, VoiceState from, VoiceState to) =>
        (Verb, Side, ActorId, At, From, To) = (verb, side, side == VoiceSide.Office ? actorId : null, at, from, to);

    public long Id { get; private set; }
    public long CaseId { get; private set; }
    public VoiceVerb Verb { get; private set; }
    public VoiceSide Side { get; private set; }

    /// <summary>Who of the office; null for the reporter and the app.</summary>
    public long? ActorId { get; private set; }
    public DateTimeOffset At { get; private set; }
    public VoiceState From { get; private set; }
    public VoiceState To { get; private set; }

    /// <summary>A parameter of the verb: a kind, a verdict, a limit.</summary>
    public string? Code { get; internal set; }

    /// <summary>The colleague to whom it was handed over.</summary>
    public long? PersonId { get; internal set; }

    /// <summary>What was typed, unchanged.</summary>
    public string? Note { get; internal set; }

    /// <summary>Only the office reads it.</summary>
    public bool IsInternal { get; internal set; }

    /// <summary>Identifies the form that was sent, so that one sent twice is applied once.</summary>
    public Guid? Key { get; internal set; }
}
