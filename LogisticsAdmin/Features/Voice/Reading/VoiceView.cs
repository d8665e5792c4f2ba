namespace LogisticsAdmin.Features.Voice.Reading;

/// <summary>The views of the office's list. Cases that are grouped under another stand in the last one only.</summary>
public enum VoiceView
{
    New = 1,
    Mine = 2,
    Open = 3,
    Late = 4,
    Appeals = 5,
    Settled = 6,
    All = 7,
}
