namespace LogisticsAdmin.Features.Operations.Retention;

/// <summary>What a run would remove now; <paramref name="LeftOut"/> counts people with open matters, who stay as they are.</summary>
public sealed record RetentionPreview(RetentionKind Kind, int Months, DateOnly Before, int Count, int LeftOut);

/// <summary>A person who would be anonymised, and since when they have left.</summary>
public sealed record FormerPerson(long Id, string FullName, string? Number, DateTimeOffset LeftAt);

/// <summary>One stored run; <paramref name="By"/> is null for the nightly job.</summary>
public sealed record RetentionRunRow(
    long Id, RetentionKind Kind, DateOnly Before, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, int Done, int? LeftOut, bool IsStopped, string? By);

/// <summary>What the page shows: the periods, what they would remove now, and the last runs.</summary>
public sealed record RetentionView(RetentionForm Periods, IReadOnlyList<RetentionPreview> Previews, IReadOnlyList<FormerPerson> People, DateTimeOffset Next);
