namespace LogisticsAdmin.Features.Repairs.Desk.Views;

/// <summary>A person's look at the desk, the same wherever they sign in.</summary>
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
