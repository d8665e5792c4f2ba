using LogisticsAdmin.Media;

namespace LogisticsAdmin.Features.Voice.Cases;

/// <summary>Limits of what is sent, in characters unless named otherwise, and the periods of the rules.</summary>
public static class VoiceLimits
{
    /// <summary>The prefix of numbers, as in TS20261122-0001.</summary>
    public const string Series = "TS";

    public const int Text = 2_000;
    public const int Reason = 300;
    public const int Title = 80;
    public const int Photos = 6;
    public const long PhotoBytes = Photos * (long)PictureProcessor.MaxBytes;

    /// <summary>Extensions of one case.</summary>
    public const int Extensions = 2;

    /// <summary>Days by which one extension may move the limit.</summary>
    public const int ExtensionDays = 30;

    /// <summary>Days within which the reporter says whether a settled case is solved; afterwards it is closed.</summary>
    public const int AnswerDays = 7;

    /// <summary>Days after the case was settled within which the reporter may appeal.</summary>
    public const int AppealDays = 15;

    /// <summary>Cases of one group beside the lead.</summary>
    public const int Group = 200;

    /// <summary>Rows of one bulk action.</summary>
    public const int Bulk = 200;

    /// <summary>Longest limit of a level, in hours.</summary>
    public const int LevelHours = 2_000;
}
