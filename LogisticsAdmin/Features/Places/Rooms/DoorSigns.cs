using System.Collections;
using System.Globalization;
using System.Text;
using LogisticsAdmin.Data;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using QRCoder;

namespace LogisticsAdmin.Features.Places.Rooms;

/// <summary>The code on a sign as a path of unit squares in a box of <paramref name="Size"/> × <paramref name="Size"/>, its quiet edge included.</summary>
public sealed record QrPath(int Size, string Path)
{
    /// <summary>The code of a text; a quarter of it may be hidden or scratched.</summary>
    public static QrPath Of(string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.Q);
        var rows = code.ModuleMatrix;
        var path = new StringBuilder();
        for (var y = 0; y < rows.Count; y++) AddRow(path, rows[y], y);
        return new QrPath(rows.Count, path.ToString());
    }

    // Dark squares side by side are one rectangle: a third of the text, and no thin lines between them on paper.
    private static void AddRow(StringBuilder path, BitArray row, int y)
    {
        for (var x = 0; x < row.Count; x++)
        {
            if (!row[x]) continue;
            var from = x;
            while (x + 1 < row.Count && row[x + 1]) x++;
            path.Append(CultureInfo.InvariantCulture, $"M{from} {y}h{x - from + 1}v1h-{x - from + 1}z");
        }
    }
}

/// <summary>A sign for one door; <paramref name="Address"/> is what the code opens.</summary>
public sealed record DoorSign(long RoomId, LocalName Building, LocalName Room, int Floor, string Address, QrPath Code);

/// <summary>The signs that were asked for, in the order of floors and rooms, and the name of the office on them.</summary>
public sealed record DoorSignSheet(LocalName? Office, LocalName? Building, IReadOnlyList<DoorSign> Signs, IReadOnlyList<SignBuilding> Buildings)
{
    /// <summary>False where the address of the app is not set: then there are no signs.</summary>
    public required bool HasAddress { get; init; }

    /// <summary>The floors of the building that have rooms in use.</summary>
    public IReadOnlyList<int> Floors { get; init; } = [];
}

/// <summary>A building whose signs can be printed.</summary>
public sealed record SignBuilding(long Id, LocalName Name, int Rooms);

/// <summary>门贴: signs with a code for doors, for the office; everybody else is refused as Forbidden.</summary>
public sealed class DoorSigns(IDbContextFactory<LogisticsDb> databases, CurrentUser user, IOfficeCard office, IOptions<OfficeOptions> options)
{
    /// <summary>
    /// The signs of all rooms in use of a building, of one of its floors, or of one room; without a building those that there are. Throws
    /// NotFound for an unknown building or one that is not in use.
    /// </summary>
    public async Task<DoorSignSheet> ReadAsync(long? buildingId, int? floor, long? roomId, CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        await using var db = await databases.CreateDbContextAsync(ct);
        var buildings = db.Buildings.AsNoTracking().Where(b => b.RetiredAt == null && b.Campus.RetiredAt == null);
        var name = (await office.CurrentAsync(ct)).Name;
        var hasAddress = options.Value.Address is { Length: > 0 };
        if (roomId is not null && buildingId is null)
            buildingId = await db.Rooms.Where(r => r.Id == roomId).Select(r => (long?)r.BuildingId).FirstOrDefaultAsync(ct) ?? throw new NotFound();
        if (buildingId is null)
        {
            var rooms = db.Rooms;
            var offered = await buildings.OrderBy(b => b.CampusId).ThenBy(b => b.Code)
                .Select(b => new SignBuilding(b.Id, new LocalName(b.Name, b.NameEn), rooms.Count(r => r.BuildingId == b.Id && r.RetiredAt == null)))
                .ToListAsync(ct);
            return new DoorSignSheet(name, null, [], offered) { HasAddress = hasAddress };
        }
        var building = await buildings.Where(b => b.Id == buildingId).Select(b => new LocalName(b.Name, b.NameEn)).FirstOrDefaultAsync(ct)
            ?? throw new NotFound();
        var found = !hasAddress ? [] : await db.Rooms.AsNoTracking()
            .Where(r => r.BuildingId == buildingId && r.RetiredAt == null && (floor == null || r.Floor == floor) && (roomId == null || r.Id == roomId))
            .OrderBy(r => r.Floor).ThenBy(r => r.Code).Select(r => new { r.Id, r.Floor, Name = new LocalName(r.Name, r.NameEn) }).ToListAsync(ct);
        return new DoorSignSheet(name, building, [.. found.Select(r => SignOf(r.Id, building, r.Name, r.Floor))], [])
        {
            HasAddress = hasAddress,
            Floors = await db.Rooms.Where(r => r.BuildingId == buildingId && r.RetiredAt == null).Select(r => r.Floor).Distinct().Order().ToListAsync(ct),
        };
    }

    private DoorSign SignOf(long id, LocalName building, LocalName room, int floor)
    {
        var address = $"{options.Value.Address!.TrimEnd('/')}/r/{id.ToString(CultureInfo.InvariantCulture)}";
        return new DoorSign(id, building, room, floor, address, QrPath.Of(address));
    }
}
