namespace LogisticsAdmin.Features.Voice.Cases;

/// <summary>Topics of the change feed. Their changes carry only keys.</summary>
public static class VoiceTopics
{
    /// <summary>A case was put on the public board, its words there were changed, or it was taken off; the key is the publication's id, 0 for many.</summary>
    public const string Board = "voice-board";

    /// <summary>The limits changed.</summary>
    public const string Levels = "voice-levels";
}
