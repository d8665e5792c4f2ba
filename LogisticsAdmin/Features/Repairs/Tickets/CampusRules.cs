using LogisticsAdmin.Media;

namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>Fixed periods of the campus rules (FIELD.md 4.3).</summary>
public static class CampusRules
{
    public static readonly TimeSpan NudgeEvery = TimeSpan.FromHours(4);
    public static readonly TimeSpan VerifyWithin = TimeSpan.FromDays(7);
    public static readonly TimeSpan ReworkWithin = TimeSpan.FromDays(30);

    /// <summary>Within this the same fault in the same room is a repeat, whether the earlier one was closed or not.</summary>
    public static readonly TimeSpan RepeatWithin = TimeSpan.FromDays(30);
    public const int PhotosPerTicket = 6;

    /// <summary>As many photos as a ticket may have, each of the largest size that is accepted.</summary>
    public const long PhotoBytesPerTicket = PhotosPerTicket * (long)PictureProcessor.MaxBytes;

    /// <summary>More transfers than this are flagged: somebody may be passing the buck (推诿).</summary>
    public const int TransfersUnflagged = 2;
}
