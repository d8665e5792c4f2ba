using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Imports;

/// <summary>People and rooms that the rows of a file may be about, read once, and how amounts and notes of a row are read.</summary>
internal sealed class KnownPayers
{
    public const string Number = "fee-number", Campus = "fee-campus", Building = "fee-building", Room = "fee-room", Amount = "fee-amount", Note = "fee-note";

    private Dictionary<string, long> _people = [];
    private ILookup<string, Building> _buildings = null!;
    private Dictionary<(long Building, string Code), long> _rooms = [];

    /// <summary>A person by number, or a room by building and number.</summary>
    public static IReadOnlyList<ImportColumn> Columns { get; } =
    [
        ImportColumn.Of<FeeImportsText>(Number, CellUse.Code, 40, "学号", "工号", "学工号", "人员编号", "person number") with
        {
            Required = true,
            UnlessGiven = Room,
        },
        ImportColumn.Of<FeeImportsText>(Campus, CellUse.Text, 80, "所在校区"),
        ImportColumn.Of<FeeImportsText>(Building, CellUse.Text, 120, "楼宇", "宿舍楼", "楼号", "楼"),
        ImportColumn.Of<FeeImportsText>(Room, CellUse.Code, 40, "房间号", "房号", "寝室", "宿舍号", "room no"),
    ];

    public static async Task<KnownPayers> ReadAsync(LogisticsDb db, CancellationToken ct)
    {
        var people = await db.Users.AsNoTracking().Where(p => p.Number != null && p.RetiredAt == null)
            .Select(p => new { p.Id, Number = p.Number! }).ToListAsync(ct);
        var buildings = await db.Buildings.AsNoTracking().Include(b => b.Campus).Where(b => b.RetiredAt == null && b.Campus.RetiredAt == null).ToListAsync(ct);
        var rooms = await db.Rooms.AsNoTracking().Living().Select(r => new { r.Id, r.BuildingId, r.Code }).ToListAsync(ct);
        return new KnownPayers
        {
            _people = people.GroupBy(p => CleanText.ComparisonKey(p.Number)).ToDictionary(g => g.Key, g => g.First().Id),
            _buildings = buildings.SelectMany(b => b.Spellings.Select(n => (n, b))).ToLookup(x => x.n, x => x.b),
            _rooms = rooms.GroupBy(r => (r.BuildingId, CleanText.ComparisonKey(r.Code))).ToDictionary(g => g.Key, g => g.First().Id),
        };
    }

    /// <summary>The account that a row is about; reports a person or room that can't be found, and both at once.</summary>
    public LedgerAccount? PayerOf(RowReader reader)
    {
        var (number, room) = (reader.Code(Number), reader.Code(Room));
        if (number is not null && room is not null)
        {
            Report(reader, Number, "Import.BothGiven");
            return null;
        }
        if (number is null) return room is null ? null : RoomOf(reader, room);
        if (_people.TryGetValue(CleanText.ComparisonKey(number), out var person)) return LedgerAccount.OfPerson(person);
        Report(reader, Number, "Import.UnknownPerson", number);
        return null;
    }

    /// <summary>What a row is called in the list of verdicts.</summary>
    public static string LabelOf(RowReader reader) =>
        reader.Code(Number) ?? $"{reader.Text(Building)} {reader.Code(Room)}".Trim();

    /// <summary>Yuan, exact to the fen and at most <see cref="FeesLimits.Amount"/>; reports everything else.</summary>
    public static Money? AmountOf(RowReader reader, bool isSigned)
    {
        if (reader.Amount(Amount) is not { } yuan) return null;
        var limit = Money.FromYuan(FeesLimits.Amount);
        if (decimal.Round(yuan, 2) != yuan) Report(reader, Amount, "Import.TooFine", yuan);
        else if (Math.Abs(yuan) > FeesLimits.Amount) Report(reader, Amount, "Import.TooMuch", limit);
        else if (!isSigned && yuan <= 0) Report(reader, Amount, "Import.NotAboveZero");
        else return Money.FromYuan(yuan);
        return null;
    }

    public static void Report(RowReader reader, string column, string code, params IReadOnlyList<object?> args) =>
        reader.AddProblem(new RowProblem(column, typeof(FeeImportsText), code, args));

    private LedgerAccount? RoomOf(RowReader reader, string code)
    {
        var (campus, building) = (reader.Text(Campus), reader.Text(Building));
        if (building is null)
        {
            Report(reader, Building, "Import.BuildingMissing");
            return null;
        }
        var found = _buildings[CleanText.ComparisonKey(building)]
            .Where(b => campus is null || b.Campus.Spellings.Contains(CleanText.ComparisonKey(campus))).ToList();
        if (found.Count != 1) Report(reader, Building, found.Count == 0 ? "Import.UnknownBuilding" : "Import.BuildingAmbiguous", building);
        else if (_rooms.TryGetValue((found[0].Id, CleanText.ComparisonKey(code)), out var room)) return LedgerAccount.OfRoom(room);
        else Report(reader, Room, "Import.UnknownRoom", building, code);
        return null;
    }
}
