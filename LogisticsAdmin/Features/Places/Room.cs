using System.Globalization;

namespace LogisticsAdmin.Features.Places;

/// <summary>房间: a numbered room, or a named spot of a floor such as a laundry.</summary>
public sealed class Room : NamedEntity
{
    private readonly List<Bed> _beds = [];

    private Room() { }

    /// <summary>A room with beds numbered from 1.</summary>
    public Room(Building building, int floor, string code, string nameEn, int beds) : base(code, code, nameEn)
    {
        (Building, Floor, Kind) = (building, floor, beds > 0 ? RoomKind.Bedroom : RoomKind.Other);
        for (var n = 1; n <= beds; n++) AddBed(n.ToString(CultureInfo.InvariantCulture));
    }

    public long BuildingId { get; private set; }
    public Building Building { get; private set; } = null!;
    public int Floor { get; private set; }
    public RoomKind Kind { get; private set; } = RoomKind.Other;

    /// <summary>In square metres.</summary>
    public decimal? Area { get; private set; }

    /// <summary>How many people it is meant for; null where that was never set. Beds are counted apart.</summary>
    public int? Capacity { get; private set; }

    /// <summary>Retired beds included.</summary>
    public IReadOnlyCollection<Bed> Beds => _beds;

    /// <summary>The beds in use, in the order of their numbers: 2 before 10.</summary>
    public IReadOnlyList<Bed> LivingBeds() =>
        [.. _beds.Where(b => b.RetiredAt is null).OrderBy(b => b.Code.Length).ThenBy(b => b.Code, StringComparer.Ordinal)];

    /// <summary>The numbers of this many new beds: the lowest that no bed in use has.</summary>
    public IReadOnlyList<string> FreeBedCodes(int count) =>
        [.. Enumerable.Range(1, _beds.Count + count).Select(n => n.ToString(CultureInfo.InvariantCulture))
            .Where(code => _beds.TrueForAll(b => b.RetiredAt is not null || b.Code != code)).Take(count)];

    public void MoveTo(int floor) => Floor = floor;

    public void Describe(RoomKind kind, decimal? area, int? capacity) => (Kind, Area, Capacity) = (kind, area, capacity);

    public Bed AddBed(string code)
    {
        var bed = new Bed(this, code);
        _beds.Add(bed);
        return bed;
    }
}
