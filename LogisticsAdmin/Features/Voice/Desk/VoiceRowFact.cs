namespace LogisticsAdmin.Features.Voice.Desk;

/// <summary>What a row of the desk can show in addition to state, text and limit.</summary>
[Flags]
public enum VoiceRowFact
{
    Number = 1,
    Kind = 2,
    Reporter = 4,
    Unit = 8,
    Place = 16,
    Owner = 32,
    Submitted = 64,
}
