using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Operations.Retention;

/// <summary>
/// One clean-up of one kind of data. It is stored before it begins and counted with each batch, so that it goes on after a crash. What is
/// audited is set at its end: one act of the log.
/// </summary>
public sealed class RetentionRun : Versioned, IAudited
{
    private RetentionRun() { }

    public RetentionRun(RetentionKind kind, DateTimeOffset cutoff, DateTimeOffset at, long? requestedById) =>
        (Kind, Cutoff, StartedAt, RequestedById) = (kind, cutoff, at, requestedById);

    [NotAudited]
    public RetentionKind Kind { get; private set; }

    /// <summary>What is older is removed.</summary>
    [NotAudited]
    public DateTimeOffset Cutoff { get; private set; }

    [NotAudited]
    public DateTimeOffset StartedAt { get; private set; }

    /// <summary>Null: the nightly job.</summary>
    [NotAudited]
    public long? RequestedById { get; private set; }

    /// <summary>How many were deleted or anonymised so far.</summary>
    [NotAudited]
    public int Done { get; private set; }

    [NotAudited]
    public DateTimeOffset? FinishedAt { get; private set; }

    /// <summary>Ended by a person or a changed period before everything was removed.</summary>
    [NotAudited]
    public bool IsStopped { get; private set; }

    /// <summary>The result; null while it runs, and for a night in which there was nothing to remove.</summary>
    public int? Removed { get; private set; }
    public DateTimeOffset? RemovedBefore { get; private set; }

    /// <summary>People who stay as they are because of open matters.</summary>
    public int? LeftOut { get; private set; }
    public int? Seconds { get; private set; }

    /// <summary>Goes on with another cutoff, because the period became longer.</summary>
    public void KeepSince(DateTimeOffset cutoff) => Cutoff = cutoff;

    public void Count(int removed) => Done += removed;

    public void Finish(int leftOut, bool isStopped, DateTimeOffset at)
    {
        (FinishedAt, IsStopped) = (at, isStopped);
        if (Done == 0 && !isStopped && RequestedById is null) return;
        (Removed, RemovedBefore) = (Done, Cutoff);
        LeftOut = leftOut > 0 ? leftOut : null;
        Seconds = (int)Math.Ceiling((at - StartedAt).TotalSeconds);
    }
}
