using System.Runtime.CompilerServices;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Metering;

/// <summary>
/// Reads meters and readings. Lists are for the office: anybody outside gets <see cref="NotFound"/>. Walks are for the office and technicians:
/// residents get <see cref="Forbidden"/>.
/// </summary>
public sealed class MeterQueries(IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office)
{
    private const int Step = 500;

    private DateOnly MonthStart => office.Today.AddDays(1 - office.Today.Day);

    /// <summary>A window of <see cref="MeterFilter.PageSize"/> meters, and the total number of matches.</summary>
    public async Task<MeterWindow> ListAsync(MeterFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandFees();
        await using var db = await databases.CreateDbContextAsync(ct);
        var meters = await FilteredAsync(db, filter, ct);
        var ids = await Sorted(db, meters, filter).Skip(Math.Max(0, filter.Skip)).Take(MeterFilter.PageSize).ToListAsync(ct);
        return new MeterWindow(await RowsAsync(db, ids, ct), await meters.CountAsync(ct));
    }

    /// <summary>A meter for the history of its readings.</summary>
    public async Task<MeterRow> OneAsync(long id, CancellationToken ct = default)
    {
        user.Actor.DemandFees();
        await using var db = await databases.CreateDbContextAsync(ct);
        return (await RowsAsync(db, [id], ct)).SingleOrDefault() ?? throw new NotFound();
    }

    /// <summary>All meters that match the filter in its order, one row for each of their rooms.</summary>
    public async IAsyncEnumerable<MeterRoomRow> AllAsync(MeterFilter filter, [EnumeratorCancellation] CancellationToken ct = default)
    {
        user.Actor.DemandFees();
        await using var db = await databases.CreateDbContextAsync(ct);
        var ids = await Sorted(db, await FilteredAsync(db, filter, ct), filter).ToListAsync(ct);
        foreach (var some in ids.Chunk(Step))
        {
            foreach (var meter in await RowsAsync(db, some, ct))
                foreach (var room in meter.Rooms) yield return new MeterRoomRow(meter, room);
        }
    }

    /// <summary>The readings that count of all meters that match the filter.</summary>
    public async IAsyncEnumerable<MeterReadingRow> ReadingsAsync(MeterFilter filter, [EnumeratorCancellation] CancellationToken ct = default)
    {
        user.Actor.DemandFees();
        await using var db = await databases.CreateDbContextAsync(ct);
        var ids = await Sorted(db, await FilteredAsync(db, filter, ct), filter).ToListAsync(ct);
        foreach (var some in ids.Chunk(Step))
        {
            var readings = (await ReadAsync(db, some, onlyCounting: true, ct)).ToLookup(r => r.Reading.MeterId);
            foreach (var meter in await RowsAsync(db, some, ct))
                foreach (var row in WithUsage(meter, [.. readings[meter.Id]])) yield return new MeterReadingRow(meter, row);
        }
    }

    /// <summary>All readings of a meter, the newest first, those that were corrected or settled included.</summary>
    public async Task<IReadOnlyList<ReadingRow>> HistoryAsync(long meterId, CancellationToken ct = default)
    {
        user.Actor.DemandFees();
        await using var db = await databases.CreateDbContextAsync(ct);
        var meter = (await RowsAsync(db, [meterId], ct)).SingleOrDefault() ?? throw new NotFound();
        return [.. WithUsage(meter, await ReadAsync(db, [meterId], onlyCounting: false, ct)).Reverse()];
    }

    /// <summary>The kinds of fees that are metered.</summary>
    public async Task<IReadOnlyList<MeterChoice>> KindsAsync(CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.FeeKinds.AsNoTracking().Living().Where(k => k.Measure == FeeMeasure.Meter).OrderBy(k => k.Order).ThenBy(k => k.Id)
            .Select(k => new MeterChoice(k.Id, new LocalName(k.Name, k.NameEn))).ToListAsync(ct);
    }

