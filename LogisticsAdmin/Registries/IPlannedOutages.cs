namespace LogisticsAdmin.Registries;

/// <summary>The cut-offs that the office announced, for slices whose work they explain.</summary>
public interface IPlannedOutages
{
    /// <summary>
    /// Those in force now or beginning within <paramref name="ahead"/> whose notice the acting person may read, the first to begin first.
    /// </summary>
    ValueTask<IReadOnlyList<AnnouncedOutage>> UpcomingAsync(TimeSpan ahead, CancellationToken ct = default);

    /// <summary>
    /// Those in force now or ended at most <paramref name="after"/> ago, whoever may read their notices. Asks for no right: for what the office
    /// stores, not for what somebody is shown.
    /// </summary>
    ValueTask<IReadOnlyList<AnnouncedOutage>> OngoingAsync(TimeSpan after, CancellationToken ct = default);

    /// <summary>The outage of a notice; null where the acting person may not read it, or not any more.</summary>
    ValueTask<AnnouncedOutage?> FindAsync(long noticeId, CancellationToken ct = default);
}
