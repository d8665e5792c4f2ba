namespace LogisticsAdmin.Shared;

/// <summary>How much one person may send. The office, which reports on behalf of others, is not limited.</summary>
public sealed class LimitOptions
{
    /// <summary>Reports of a resident within 24 hours.</summary>
    public int ReportsPerDay { get; set; } = 20;

    /// <summary>Replies of a resident within 24 hours, on all tickets together.</summary>
    public int RepliesPerDay { get; set; } = 60;

    /// <summary>Nudges of a resident within 24 hours, on all tickets together.</summary>
    public int NudgesPerDay { get; set; } = 20;

    /// <summary>Forms with files that a person may send within an hour, refused ones included.</summary>
    public int UploadsPerHour { get; set; } = 120;

    /// <summary>Requests of one address to feeds and public pages within a minute; a campus may share one address.</summary>
    public int PublicRequestsPerMinute { get; set; } = 600;
}
