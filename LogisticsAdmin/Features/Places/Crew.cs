namespace LogisticsAdmin.Features.Places;

/// <summary>班组: technicians who are assigned together.</summary>
public sealed class Crew : NamedEntity
{
    private Crew() { }

    public Crew(Centre centre, string code, string name, string nameEn) : base(code, name, nameEn) => Centre = centre;

    public long CentreId { get; private set; }
    public Centre Centre { get; private set; } = null!;

    /// <summary>班组长: gets a message when work of the crew runs late.</summary>
    public long? LeadId { get; private set; }

    public void SetLead(long? personId) => LeadId = personId;
}
