using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Voice.Cases;

/// <summary>
/// The published limits: the first answer within so many hours around the clock, settled within so much working time of the office. Never changed in
/// place: a change ends this level, and a case keeps the one in force when it was sent.
/// </summary>
public sealed class VoiceLevel : Versioned, IAudited
{
    private VoiceLevel() { }

    public VoiceLevel(int answerMinutes, int settleMinutes, DateTimeOffset from, string? why) =>
        (AnswerMinutes, SettleMinutes, From, Why) = (answerMinutes, settleMinutes, from, why);

    public int AnswerMinutes { get; private set; }
    public int SettleMinutes { get; private set; }
    public DateTimeOffset From { get; private set; }

    /// <summary>Null while it is in force.</summary>
    public DateTimeOffset? Until { get; private set; }
    public string? Why { get; private set; }

    public void End(DateTimeOffset at) => Until = at;

    /// <summary>Its end is undone: nothing was sent since.</summary>
    internal void Resume() => Until = null;
}
