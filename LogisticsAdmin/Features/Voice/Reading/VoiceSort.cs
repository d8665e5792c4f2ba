namespace LogisticsAdmin.Features.Voice.Reading;

/// <summary>What the office's list is ordered by.</summary>
public enum VoiceSort
{
    Pressing = 1,
    Newest = 2,
    Oldest = 3,
}
