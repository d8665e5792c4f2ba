namespace LogisticsAdmin.Features.Repairs.Desk.Views;

/// <summary>How one person looks at the desk. Immutable: every row holds the same one, and compares it by reference.</summary>
public sealed record RowLook(DeskDensity Density, DeskSort Sort, DeskFact Facts)
{
    public static readonly RowLook Default =
        new(DeskDensity.Comfortable, DeskSort.Pressing, DeskFact.Number | DeskFact.Place | DeskFact.Category | DeskFact.Who);

    public bool Shows(DeskFact fact) => (Facts & fact) != 0;
}
