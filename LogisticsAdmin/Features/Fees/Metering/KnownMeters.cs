using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Metering;

/// <summary>The stored data that the rows of a file are checked against, read once: metered kinds, rooms in use, and all meters.</summary>
internal sealed class KnownMeters
{
    public const string Kind = "meter-kind", Campus = "meter-campus", Building = "meter-building", Room = "meter-room", Number = "meter-number";

    private Dictionary<string, FeeKind> _kinds = [];
    private ILookup<string, Building> _buildings = null!;
    private Dictionary<(long Building, string Code), long> _rooms = [];

    public required ILookup<(long Kind, string Number), Meter> ByNumber { get; init; }

    /// <summary>The meters in use of a kind that a room has.</summary>
    public required ILookup<(long Kind, long Room), Meter> ByRoom { get; init; }

    public static async Task<KnownMeters> ReadAsync(LogisticsDb db, CancellationToken ct)
    {
        var kinds = await db.FeeKinds.AsNoTracking().Living().Where(k => k.Measure == FeeMeasure.Meter).OrderBy(k => k.Id).ToListAsync(ct);
        var buildings = await db.Buildings.AsNoTracking().Include(b => b.Campus).Where(b => b.RetiredAt == null && b.Campus.RetiredAt == null).ToListAsync(ct);
        var rooms = await db.Rooms.AsNoTracking().Living().Select(r => new { r.Id, r.BuildingId, r.Code }).ToListAsync(ct);
        var meters = await db.Meters.AsNoTracking().Include(m => m.Rooms).ToListAsync(ct);
        return new KnownMeters
        {
            _kinds = kinds.SelectMany(k => new[] { k.Code, k.Name, k.NameEn }.Select(n => (Name: CleanText.ComparisonKey(n), Kind: k)))
                .GroupBy(k => k.Name).ToDictionary(g => g.Key, g => g.First().Kind),
            _buildings = buildings.SelectMany(b => b.Spellings.Select(n => (n, b))).ToLookup(x => x.n, x => x.b),
            _rooms = rooms.GroupBy(r => (r.BuildingId, CleanText.ComparisonKey(r.Code))).ToDictionary(g => g.Key, g => g.First().Id),
            ByNumber = meters.ToLookup(m => (m.KindId, CleanText.ComparisonKey(m.Number))),
            ByRoom = meters.Where(m => m.RemovedOn is null).SelectMany(m => m.Rooms.Where(r => r.LastDay is null).Select(r => (m.KindId, r.RoomId, Meter: m)))
                .ToLookup(m => (m.KindId, m.RoomId), m => m.Meter),
        };
    }

    /// <summary>The metered kind that a row names; reports one that there is not.</summary>
    public FeeKind? KindOf(RowReader reader)
    {
        if (reader.Text(Kind) is not { } name) return null;
        if (_kinds.TryGetValue(CleanText.ComparisonKey(name), out var kind)) return kind;
        Note(reader, Kind, "Import.UnknownKind", name);
        return null;
    }

    /// <summary>The room in use that a row names; reports one that can't be found, and none at all where it is needed.</summary>
    public long? RoomOf(RowReader reader, bool isNeeded)
    {
        var (campus, building, code) = (reader.Text(Campus), reader.Text(Building), reader.Code(Room));
        if (code is null && !isNeeded) return null;
        if (building is null || code is null)
        {
            Note(reader, building is null ? Building : Room, "Import.PlaceMissing");
            return null;
        }
        var found = _buildings[CleanText.ComparisonKey(building)]
            .Where(b => campus is null || b.Campus.Spellings.Contains(CleanText.ComparisonKey(campus))).ToList();
        if (found.Count != 1) Note(reader, Building, found.Count == 0 ? "Import.UnknownBuilding" : "Import.BuildingAmbiguous", building);
        else if (_rooms.TryGetValue((found[0].Id, CleanText.ComparisonKey(code)), out var room)) return room;
        else Note(reader, Room, "Import.UnknownRoom", building, code);
        return null;
    }

    public static void Note(RowReader reader, string column, string code, params IReadOnlyList<object?> args) =>
        reader.AddProblem(new RowProblem(column, typeof(MeteringText), code, args));

    /// <summary>A day that is not in the future, and not before meters are known at all.</summary>
    public static DateOnly? DayOf(RowReader reader, string column, DateOnly today)
    {
        var day = reader.Day(column);
        if (day > today) Note(reader, column, "Refusal.DayInFuture");
        if (day < MeterLimits.FirstDay) Note(reader, column, "Import.DayTooEarly", ReadingWords.Day(MeterLimits.FirstDay));
        return day;
    }

    /// <summary>A reading as a row gives it: not negative, at most four decimals.</summary>
    public static decimal? ReadingOf(RowReader reader, string column)
    {
        var value = reader.Fraction(column, 0, FeesLimits.Quantity);
        if (value is null || decimal.Round(value.Value, 4) == value) return value;
        Note(reader, column, "Import.TooFine", value);
        return null;
    }
}
