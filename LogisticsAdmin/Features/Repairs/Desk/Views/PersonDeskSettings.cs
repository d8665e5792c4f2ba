using LogisticsAdmin.Shared.Ui;

namespace LogisticsAdmin.Features.Repairs.Desk.Views;

/// <summary>A user's display settings for the desk; they apply on every device.</summary>
public sealed class PersonDeskSettings
{
    private PersonDeskSettings() { }

    public PersonDeskSettings(long personId, DeskSettings settings)
    {
        PersonId = personId;
        Apply(settings);
    }

    public long PersonId { get; private set; }
    public DeskDensity Density { get; private set; }
    public DeskSort Sort { get; private set; }
    public DeskFact Facts { get; private set; }

    public bool Advances { get; private set; }

    public void Apply(DeskSettings settings) =>
        (Density, Sort, Facts, Advances) = (settings.Density, settings.Sort, settings.Facts, settings.Advances);
}
