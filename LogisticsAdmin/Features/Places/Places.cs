using System.Globalization;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Places;

/// <summary>What all places and reference rows share: a code, a name in both languages, and retirement instead of deletion.</summary>
public abstract class NamedThing : Versioned, IRetirable, IAudited
{
    protected NamedThing() { }

    protected NamedThing(string code, string name, string nameEn) =>
        (Code, Name, NameEn) = (CleanText.Code(code), CleanText.Code(name), CleanText.Code(nameEn));

    public string Code { get; private set; } = "";
    public string Name { get; private set; } = "";
    public string NameEn { get; private set; } = "";
    public DateTimeOffset? RetiredAt { get; private set; }
    public long? RetiredById { get; private set; }
    public string? RetiredBecause { get; private set; }

    public LocalName LocalName => new(Name, NameEn);

    /// <summary>What a spreadsheet may call it, as <see cref="CleanText.Loose"/> compares: code and both names.</summary>
    public IEnumerable<string> Spellings => new[] { Code, Name, NameEn }.Select(CleanText.Loose).Where(n => n.Length > 0).Distinct();

    public void Rename(string name, string nameEn) => (Name, NameEn) = (CleanText.Code(name), CleanText.Code(nameEn));

    public void Retire(DateTimeOffset at, long? by, string because) => (RetiredAt, RetiredById, RetiredBecause) = (at, by, because);

    public void Restore() => (RetiredAt, RetiredById, RetiredBecause) = (null, null, null);
}

/// <summary>校区.</summary>
public sealed class Campus : NamedThing
{
    private Campus() { }

    public Campus(string code, string name, string nameEn) : base(code, name, nameEn) { }
}

public enum BuildingKind
{
    Dormitory = 1,
    Teaching = 2,
    Library = 3,
    Office = 4,
    Other = 5,
}

/// <summary>楼栋.</summary>
public sealed class Building : NamedThing
{
    private Building() { }

    public Building(Campus campus, string code, string name, string nameEn, BuildingKind kind) : base(code, name, nameEn) =>
        (Campus, Kind) = (campus, kind);

    public long CampusId { get; private set; }
    public Campus Campus { get; private set; } = null!;
    public BuildingKind Kind { get; private set; }
}

/// <summary>房间: a numbered room, or a named spot of a floor such as a laundry.</summary>
public sealed class Room : NamedThing
{
    private readonly List<Bed> _beds = [];

    private Room() { }

    /// <summary>A room with beds numbered from 1.</summary>
    public Room(Building building, int floor, string code, string nameEn, int beds) : base(code, code, nameEn)
    {
        (Building, Floor) = (building, floor);
        for (var n = 1; n <= beds; n++) AddBed(n.ToString(CultureInfo.InvariantCulture));
    }

    public long BuildingId { get; private set; }
    public Building Building { get; private set; } = null!;
    public int Floor { get; private set; }

    /// <summary>Also those that have retired.</summary>
    public IReadOnlyCollection<Bed> Beds => _beds;

    public void MoveTo(int floor) => Floor = floor;

    public Bed AddBed(string code)
    {
        var bed = new Bed(this, code);
        _beds.Add(bed);
        return bed;
    }
}

/// <summary>床位: where one resident sleeps. Retires, because its history names people.</summary>
public sealed class Bed : Versioned, IRetirable, IAudited
{
    private Bed() { }

    internal Bed(Room room, string code) => (Room, Code) = (room, CleanText.Code(code));

    public long RoomId { get; private set; }
    public Room Room { get; private set; } = null!;

    /// <summary>床号: unique among the living beds of its room.</summary>
    public string Code { get; private set; } = "";
    public DateTimeOffset? RetiredAt { get; private set; }
    public long? RetiredById { get; private set; }
    public string? RetiredBecause { get; private set; }

    public void Retire(DateTimeOffset at, long? by, string because) => (RetiredAt, RetiredById, RetiredBecause) = (at, by, because);

    public void Restore() => (RetiredAt, RetiredById, RetiredBecause) = (null, null, null);
}

/// <summary>中心: a department of the office.</summary>
public sealed class Centre : NamedThing
{
    private Centre() { }

    public Centre(string code, string name, string nameEn) : base(code, name, nameEn) { }
}

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
