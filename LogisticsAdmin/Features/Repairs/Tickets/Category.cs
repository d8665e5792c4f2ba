using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.ServiceLevels;

namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>A kind of fault, on two levels. A leaf has a default urgency and crew.</summary>
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
}
