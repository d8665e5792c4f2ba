using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.MoveOut;

/// <summary>
/// A stay as bills see it: who only changes beds goes on living in the room. <paramref name="First"/>: since when they live in the room without a gap;
/// <paramref name="FirstAnywhere"/>: in one room or another. <paramref name="InRoom"/>: it and their earlier stays in the room that are not settled.
/// </summary>
internal sealed record OpenStay(Occupancy Newest, DateOnly First, DateOnly FirstAnywhere, IReadOnlyList<Stay> InRoom)
{
    public static async Task<OpenStay> OfAsync(LogisticsDb db, OfficeTime office, Occupancy newest, CancellationToken ct)
    {
        var others = await db.Set<Occupancy>().AsNoTracking().Where(o => o.PersonId == newest.PersonId && o.Id != newest.Id && o.Until != null)
            .ToListAsync(ct);
        // A statement settles its stay and those before it.
        var settled = await db.MoveOutStatements.AsNoTracking()
            .Where(s => s.PersonId == newest.PersonId && s.OccupancyId < newest.Id && s.TakenBackAt == null)
            .Select(s => new { s.OccupancyId, s.RoomId }).ToListAsync(ct);
        var open = others.Where(o => o.From <= newest.From).OrderByDescending(o => o.From)
            .Where(o => !settled.Exists(s => s.RoomId == o.RoomId && s.OccupancyId >= o.Id)).ToList();
        IReadOnlyList<Stay> anywhere = [.. open.Where(o => !settled.Exists(s => s.OccupancyId >= o.Id)).Select(StayOf)];
        IReadOnlyList<Stay> inRoom = [StayOf(newest), .. open.Where(o => o.RoomId == newest.RoomId).Select(StayOf)];
        var first = office.DayOf(newest.From);
        return new OpenStay(newest, Unbroken(first, inRoom), Unbroken(first, anywhere), inRoom);

        Stay StayOf(Occupancy o) => new(o.PersonId, o.RoomId, office.DayOf(o.From), o.Until is { } until ? office.DayOf(until) : null);
    }

    /// <summary>The first day of those from <paramref name="day"/> on of which the person has a part; the day itself when there is none.</summary>
    public DateOnly FirstFrom(DateOnly day) =>
        InRoom.Where(s => s.MovedOut is null || s.MovedOut > day).Select(s => s.First > day ? s.First : day).DefaultIfEmpty(day).Min();

    private static DateOnly Unbroken(DateOnly first, IReadOnlyList<Stay> newestFirst)
    {
        foreach (var stay in newestFirst)
        {
            if (stay.MovedOut < first) break;
            if (stay.First < first) first = stay.First;
        }
        return first;
    }
}