    /// <summary>The buildings that have meters in use, and how many of these were not read this month.</summary>
    public async Task<IReadOnlyList<WalkPart>> BuildingsAsync(CancellationToken ct = default)
    {
        user.Actor.DemandReadings();
        await using var db = await databases.CreateDbContextAsync(ct);
        var places = (await WalkedAsync(db, null, null, ct)).ToLookup(w => w.BuildingId);
        var buildings = await db.Buildings.AsNoTracking().Select(b => new { b.Id, b.Code, Name = new LocalName(b.Name, b.NameEn) }).ToListAsync(ct);
        return
        [
            .. buildings.Where(b => places.Contains(b.Id)).OrderBy(b => b.Code, PlaceOrder.Codes)
                .Select(b => new WalkPart(b.Id, b.Name, places[b.Id].Count(), places[b.Id].Count(w => !w.IsRead))),
        ];
    }

    /// <summary>The floors of a building with meters in use, from below; the id is the floor's number.</summary>
    /// <exception cref="NotFound">There is no such building.</exception>
    public async Task<(LocalName Building, IReadOnlyList<WalkPart> Floors)> FloorsAsync(long buildingId, CancellationToken ct = default)
    {
        user.Actor.DemandReadings();
        await using var db = await databases.CreateDbContextAsync(ct);
        var building = await BuildingAsync(db, buildingId, ct);
        var floors = (await WalkedAsync(db, buildingId, null, ct)).GroupBy(w => w.Floor).OrderBy(g => g.Key);
        return (building, [.. floors.Select(g => new WalkPart(g.Key, new LocalName("", ""), g.Count(), g.Count(w => !w.IsRead)))]);
    }

    /// <summary>The meters in use of a floor in the order of its rooms.</summary>
    /// <exception cref="NotFound">There is no such building.</exception>
    public async Task<(LocalName Building, IReadOnlyList<WalkMeter> Meters)> FloorAsync(long buildingId, int floor, CancellationToken ct = default)
    {
        user.Actor.DemandReadings();
        await using var db = await databases.CreateDbContextAsync(ct);
        var building = await BuildingAsync(db, buildingId, ct);
        var walked = (await WalkedAsync(db, buildingId, floor, ct)).OrderBy(w => w.Code, PlaceOrder.Codes).ToList();
        var rows = new Dictionary<long, MeterRow>();
        foreach (var some in walked.Select(w => w.MeterId).Chunk(Step))
            foreach (var row in await RowsAsync(db, some, ct)) rows[row.Id] = row;
        return (building,
        [
            .. walked.Select(w => (Place: w, Row: rows[w.MeterId])).Select(w => new WalkMeter(
                w.Row.Id, w.Place.Code, w.Row.Kind, w.Row.Unit, w.Row.Number, w.Row.Digits, w.Row.Newest, w.Place.IsRead)),
        ]);
    }

    private static async Task<LocalName> BuildingAsync(LogisticsDb db, long id, CancellationToken ct) =>
        await db.Buildings.AsNoTracking().Where(b => b.Id == id).Select(b => new LocalName(b.Name, b.NameEn)).FirstOrDefaultAsync(ct)
        ?? throw new NotFound();

    private sealed record Walked(long MeterId, long BuildingId, int Floor, string Code, bool IsRead);

