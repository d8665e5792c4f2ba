namespace LogisticsAdmin.Shared;

/// <summary>The rows on which a bulk action was performed, the refusals, and the number of rows not reached because the user stopped it.</summary>
public sealed record BulkResult(IReadOnlyList<long> Done, IReadOnlyList<BulkRefusal> Refused, int Remaining);

/// <summary>A row on which the action failed, and why; after an unexpected error, the id of that error in the log.</summary>
public sealed record BulkRefusal(long Id, string Number, Refusal? Why, string? ErrorReference = null);

/// <summary>The progress of a bulk action.</summary>
public readonly record struct BulkProgress(int Done, int Refused, int Total);
