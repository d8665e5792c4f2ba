using LogisticsAdmin.Features.Voice.Reading;
using LogisticsAdmin.Shared.Ui;

namespace LogisticsAdmin.Features.Voice.Desk;

/// <summary>A user's display settings for the desk of cases; they apply on every device.</summary>
public sealed class PersonVoiceDeskSettings
{
    private PersonVoiceDeskSettings() { }

    public PersonVoiceDeskSettings(long personId, VoiceDeskSettings settings)
    {
        PersonId = personId;
        Apply(settings);
    }

    public long PersonId { get; private set; }
    public DeskDensity Density { get; private set; }
    public VoiceSort Sort { get; private set; }
    public VoiceRowFact Facts { get; private set; }
    public bool Advances { get; private set; }

    public void Apply(VoiceDeskSettings settings) =>
        (Density, Sort, Facts, Advances) = (settings.Density, settings.Sort, settings.Facts, settings.Advances);
}
