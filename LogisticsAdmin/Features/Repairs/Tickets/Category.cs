using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>A kind of fault, on two levels. A leaf has a default urgency and crew, which only new tickets take over.</summary>
public sealed class Category : NamedEntity
{
    private Category() { }

    public Category(string code, string name, string nameEn, int position) : base(code, name, nameEn) => Position = position;

    public Category(Category parent, string code, string name, string nameEn, int position, Urgency urgency, Crew? crew) : base(code, name, nameEn) =>
        (Parent, Position, DefaultUrgency, DefaultCrew) = (parent, position, urgency, crew);

    public long? ParentId { get; private set; }
    public Category? Parent { get; private set; }
    public int Position { get; private set; }
    public Urgency DefaultUrgency { get; private set; } = Urgency.Normal;
    public long? DefaultCrewId { get; private set; }
    public Crew? DefaultCrew { get; private set; }

    /// <summary>How much work a ticket usually is, compared with a plain one of 1 point; the load of a technician is the sum of open points.</summary>
    public int Points { get; private set; } = 1;

    /// <summary>What residents call it (门窗 instead of 木五金); empty where the name itself is plain.</summary>
    public string PlainName { get; private set; } = "";
    public string PlainNameEn { get; private set; } = "";

    /// <summary>The name on residents' forms.</summary>
    public LocalName PlainLocalName =>
        new(PlainName.Length > 0 ? PlainName : Name, PlainNameEn.Length > 0 ? PlainNameEn : PlainName.Length > 0 ? PlainName : NameEn);

    public void SetPlainName(string name, string nameEn) => (PlainName, PlainNameEn) = (CleanText.Clean(name), CleanText.Clean(nameEn));

    public void SetDefaults(Urgency urgency, long? crewId, int points) => (DefaultUrgency, DefaultCrewId, Points) = (urgency, crewId, points);

    public void Place(long? parentId, int position) => (ParentId, Position) = (parentId, position);
}
