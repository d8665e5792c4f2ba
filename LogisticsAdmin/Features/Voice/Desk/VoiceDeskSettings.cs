using LogisticsAdmin.Features.Voice.Reading;
using LogisticsAdmin.Shared.Ui;

namespace LogisticsAdmin.Features.Voice.Desk;

/// <summary>A user's settings for the desk; with <paramref name="Advances"/> the next case is opened after a decision.</summary>
public sealed record VoiceDeskSettings(DeskDensity Density, VoiceSort Sort, VoiceRowFact Facts, bool Advances = false)
{
    public static readonly VoiceDeskSettings Default = new(
        DeskDensity.Comfortable, VoiceSort.Pressing,
        VoiceRowFact.Number | VoiceRowFact.Kind | VoiceRowFact.Reporter | VoiceRowFact.Unit | VoiceRowFact.Place | VoiceRowFact.Owner);

    public bool Shows(VoiceRowFact fact) => (Facts & fact) != 0;
}
