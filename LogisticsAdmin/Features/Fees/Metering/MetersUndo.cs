using System.Text.Json;
using LogisticsAdmin.Data;
using LogisticsAdmin.Data.Undo;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Fees.Metering;

/// <summary>
/// Undo of installing, describing, sharing, replacing and removing meters, and of their readings, for the management: as long as nothing was read,
/// shared or billed by the meter, or by the one that took its place, since.
/// </summary>
public sealed class MetersUndo(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, IEnumerable<IBilledMeters> billed, IStringLocalizer<MeteringText> words)
    : StepUndo(databases, user, clock)
{
    /// <summary>The values of a meter that is not there.</summary>
    internal const string Nothing = "null";

    private readonly CurrentUser _user = user;

    private sealed record Reading(long Id, DateOnly Day, decimal Value, ReadingSource Source, string? Note);

    private sealed record Part(long Id, long RoomId, int Share, DateOnly FirstDay, DateOnly? LastDay);

    private sealed record Memento(
        long Version, decimal Multiplier, int Digits, DateOnly? RemovedOn, long? ReplacedBy, IReadOnlyList<Part> Rooms, IReadOnlyList<Reading> Readings,
        DateOnly? BilledTo, int Billed, Memento? Successor);

    protected override string Kind => "fee-meters";

    protected override void Demand(Actor actor) => actor.DemandBilling();

    protected override async Task<Dictionary<long, string>> StatesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        Dictionary<long, string> states = [];
        foreach (var id in ids) states[id] = JsonSerializer.Serialize(await StateAsync(db, id, ct));
        return states;
    }

    protected override Task<Dictionary<long, string>> NamesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct) =>
        db.Meters.Where(m => ids.Contains(m.Id)).ToDictionaryAsync(m => m.Id, m => m.Number, ct);

    protected override string AddressOf(long id) => "fees/meters?state=Any";

    protected override string Did(string act) => words[$"MeterDone.{act}"];

    protected override string Counted(int count) => words["MetersFound", count];

    protected override Task<string?> LastChangedByAsync(LogisticsDb db, long id, CancellationToken ct) => db.LastChangedByAsync<Meter>(id, ct);

    protected override async Task RestoreAsync(LogisticsDb db, long id, string before, DateTimeOffset since, DateTimeOffset now, CancellationToken ct)
    {
        if (JsonSerializer.Deserialize<Memento?>(before) is not { } was)
        {
            await DeleteAsync(db, id, ct);
            return;
        }
        var chain = await ReadingChain.OfAsync(db, id, ct);
        if (was.RemovedOn is null && chain.Meter.RemovedOn is { } day) await ReturnAsync(db, chain.Meter, day, ct);
        chain.Meter.Describe(was.Multiplier, was.Digits);
        await RestoreRoomsAsync(db, chain.Meter, was.Rooms, ct);
        await TakeBackReadingsAsync(db, chain, was.Readings, now, ct);
        db.Announce(new KeyChanged(FeesTopics.Meters, id));
    }

    private static async Task ReturnAsync(LogisticsDb db, Meter meter, DateOnly removedOn, CancellationToken ct)
    {
        var successor = meter.ReplacedByMeterId;
        if (await db.Meters.AnyAsync(m => m.KindId == meter.KindId && m.Number == meter.Number && m.RemovedOn == null && m.Id != successor, ct))
            throw Rejected.Because<MeteringText>("NumberTaken", meter.Number);
        if (successor is { } other)
        {
            // What refers to it goes before it, and its number may be the same.
            meter.Remove(removedOn, null);
            await db.SaveChangesAsync(ct);
            await DeleteAsync(db, other, ct);
        }
        meter.Return();
    }

    // Parts that were added go, those that were ended go on, and those that were removed because they had no day are added again.
    private static async Task RestoreRoomsAsync(LogisticsDb db, Meter meter, IReadOnlyList<Part> were, CancellationToken ct)
    {
        var known = were.Select(p => p.Id).ToHashSet();
        var added = meter.Rooms.Where(r => !known.Contains(r.Id)).ToList();
        db.MeterRooms.RemoveRange(added);
        // A room has an open part once.
        await db.SaveChangesAsync(ct);
        foreach (var part in were)
        {
            if (meter.Rooms.FirstOrDefault(r => r.Id == part.Id) is not { } room) meter.ShareWith(part.RoomId, part.Share, part.FirstDay);
            else if (part.LastDay is null) room.Reopen();
        }
    }

    private static async Task DeleteAsync(LogisticsDb db, long id, CancellationToken ct)
    {
        var meter = await db.Meters.Include(m => m.Rooms).SingleAsync(m => m.Id == id, ct);
        db.MeterReadings.RemoveRange(await db.MeterReadings.Where(r => r.MeterId == id).ToListAsync(ct));
        db.MeterRooms.RemoveRange(meter.Rooms);
        db.Meters.Remove(meter);
        await db.SaveChangesAsync(ct);
        db.Announce(new KeyChanged(FeesTopics.Meters, 0));
    }

    // The closing reading stops counting, and what it took the place of counts again.
    private async Task TakeBackReadingsAsync(
        LogisticsDb db, ReadingChain chain, IReadOnlyList<Reading> were, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var slot in chain.Slots.Where(s => !were.Any(r => r.Id == s.Stored!.Id)).ToList()) chain.TakeBack(slot.Stored!.Id);
        List<(ReadingChain.Slot Slot, long Earlier)> again = [];
        foreach (var reading in were.Where(r => chain.At(r.Day) is null))
            again.Add((chain.Put(reading.Day, reading.Value, reading.Source, Guid.NewGuid(), reading.Note), reading.Id));
        await ReadingChain.SaveAsync(db, [chain], now, _user.Actor.PersonId, ct);
        foreach (var (slot, earlier) in again)
        {
            if (await db.MeterReadings.Where(r => r.Id == earlier).Select(r => r.PhotoKey).SingleAsync(ct) is { } photo) slot.Stored!.Attach(photo);
        }
    }

    private async Task<Memento?> StateAsync(LogisticsDb db, long id, CancellationToken ct)
    {
        if (await db.Meters.AsNoTracking().Include(m => m.Rooms).SingleOrDefaultAsync(m => m.Id == id, ct) is not { } meter) return null;
        DateOnly? billedTo = null;
        var count = 0;
        foreach (var bills in billed)
        {
            if (await bills.BilledToAsync(db, id, ct) is { } day && !(day <= billedTo)) billedTo = day;
            count += await bills.CountAsync(db, id, ct);
        }
        return new Memento(
            meter.Version, meter.Multiplier, meter.Digits, meter.RemovedOn, meter.ReplacedByMeterId,
            [.. meter.Rooms.OrderBy(r => r.Id).Select(r => new Part(r.Id, r.RoomId, r.Share, r.FirstDay, r.LastDay))],
            await db.MeterReadings.AsNoTracking().Where(r => r.MeterId == id && r.ReplacedAt == null).OrderBy(r => r.Day)
                .Select(r => new Reading(r.Id, r.Day, r.Value, r.Source, r.Note)).ToListAsync(ct),
            billedTo, count, meter.ReplacedByMeterId is { } successor ? await StateAsync(db, successor, ct) : null);
    }
}
