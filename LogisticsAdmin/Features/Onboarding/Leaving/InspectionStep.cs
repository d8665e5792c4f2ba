using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Onboarding.Leaving;

/// <summary>Who leaves in an open round has their room inspected, and pays what is damaged, before the bed is given up.</summary>
internal sealed class InspectionStep : ICheckOutStep
{
    private static readonly LocalName NotInspected = LocalName.Of<LeavingText>("Hold.Inspection"), OtherRoom = LocalName.Of<LeavingText>("Hold.OtherRoom"),
        Owed = LocalName.Of<LeavingText>("Hold.Damage");

    public async Task<IReadOnlyList<CheckOutHold>> HoldsAsync(LogisticsDb db, long personId, IReadOnlySet<long> leaving, CancellationToken ct)
    {
        var rounds = db.LeavingRounds;
        var open = await db.Leavers.AsNoTracking()
            .Where(l => l.PersonId == personId && l.CheckedOutAt == null && rounds.Any(r => r.Id == l.RoundId && r.ClosedAt == null))
            .OrderBy(l => l.Id).ToListAsync(ct);
        if (open.Count == 0) return [];
        var room = await db.Users.Where(p => p.Id == personId).Select(p => p.RoomId).SingleAsync(ct);
        if (open.TrueForAll(l => l.IsInspectedIn(room) && !l.OwesDamage)) return [];
        var address = await LeavingQueries.AddressOfAsync(db, personId, ct);
        List<CheckOutHold> holds = [];
        foreach (var leaver in open)
        {
            if (!leaver.IsInspectedIn(room)) holds.Add(new CheckOutHold(await NotInspectedAsync(db, leaver, ct), address));
            if (leaver.OwesDamage) holds.Add(new CheckOutHold(With(Owed, new Money(leaver.DamageFen), new Money(leaver.DamageFen)), address));
        }
        return holds;
    }

    /// <summary>That nothing was inspected, or another room than that where they live now.</summary>
    private static async Task<LocalName> NotInspectedAsync(LogisticsDb db, Leaver leaver, CancellationToken ct)
    {
        if (leaver.InspectedRoomId is not { } inspected) return NotInspected;
        var rooms = db.Rooms.Where(r => r.Id == inspected);
        if (await rooms.Select(r => new { r.Building.Name, r.Building.NameEn, r.Code }).SingleOrDefaultAsync(ct) is not { } room) return NotInspected;
        return With(OtherRoom, $"{room.Name} {room.Code}", $"{(room.NameEn.Length > 0 ? room.NameEn : room.Name)} {room.Code}");
    }

    private static LocalName With(LocalName pattern, object zh, object en) => new(string.Format(null, pattern.Zh, zh), string.Format(null, pattern.En, en));
}
