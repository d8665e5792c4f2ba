namespace LogisticsAdmin.Features.Repairs.Desk.Views;

/// <summary>A user's display settings for the desk; they apply on every device.</summary>
public sealed class DeskLook
{
    private DeskLook() { }

    public DeskLook(long personId, RowLook look)
    {
        PersonId = personId;
        Wear(look);
    }

    public long PersonId { get; private set; }
    public DeskDensity Density { get; private set; }
    public DeskSort Sort { get; private set; }
    public DeskFact Facts { get; private set; }

    public void Wear(RowLook look) => (Density, Sort, Facts) = (look.Density, look.Sort, look.Facts);
}
