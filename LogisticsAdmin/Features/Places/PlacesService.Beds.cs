using LogisticsAdmin.Data;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Places;

public sealed partial class PlacesService
{
    private static readonly BedCodeFormValidator BedCodeRules = new();

    /// <summary>
    /// Adds a bed to a room in use. Refuses, at the field, the code of another bed in use of the room, and more beds than
    /// <see cref="PlacesLimits.Beds"/>. Throws NotFound for an unknown room.
    /// </summary>
    public Task AddBedAsync(long roomId, BedCodeForm form, CancellationToken ct = default)
    {
        BedCodeRules.Demand(form);
        return ActAsync(RoomAct.AddBed, roomId, (db, room, _) =>
        {
            DemandLiving(room);
            PlaceRules.DemandFreeBedCode(room, form.BedCode!, null, nameof(BedCodeForm.BedCode));
            PlaceRules.DemandSpaceForBed(room);
            room.AddBed(form.BedCode!);
            RaiseVersion(db, room);
            return Task.CompletedTask;
        }, ct);
    }

    /// <summary>
    /// Gives a bed another code; who lives in it stays. Refuses, at the field, the code of another bed in use of the room. Throws
    /// <see cref="Stale"/> if the bed changed since the form was opened, and NotFound for an unknown one.
    /// </summary>
    public Task RenameBedAsync(long bedId, BedCodeForm form, CancellationToken ct = default)
    {
        BedCodeRules.Demand(form);
        return ActOnBedAsync(RoomAct.RenameBed, bedId, async (db, room, bed, token) =>
        {
            if (bed.Version != form.Version) throw new Stale(await db.LastChangedByAsync<Bed>(bedId, token), bed.Code);
            if (bed.RetiredAt is null) PlaceRules.DemandFreeBedCode(room, form.BedCode!, bedId, nameof(BedCodeForm.BedCode));
            bed.Recode(form.BedCode!);
        }, ct);
    }

    /// <summary>停用 of one bed, with the reason: refused while somebody lives in it or is to get it, and says who. Throws NotFound for an unknown bed.</summary>
    public Task RetireBedAsync(long bedId, RetirePlaceForm form, CancellationToken ct = default)
    {
        RetireRules.Demand(form);
        return ActOnBedAsync(RoomAct.RetireBed, bedId, async (db, room, bed, token) =>
        {
            if (bed.RetiredAt is not null) throw Rejected.Because<PlacesText>("BedAlreadyRetired", bed.Code);
            await PlaceRules.DemandFreeAsync(db, claims, [bed], token, field: "");
            bed.Retire(clock.GetUtcNow(), user.PersonId, CleanText.Clean(form.Reason));
        }, ct);
    }

    /// <summary>
    /// Takes a retired bed back into use. Refused in a retired room, where another bed in use has its code meanwhile, and where the room would
    /// have too many. Throws NotFound for an unknown bed.
    /// </summary>
    public Task RestoreBedAsync(long bedId, CancellationToken ct = default) => ActOnBedAsync(RoomAct.RestoreBed, bedId, (_, room, bed, _) =>
    {
        if (bed.RetiredAt is null) throw Rejected.Because<PlacesText>("BedNotRetired", bed.Code);
        DemandLiving(room);
        PlaceRules.DemandFreeBedCode(room, bed.Code, bedId, "");
        PlaceRules.DemandSpaceForBed(room);
        bed.Restore();
        return Task.CompletedTask;
    }, ct);

    private async Task ActOnBedAsync(RoomAct act, long bedId, Func<LogisticsDb, Room, Bed, CancellationToken, Task> work, CancellationToken ct)
    {
        user.Actor.DemandPlacesChange();
        await using var reading = await databases.CreateDbContextAsync(ct);
        // A bed never changes its room.
        var roomId = await reading.Beds.AsNoTracking().Where(b => b.Id == bedId).Select(b => (long?)b.RoomId).FirstOrDefaultAsync(ct) ?? throw new NotFound();
        await ActAsync(act, roomId, async (db, room, token) =>
        {
            await work(db, room, room.Beds.First(b => b.Id == bedId), token);
            RaiseVersion(db, room);
        }, ct);
    }

    private async Task SetBedsAsync(LogisticsDb db, Room room, RoomForm form, CancellationToken ct)
    {
        var (living, wanted) = (room.LivingBeds(), form.Beds!.Value);
        if (wanted != living.Count) RaiseVersion(db, room);
        foreach (var code in room.FreeBedCodes(Math.Max(0, wanted - living.Count))) room.AddBed(code);
        List<Bed> extra = [.. living.Skip(wanted)];
        if (extra.Count == 0) return;
        await PlaceRules.DemandFreeAsync(db, claims, extra, ct);
        if (CleanText.Clean(form.BedsReason) is not { Length: > 0 } because)
            throw Rejected.At<PlacesText>(nameof(RoomForm.BedsReason), "BedsReasonMissing", PlaceRules.Listed(extra.Select(b => b.Code)));
        foreach (var bed in extra) bed.Retire(clock.GetUtcNow(), user.PersonId, because);
    }

    // The beds are rows of their own: the room's version rises with them, so that two forms can't set two numbers.
    private static void RaiseVersion(LogisticsDb db, Room room) => db.Entry(room).Property(r => r.Kind).IsModified = true;
}
