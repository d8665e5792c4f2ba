namespace LogisticsAdmin.Features.Voice.Cases;

/// <summary>What a reporter sends. The thing it is about is named by the kind and key of an <c>IComplaintSubject</c>.</summary>
public sealed record VoiceReport(VoiceKind Kind, string Text, bool IsAnonymous)
{
    public long? CentreId { get; init; }
    public long? CrewId { get; init; }
    public long? BuildingId { get; init; }
    public long? RoomId { get; init; }

    /// <summary>The names of the place when it was sent, for search.</summary>
    public string PlaceWords { get; init; } = "";
    public string? SubjectKind { get; init; }
    public string? SubjectKey { get; init; }
    public Guid? SubmissionKey { get; init; }
}
