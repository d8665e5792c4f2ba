using LogisticsAdmin.Shared.Ui;

namespace LogisticsAdmin.Features.Repairs.Desk.Views;

/// <summary>
/// A user's settings for the desk; with <paramref name="Advances"/> the next ticket is opened after a decision. Immutable: all rows share one
/// instance and compare it by reference.
/// </summary>
public sealed record DeskSettings(DeskDensity Density, DeskSort Sort, DeskFact Facts, bool Advances = false)
{
    public static readonly DeskSettings Default =
        new(DeskDensity.Comfortable, DeskSort.Pressing, DeskFact.Number | DeskFact.Place | DeskFact.Category | DeskFact.Who);

    public bool Shows(DeskFact fact) => (Facts & fact) != 0;
}
