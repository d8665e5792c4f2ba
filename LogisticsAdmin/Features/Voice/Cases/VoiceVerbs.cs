namespace LogisticsAdmin.Features.Voice.Cases;

/// <summary>The states in which each verb is allowed. Checked by the case before it changes, and by pages before they offer a verb.</summary>
public static class VoiceVerbs
{
    /// <summary>The states in which the office has something to do.</summary>
    public static readonly VoiceState[] Open = [VoiceState.New, VoiceState.Answered, VoiceState.Reopened, VoiceState.Appealed];

    private static readonly VoiceState[] Working = [VoiceState.New, VoiceState.Answered, VoiceState.Reopened];

    private static readonly VoiceState[] Any = Enum.GetValues<VoiceState>();

    /// <summary>The states in which the verb is allowed; empty for the verb that only creates a case.</summary>
    public static IReadOnlyList<VoiceState> AllowedFrom(VoiceVerb verb) => verb switch
    {
        VoiceVerb.Submit => [],
        VoiceVerb.Take or VoiceVerb.HandOver or VoiceVerb.Correct or VoiceVerb.Withdraw or VoiceVerb.BecomeLate or VoiceVerb.Remind => Open,
        VoiceVerb.Reply or VoiceVerb.Add => [.. Open, VoiceState.Settled],
        VoiceVerb.Escalate or VoiceVerb.Settle or VoiceVerb.Group or VoiceVerb.Ungroup => Working,
        VoiceVerb.Extend => [VoiceState.Answered, VoiceState.Reopened],
        VoiceVerb.Solve or VoiceVerb.Reopen or VoiceVerb.Close => [VoiceState.Settled],
        VoiceVerb.Appeal => [VoiceState.Settled, VoiceState.Closed],
        VoiceVerb.Decide => [VoiceState.Appealed],
        VoiceVerb.Rate => [VoiceState.Settled, VoiceState.Closed, VoiceState.Decided],
        VoiceVerb.Note or VoiceVerb.OpenName or VoiceVerb.Undo => Any,
        _ => throw new ArgumentOutOfRangeException(nameof(verb), verb, null),
    };

    public static bool Allows(this VoiceState state, VoiceVerb verb) => AllowedFrom(verb).Contains(state);

    public static bool IsOpen(this VoiceState state) => Open.Contains(state);

    public static bool IsEnded(this VoiceState state) => state is VoiceState.Closed or VoiceState.Decided or VoiceState.Withdrawn;
}
