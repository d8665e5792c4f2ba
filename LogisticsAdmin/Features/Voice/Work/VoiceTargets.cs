using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Voice.Work;

/// <summary>To whom a case is addressed and which place it is about, as the lists of the forms name them.</summary>
internal static class VoiceTargets
{
    /// <summary>The choice of the reporter's own room.</summary>
    public const string OwnRoom = "room";

    private const string BuildingPrefix = "building:", CentrePrefix = "centre:", CrewPrefix = "crew:";

    /// <summary>The report with the chosen addressee and place. Of an anonymous one the own room is not kept, only its building.</summary>
    public static async Task<VoiceReport> FillAsync(
        LogisticsDb db, VoiceReport report, string? addressee, string? place, long reporterId, CancellationToken ct) =>
        await PlaceAsync(db, await AddressAsync(db, report, addressee, ct), place, reporterId, ct);

    private static async Task<VoiceReport> AddressAsync(LogisticsDb db, VoiceReport report, string? addressee, CancellationToken ct)
    {
        if (IdOf(addressee, CentrePrefix) is { } centre)
        {
            if (!await db.Set<Centre>().AnyAsync(c => c.Id == centre, ct)) throw Rejected.At<VoiceText>(nameof(VoiceSubmitForm.Addressee), "UnknownUnit");
            return report with { CentreId = centre, CrewId = null };
        }
        if (IdOf(addressee, CrewPrefix) is { } crew)
        {
            var found = await db.Set<Crew>().Where(c => c.Id == crew).Select(c => new { c.CentreId }).FirstOrDefaultAsync(ct)
                ?? throw Rejected.At<VoiceText>(nameof(VoiceSubmitForm.Addressee), "UnknownUnit");
            return report with { CentreId = found.CentreId, CrewId = crew };
        }
        if (report.CrewId is { } worked)
            return report with { CentreId = await db.Set<Crew>().Where(c => c.Id == worked).Select(c => (long?)c.CentreId).FirstOrDefaultAsync(ct) };
        return report;
    }

    private static async Task<VoiceReport> PlaceAsync(LogisticsDb db, VoiceReport report, string? place, long reporterId, CancellationToken ct)
    {
        var rooms = db.Set<Room>();
        if (place == OwnRoom)
        {
            var own = await db.Users.Where(p => p.Id == reporterId && p.RoomId != null).Join(rooms, p => p.RoomId, r => r.Id, (p, r) => new
            {
                r.Id,
                r.BuildingId,
                Room = r.Name + " " + r.NameEn,
                Building = r.Building.Name + " " + r.Building.NameEn,
            }).FirstOrDefaultAsync(ct) ?? throw Rejected.At<VoiceText>(nameof(VoiceSubmitForm.Place), "UnknownPlace");
            // A room would tell who it was.
            return report.IsAnonymous
                ? report with { BuildingId = own.BuildingId, PlaceWords = own.Building }
                : report with { BuildingId = own.BuildingId, RoomId = own.Id, PlaceWords = $"{own.Building} {own.Room}" };
        }
        if (IdOf(place, BuildingPrefix) is { } building)
        {
            var words = await db.Set<Building>().Living().Where(b => b.Id == building).Select(b => b.Name + " " + b.NameEn).FirstOrDefaultAsync(ct)
                ?? throw Rejected.At<VoiceText>(nameof(VoiceSubmitForm.Place), "UnknownPlace");
            return report with { BuildingId = building, PlaceWords = words };
        }
        return report;
    }

    private static long? IdOf(string? chosen, string prefix) =>
        chosen?.StartsWith(prefix, StringComparison.Ordinal) == true ? TypedId.Parse(chosen.AsSpan(prefix.Length)) : null;
}
