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

    /// <summary>接单上限: how many open jobs the crew takes at the same time; more are assigned only after a warning. Null: no limit.</summary>
    public int? Capacity { get; private set; }

    public void SetLead(long? personId) => LeadId = personId;

    public void SetCapacity(int? capacity) => Capacity = capacity;
}
