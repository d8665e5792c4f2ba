namespace LogisticsAdmin.Features.Voice.Cases;

/// <summary>What undoable verbs change. With the number of entries, so that an undo finds out when anything happened since.</summary>
internal sealed record VoiceMemento(
    int EventCount, VoiceState State, VoiceKind Kind, long? CentreId, long? CrewId, long? OwnerId, long? LeadId, bool IsEscalated,
    int Extensions, DateTimeOffset? ExtendedTo, int? SettleStep, DateTimeOffset? FirstAnsweredAt, DateTimeOffset? SettledAt);
