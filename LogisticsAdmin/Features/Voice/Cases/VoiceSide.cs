namespace LogisticsAdmin.Features.Voice.Cases;

/// <summary>Who wrote an entry of the timeline. That it was the reporter is known; who that is stands in <see cref="VoiceReporter"/> only.</summary>
public enum VoiceSide
{
    Reporter = 1,
    Office = 2,
    System = 3,
}
