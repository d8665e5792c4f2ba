using LogisticsAdmin.Features.Voice.Cases;

namespace LogisticsAdmin.Features.Voice.Figures;

/// <summary>
/// What figures ask about a case, or about the residents of a building. The moments are those within the period; nothing of it is about who sent a case.
/// </summary>
internal sealed record VoiceFact(long RowId)
{
    public VoiceKind? Kind { get; init; }
    public long? CentreId { get; init; }
    public long? BuildingId { get; init; }
    public DateTimeOffset? SubmittedAt { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }
    public DateTimeOffset? SettledAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public DateTimeOffset? RatedAt { get; init; }
    public DateTimeOffset? AppealedAt { get; init; }
    public bool IsAnonymous { get; init; }

    /// <summary>Answered, or its limit has passed.</summary>
    public bool IsAnswerDue { get; init; }
    public bool IsAnswerInTime { get; init; }
    public bool IsSettledInTime { get; init; }
    public bool? IsSolved { get; init; }
    public bool IsWithdrawn { get; init; }
    public bool WasReopened { get; init; }
    public Satisfaction? Satisfaction { get; init; }
    public long? AnswerSeconds { get; init; }

    /// <summary>How many people live in the building at the end of the period; null for a case.</summary>
    public int? Residents { get; init; }

    public bool IsCase => Residents is null;

    /// <summary>Praise asks for nothing that could be solved.</summary>
    public bool IsAsking => IsCase && Kind != VoiceKind.Praise;

    public static long RowOfCase(long id) => id * 2;

    public static long RowOfBuilding(long id) => id * 2 + 1;

    public static IEnumerable<long> CasesOf(IEnumerable<long> rows) => rows.Where(r => r % 2 == 0).Select(r => r / 2);

    public static IEnumerable<long> BuildingsOf(IEnumerable<long> rows) => rows.Where(r => r % 2 == 1).Select(r => r / 2);
}
