using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Voice.Cases;

/// <summary>
/// A case on the public board: what was asked and answered, in words that the office wrote for it. It says the kind and the month, never who, and not
/// at what moment.
/// </summary>
public sealed class VoicePublication : Versioned, IAudited, IRetirable
{
    private VoicePublication() { }

    public VoicePublication(long caseId, VoiceKind kind, DateOnly month, long? byId, DateTimeOffset at) =>
        (CaseId, Kind, Month, PublishedById, PublishedAt) = (caseId, kind, month, byId, at);

    [NotAudited]
    public long CaseId { get; private set; }
    public VoiceKind Kind { get; private set; }

    /// <summary>The first day of the month in which the case was sent.</summary>
    [NotAudited]
    public DateOnly Month { get; private set; }
    public string Title { get; private set; } = "";
    public string Question { get; private set; } = "";
    public string Answer { get; private set; } = "";

    [NotAudited]
    public long? PublishedById { get; private set; }

    [NotAudited]
    public DateTimeOffset PublishedAt { get; private set; }

    /// <summary>When it was taken off the board.</summary>
    public DateTimeOffset? RetiredAt { get; private set; }

    public void Describe(string title, string question, string answer) => (Title, Question, Answer) = (title.Trim(), question.Trim(), answer.Trim());

    public void Retire(DateTimeOffset at) => RetiredAt = at;

    internal VoicePublicationMemento Remember() => new(Version, Title, Question, Answer, RetiredAt, PublishedAt);

    /// <summary>An undo gives it what it had before: its words, and whether and since when it is on the board.</summary>
    internal void Return(VoicePublicationMemento before) =>
        (Title, Question, Answer, RetiredAt, PublishedAt) = (before.Title, before.Question, before.Answer, before.RetiredAt, before.PublishedAt);

    /// <summary>Puts it on the board again.</summary>
    public void Restore(DateTimeOffset at) => (RetiredAt, PublishedAt) = (null, at);
}
