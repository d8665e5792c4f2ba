using System.Text.Json.Serialization;

namespace LogisticsAdmin.Features.Voice.Cases;

/// <summary>What undoable verbs change. With the number of entries, so that an undo finds out when anything happened since.</summary>
internal sealed record VoiceMemento(
    int EventCount, VoiceState State, VoiceKind Kind, long? CentreId, long? CrewId, long? OwnerId, long? LeadId, bool IsEscalated,
    int Extensions, DateTimeOffset? ExtendedTo, int? SettleStep, DateTimeOffset? FirstAnsweredAt, DateTimeOffset? SettledAt)
{
    /// <summary>
    /// What the public board says of it, or said before it was taken off; null when it was never there. Left out then, so that steps which were stored
    /// without it are still compared right.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public VoicePublicationMemento? Published { get; init; }
}

/// <summary>A case on the public board. With its version, so that an undo finds out when it was changed since.</summary>
internal sealed record VoicePublicationMemento(
    long Version, string Title, string Question, string Answer, DateTimeOffset? RetiredAt, DateTimeOffset PublishedAt);