    // Meters in use with the first of their rooms, of one building or floor where one is given.
    private async Task<List<Walked>> WalkedAsync(LogisticsDb db, long? buildingId, int? floor, CancellationToken ct)
    {
        var (month, parts, readings) = (MonthStart, db.MeterRooms.AsNoTracking(), db.MeterReadings);
        var rooms = db.Rooms.AsNoTracking();
        if (buildingId is { } building) rooms = rooms.Where(r => r.BuildingId == building);
        if (floor is { } number) rooms = rooms.Where(r => r.Floor == number);
        return await (
            from part in parts
            where part.LastDay == null && !parts.Any(p => p.MeterId == part.MeterId && p.LastDay == null && p.Id < part.Id)
            join meter in db.Meters on part.MeterId equals meter.Id
            where meter.RemovedOn == null
            join room in rooms on part.RoomId equals room.Id
            orderby part.Id
            select new Walked(meter.Id, room.BuildingId, room.Floor, room.Code,
                readings.Any(r => r.MeterId == meter.Id && r.ReplacedAt == null && r.Day >= month && r.Source != ReadingSource.Estimated))).ToListAsync(ct);
    }

    private async Task<IQueryable<Meter>> FilteredAsync(LogisticsDb db, MeterFilter filter, CancellationToken ct)
    {
        var (meters, parts, rooms, readings) = (db.Meters.AsNoTracking(), db.MeterRooms, db.Rooms, db.MeterReadings);
        if (filter.KindId is { } kind) meters = meters.Where(m => m.KindId == kind);
        if (filter.BuildingId is { } building)
            meters = meters.Where(m => parts.Any(p => p.MeterId == m.Id && rooms.Any(r => r.Id == p.RoomId && r.BuildingId == building)));
        if (filter.State is MeterState.Removed) meters = meters.Where(m => m.RemovedOn != null);
        if (filter.State is MeterState.InUse or MeterState.Unread) meters = meters.Where(m => m.RemovedOn == null);
        if (filter.State is MeterState.Unread)
        {
            var from = MonthStart;
            meters = meters.Where(m => !readings.Any(r =>
                r.MeterId == m.Id && r.ReplacedAt == null && r.Day >= from && r.Source != ReadingSource.Estimated));
        }
        if (filter.Text is not { } typed) return meters;
        var found = (await db.FindRoomsAsync(typed, Step, ct)).Select(r => r.Id).ToList();
        var pattern = LikePattern.Containing(CleanText.Clean(typed));
        return meters.Where(m => EF.Functions.Like(m.Number, pattern, LikePattern.Escape) || parts.Any(p => p.MeterId == m.Id && found.Contains(p.RoomId)));
    }

    private static IQueryable<long> Sorted(LogisticsDb db, IQueryable<Meter> meters, MeterFilter filter)
    {
        var (parts, rooms, readings) = (db.MeterRooms, db.Rooms, db.MeterReadings);
        var placed = meters.Select(m => new
        {
            Meter = m,
            Room = rooms.FirstOrDefault(r => r.Id == parts.Where(p => p.MeterId == m.Id).Min(p => (long?)p.RoomId)),
            LastRead = readings.Where(r => r.MeterId == m.Id && r.ReplacedAt == null).Max(r => (DateOnly?)r.Day),
        });
        var sorted = (filter.Sort, filter.Descending) switch
        {
            (MeterSort.Number, false) => placed.OrderBy(m => m.Meter.Number),
            (MeterSort.Number, true) => placed.OrderByDescending(m => m.Meter.Number),
            (MeterSort.InstalledOn, false) => placed.OrderBy(m => m.Meter.InstalledOn),
            (MeterSort.InstalledOn, true) => placed.OrderByDescending(m => m.Meter.InstalledOn),
            (MeterSort.LastRead, false) => placed.OrderBy(m => m.LastRead),
            (MeterSort.LastRead, true) => placed.OrderByDescending(m => m.LastRead),
            (_, false) => placed.OrderBy(m => m.Room!.BuildingId).ThenBy(m => m.Room!.Floor).ThenBy(m => m.Room!.Code.Length).ThenBy(m => m.Room!.Code),
            (_, true) => placed.OrderByDescending(m => m.Room!.BuildingId).ThenByDescending(m => m.Room!.Floor)
                .ThenByDescending(m => m.Room!.Code.Length).ThenByDescending(m => m.Room!.Code),
        };
        return sorted.ThenBy(m => m.Meter.Id).Select(m => m.Meter.Id);
    }

