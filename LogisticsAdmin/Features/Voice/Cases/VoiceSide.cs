namespace LogisticsAdmin.Features.Voice.Cases;

/// <summary>
/// Who wrote an entry of the timeline. That it was the reporter is known; who that is stands in <see cref="VoiceReporter"/> only. The first entry of a
/// case that was recorded on behalf is the office's.
/// </summary>
public enum VoiceSide
{
    Reporter = 1,
    Office = 2,
    System = 3,
}
