using LogisticsAdmin.Features.Places;

namespace LogisticsAdmin.Features.Repairs;

/// <summary>What is broken, on two levels; a leaf brings its default urgency and crew.</summary>
public sealed class Category : NamedThing
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

/// <summary>A span of the day in which the office visits rooms.</summary>
public sealed class VisitSlot : Shared.Versioned, Shared.IRetirable, Shared.IAudited
{
    private VisitSlot() { }

    public VisitSlot(string code, TimeOnly from, TimeOnly to) => (Code, From, To) = (code, from, to);

    public string Code { get; private set; } = "";
    public TimeOnly From { get; private set; }
    public TimeOnly To { get; private set; }
    public DateTimeOffset? RetiredAt { get; private set; }

    public override string ToString() => FormattableString.Invariant($"{From:HH:mm}–{To:HH:mm}");
}
