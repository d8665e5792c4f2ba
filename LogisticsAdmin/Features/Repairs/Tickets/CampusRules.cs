using LogisticsAdmin.Media;

namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>Fixed periods of the campus rules (FIELD.md 4.3).</summary>
public static class CampusRules
{
    public static readonly TimeSpan NudgeEvery = TimeSpan.FromHours(4);
    public static readonly TimeSpan VerifyWithin = TimeSpan.FromDays(7);
    public static readonly TimeSpan ReworkWithin = TimeSpan.FromDays(30);

    /// <summary>A ticket for the same room and category within this period counts as a repeat, whether the earlier one was closed or not.</summary>
    public static readonly TimeSpan RepeatWithin = TimeSpan.FromDays(30);
    public const int PhotosPerTicket = 6;

    /// <summary>The total size in bytes of the maximum number of photos, each at the largest accepted size.</summary>
    public const long PhotoBytesPerTicket = PhotosPerTicket * (long)PictureProcessor.MaxBytes;

    /// <summary>Tickets with more transfers than this are flagged, because crews may be avoiding the work (推诿).</summary>
    public const int TransfersUnflagged = 2;
}