    // In the order of the ids.
    private static async Task<IReadOnlyList<MeterRow>> RowsAsync(LogisticsDb db, IReadOnlyList<long> ids, CancellationToken ct)
    {
        var meters = await (
            from meter in db.Meters.AsNoTracking()
            where ids.Contains(meter.Id)
            join kind in db.FeeKinds on meter.KindId equals kind.Id
            select new { Meter = meter, Kind = new LocalName(kind.Name, kind.NameEn), Unit = new LocalName(kind.Unit, kind.UnitEn) })
            .ToDictionaryAsync(m => m.Meter.Id, ct);
        var parts = (await (
            from part in db.MeterRooms.AsNoTracking()
            where ids.Contains(part.MeterId)
            join room in db.Rooms on part.RoomId equals room.Id
            orderby part.Id
            select new
            {
                part.MeterId,
                part.LastDay,
                Row = new MeterShareRow(
                    room.Id, new LocalName(room.Building.Campus.Name, room.Building.Campus.NameEn), new LocalName(room.Building.Name, room.Building.NameEn),
                    room.Code, part.Share, part.LastDay != null),
            }).ToListAsync(ct)).ToLookup(p => p.MeterId);
        var counting = db.MeterReadings.AsNoTracking().Where(r => ids.Contains(r.MeterId) && r.ReplacedAt == null);
        var readings = (await counting
            .Where(r => r.Source == ReadingSource.Opening || r.Day == counting.Where(o => o.MeterId == r.MeterId).Max(o => o.Day))
            .Select(r => new { r.MeterId, Row = new NewestReading(r.Id, r.Day, r.Value, r.Source) }).ToListAsync(ct)).ToLookup(r => r.MeterId, r => r.Row);
        return
        [
            .. ids.Where(meters.ContainsKey).Select(id => meters[id]).Select(m => new MeterRow(
                m.Meter.Id, m.Meter.Version, m.Meter.KindId, m.Kind, m.Unit, m.Meter.Number, m.Meter.Multiplier, m.Meter.Digits, m.Meter.InstalledOn,
                m.Meter.RemovedOn,
                // A removed meter keeps the rooms that it had last.
                [.. parts[m.Meter.Id].Where(p => p.LastDay == m.Meter.RemovedOn).Select(p => p.Row)],
                readings[m.Meter.Id].FirstOrDefault(r => r.Source == ReadingSource.Opening),
                readings[m.Meter.Id].MaxBy(r => r.Day))),
        ];
    }

    private sealed record Known(MeterReading Reading, string? By);

    private static async Task<List<Known>> ReadAsync(LogisticsDb db, IReadOnlyList<long> ids, bool onlyCounting, CancellationToken ct) => await (
        from reading in db.MeterReadings.AsNoTracking()
        where ids.Contains(reading.MeterId) && (!onlyCounting || reading.ReplacedAt == null)
        join p in db.People on reading.RecordedById equals p.Id into people
        from person in people.DefaultIfEmpty()
        orderby reading.Day, reading.Id
        select new Known(reading, person.FullName)).ToListAsync(ct);

    private static IEnumerable<ReadingRow> WithUsage(MeterRow meter, IReadOnlyList<Known> readings)
    {
        var counter = new Meter(meter.KindId, meter.Number, meter.Multiplier, meter.Digits, meter.InstalledOn);
        MeterReading? before = null;
        foreach (var (reading, by) in readings)
        {
            var counts = reading.ReplacedAt is null;
            decimal? usage = counts && before is not null ? MeterUsage.Between(counter, before, reading) : null;
            if (counts) before = reading;
            yield return new ReadingRow(
                reading.Id, reading.Day, reading.Value, reading.Source, reading.RolledOver, usage, by, reading.RecordedAt, reading.Note, counts,
                reading.PhotoKey);
        }
    }
}
