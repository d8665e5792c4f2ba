using System.Text.Json;
using LogisticsAdmin.Data;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Places.Beds;

/// <summary>
/// 床位调整: moves people to other beds by a spreadsheet, one person a row, found by number; a row with an empty room checks the person out.
/// The file is judged as a whole, so that people can swap beds or move on one after the other. For whoever may move residents.
/// </summary>
public sealed class BedsImport(CurrentUser user, OfficeTime office, IEnumerable<ICheckOutStep> steps, IEnumerable<IBedClaim> claims) : ImportKind
{
    internal const string Number = "number", FullName = "name", UserName = "user-name", Campus = "campus", Building = "building", Room = "room", Bed = "bed",
        Day = "day";

    private const int Step = 500;

    private static readonly IReadOnlyList<ImportColumn> All =
    [
        ImportColumn.Of<BedsText>(
            Number, CellUse.Code, 40, "学号", "工号", "学工号", "编号", "student no", "student id", "staff no", "id", "student or staff number") with
        {
            Required = true,
            UnlessGiven = UserName,
        },
        ImportColumn.Of<BedsText>(UserName, CellUse.Code, 60, "登录名", "账号", "login", "account"),
        ImportColumn.Of<BedsText>(FullName, CellUse.Text, 80, "学生姓名", "名字", "name", "student name"),
        ImportColumn.Of<BedsText>(Campus, CellUse.Text, 80, "所在校区"),
        ImportColumn.Of<BedsText>(Building, CellUse.Text, 120, "宿舍楼", "楼宇", "公寓", "楼号", "楼", "dormitory"),
        ImportColumn.Of<BedsText>(Room, CellUse.Code, 120, "房号", "房间号", "寝室", "寝室号", "宿舍号", "宿舍", "room no"),
        ImportColumn.Of<BedsText>(Bed, CellUse.Code, 20, "床号", "床位号", "铺位", "bed no"),
        ImportColumn.Of<BedsText>(Day, CellUse.Day, 0, "日期", "调整日期", "入住日期", "生效日期", "date", "from"),
    ];

    public override string Key => "beds";
    public override LocalName Name => LocalName.Of<BedsText>("Import.Name");
    public override string ResultAddress => "places";
    public override string ExportList => "beds";
    public override IReadOnlyList<ImportColumn> Columns => All;

    public override bool MayImport(Actor actor) => actor.MayMoveResidents();

    public override async Task<ImportPlan> PlanAsync(LogisticsDb db, ImportInput input, CancellationToken ct)
    {
        var plan = new BedsPlan(await KnownBeds.ReadAsync(db, ct), input, office, user.Actor.PersonId);
        await plan.AskAsync(db, steps, claims, ct);
        plan.Judge();
        return plan;
    }

    public override async Task<IReadOnlyList<SkippedRow>> UndoAsync(LogisticsDb db, IReadOnlyList<ImportedEntity> entities, CancellationToken ct)
    {
        var known = await KnownBeds.ReadAsync(db, ct);
        var was = entities.ToDictionary(e => e.Id, e => BedMove.Of(e.Before!));
        List<SkippedRow> left = [];
        List<ImportedEntity> back = [];
        foreach (var entity in entities)
        {
            var person = known.People.GetValueOrDefault(entity.Id);
            var move = was[entity.Id];
            if (person is null || (person.RoomId, person.BedId) != (move.ToRoom, move.ToBed)) Leave(entity, "Import.MovedSince");
            else if (move.FromRoom is { } room && !known.RoomsInUse.Contains(room)) Leave(entity, "Import.RoomGone");
            else if (move.FromBed is { } bed && !known.BedCodes.ContainsKey(bed)) Leave(entity, "Import.BedGone");
            else back.Add(entity);
        }
        var promised = await claims.ClaimedByOthersAsync(
            db, [.. back.Where(e => known.People[e.Id].BedId != was[e.Id].FromBed).Select(WantedBy).OfType<(long, long?)>()], ct);
        foreach (var entity in back.ToList())
        {
            if (WantedBy(entity) is not { } wanted || !promised.TryGetValue(wanted, out var whose)) continue;
            Leave(entity, "Refusal.BedClaimed", whose);
            back.Remove(entity);
        }
        // Who is left alone keeps their bed, which may be in the way of another.
        for (var again = true; again;)
        {
            var moving = back.Select(e => e.Id).ToHashSet();
            var blocked = back.Where(e => was[e.Id].FromBed is { } bed && known.Holder(bed) is { } holder && holder.Id != e.Id && !moving.Contains(holder.Id))
                .ToHashSet();
            foreach (var entity in blocked) Leave(entity, "Import.BedTaken", known.Holder(was[entity.Id].FromBed!.Value)!.Called);
            again = back.RemoveAll(blocked.Contains) > 0;
        }
        await MoveBackAsync(db, [.. back.Select(e => (e.Id, was[e.Id]))], ct);
        Announce(db, known, back.SelectMany(e => new[] { was[e.Id].FromRoom, was[e.Id].ToRoom }));
        return left;

        (long BedId, long? PersonId)? WantedBy(ImportedEntity entity) => was[entity.Id].FromBed is { } bed ? (bed, entity.Id) : null;

        void Leave(ImportedEntity entity, string code, params IReadOnlyList<object?> args) => left.Add(new SkippedRow(
            entity.Row, known.People.GetValueOrDefault(entity.Id)?.Called ?? "", new RowProblem(null, typeof(BedsText), code, args)));
    }

