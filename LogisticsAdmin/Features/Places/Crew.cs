namespace LogisticsAdmin.Features.Places;

/// <summary>班组: who goes out and repairs.</summary>
public sealed class Crew : NamedThing
{
    private Crew() { }

    public Crew(Centre centre, string code, string name, string nameEn) : base(code, name, nameEn) => Centre = centre;

    public long CentreId { get; private set; }
    public Centre Centre { get; private set; } = null!;

    /// <summary>班组长: is told when the crew's work runs late.</summary>
    public long? LeadId { get; private set; }

    public void BeLedBy(long? personId) => LeadId = personId;
}