    /// <summary>Announces the buildings of these rooms, and that many people changed.</summary>
    internal static void Announce(LogisticsDb db, KnownBeds known, IEnumerable<long?> rooms)
    {
        foreach (var building in rooms.OfType<long>().Select(known.BuildingOf).Distinct()) db.Announce(new KeyChanged(PlacesTopics.Places, building));
        db.Announce(new KeyChanged(PersonRecords.Topic, 0));
    }

    /// <summary>Sets room and bed of people who were not read for tracking.</summary>
    internal static async Task SetHomesAsync(
        LogisticsDb db, IReadOnlyDictionary<long, (long? Room, long? Bed)> homes, Action<int> progress, CancellationToken ct)
    {
        using var bulk = new BulkWriter(db);
        var done = 0;
        foreach (var ids in homes.Keys.Chunk(Step))
        {
            var people = await db.Users.AsNoTracking().Where(p => ids.Contains(p.Id)).ToListAsync(ct);
            bulk.Change(people, person => person.MoveTo(homes[person.Id].Room, homes[person.Id].Bed), ct);
            progress(done += ids.Length);
        }
    }

    private async Task MoveBackAsync(LogisticsDb db, List<(long Id, BedMove Was)> people, CancellationToken ct)
    {
        var (now, by) = (office.Now, user.Actor.PersonId);
        // All stays that the batch began end before the earlier ones go on: the unique index on beds is checked row by row.
        foreach (var some in people.Chunk(Step))
        {
            var (ids, was) = (some.Select(p => p.Id).ToList(), some.ToDictionary(p => p.Id, p => p.Was));
            var open = await db.Occupancies.Where(o => ids.Contains(o.PersonId) && o.Until == null).ToListAsync(ct);
            foreach (var stay in open)
            {
                if (stay.From >= was[stay.PersonId].At) db.Occupancies.Remove(stay);
                else stay.End(now, by);
            }
            await SaveAsync(db, ct);
        }
        foreach (var some in people.Chunk(Step))
        {
            var ids = some.Select(p => p.Id).ToList();
            var since = some.Min(p => p.Was.At);
            var ended = (await db.Occupancies.Where(o => ids.Contains(o.PersonId) && o.Until >= since).ToListAsync(ct)).ToLookup(o => o.PersonId);
            foreach (var (id, was) in some)
            {
                if (was.FromRoom is not { } room) continue;
                var stay = ended[id].Where(o => o.Until == was.At && o.RoomId == room && o.BedId == was.FromBed).MaxBy(o => o.Id);
                if (stay is not null) stay.Reopen();
                else db.Occupancies.Add(new Occupancy(id, room, was.FromBed, now, by));
            }
            await SaveAsync(db, ct);
        }
        await SetHomesAsync(db, people.ToDictionary(p => p.Id, p => (p.Was.FromRoom, p.Was.FromBed)), _ => { }, ct);
    }

    /// <summary>Saves and stops tracking stays, so that the next step is as fast as the first.</summary>
    internal static async Task SaveAsync(LogisticsDb db, CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        foreach (var stay in db.ChangeTracker.Entries<Occupancy>().ToList()) stay.State = EntityState.Detached;
    }
}

/// <summary>Where a row moved somebody, from where and when; stored with the batch for its undo.</summary>
internal sealed record BedMove(long? FromRoom, long? FromBed, long? ToRoom, long? ToBed, DateTimeOffset At)
{
    public static BedMove Of(string json) => JsonSerializer.Deserialize<BedMove>(json)!;

    public string ToJson() => JsonSerializer.Serialize(this);
}
