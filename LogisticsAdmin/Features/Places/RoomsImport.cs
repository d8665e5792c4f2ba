using System.Globalization;
using System.Text.Json;
using LogisticsAdmin.Data;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Places;

/// <summary>
/// Imports rooms and their beds from a spreadsheet; rooms are identified by building and room number. A number of beds adds missing ones and
/// retires free ones beyond it. For managers and administrators. Buildings come from <see cref="BuildingsImport"/>.
/// </summary>
public sealed class RoomsImport(CurrentUser user, TimeProvider clock, IEnumerable<IBedClaim> claims) : ImportKind
{
    internal const string Campus = "campus", Building = "building", Floor = "floor", Number = "room", Title = "name", TitleEn = "name-en", Kind = "kind",
        Area = "area", Capacity = "capacity", Beds = "beds";

    private static readonly IReadOnlyList<ImportColumn> All =
    [
        ImportColumn.Of<PlacesText>(Campus, CellUse.Text, 80, "所在校区"),
        ImportColumn.Of<PlacesText>(Building, CellUse.Text, 80, "楼宇", "宿舍楼", "楼号", "楼", "公寓") with { Required = true },
        ImportColumn.Of<PlacesText>(Floor, CellUse.WholeNumber, 0, "层", "所在楼层") with { WithoutUnit = TypedUnit.Floor },
        ImportColumn.Of<PlacesText>(Number, CellUse.Code, 40, "房间号", "房号", "寝室", "宿舍号", "room no") with { Required = true },
        ImportColumn.Of<PlacesText>(Title, CellUse.Text, PlacesLimits.Name, "房间名称", "room name"),
        ImportColumn.Of<PlacesText>(TitleEn, CellUse.Text, 120, "英文名"),
        ImportColumn.Of<PlacesText>(Kind, CellUse.Choice, 0, "房间类型", "房间用途", "类型", "use", "room type") with
        {
            Choices =
            [
                ImportChoice.Of<PlacesText>(RoomKind.Bedroom, "宿舍", "学生宿舍", "住宿", "dormitory"),
                ImportChoice.Of<PlacesText>(RoomKind.Classroom, "教学", "教学用房"),
                ImportChoice.Of<PlacesText>(RoomKind.Laboratory, "实验", "实训室", "lab"),
                ImportChoice.Of<PlacesText>(RoomKind.Office, "办公", "办公用房"),
                ImportChoice.Of<PlacesText>(RoomKind.Washroom, "厕所", "洗手间", "盥洗室", "toilet"),
                ImportChoice.Of<PlacesText>(RoomKind.Plant, "设备", "机房", "配电间", "plant"),
                ImportChoice.Of<PlacesText>(RoomKind.Shared, "公共", "公共用房", "公用", "common area"),
                ImportChoice.Of<PlacesText>(RoomKind.Other),
            ],
        },
        ImportColumn.Of<PlacesText>(Area, CellUse.Amount, 0, "建筑面积", "使用面积", "面积", "平方米", "sqm"),
        ImportColumn.Of<PlacesText>(Capacity, CellUse.WholeNumber, 0, "容量", "座位数", "核定人数", "seats") with { WithoutUnit = TypedUnit.Beds },
        ImportColumn.Of<PlacesText>(Beds, CellUse.WholeNumber, 0, "床位", "床位数量", "人数", "可住人数") with
        {
            WithoutUnit = TypedUnit.Beds,
        },
    ];

    public override string Key => "rooms";
    public override LocalName Name => LocalName.Of<PlacesText>("Import.Name");
    public override string ResultAddress => "places";
    public override IReadOnlyList<ImportColumn> Columns => All;

    public override bool MayImport(Actor actor) => actor.IsManagement;

    public override async Task<ImportPlan> PlanAsync(LogisticsDb db, ImportInput input, CancellationToken ct)
    {
        var buildings = await db.Buildings.AsNoTracking().Include(b => b.Campus).Where(b => b.RetiredAt == null).ToListAsync(ct);
        var rooms = await db.Rooms.AsNoTracking().Include(r => r.Beds).Where(r => r.RetiredAt == null).ToListAsync(ct);
        var taken = await db.Users.AsNoTracking().Where(p => p.BedId != null && p.RetiredAt == null).Select(p => p.BedId!.Value).ToListAsync(ct);
        var promised = await claims.ClaimedAsync(db, [.. rooms.SelectMany(r => r.LivingBeds()).Select(b => b.Id)], ct);
        return new RoomPlan(buildings, rooms, [.. taken], promised, input, clock.GetUtcNow(), user.Actor.PersonId);
    }

    public override async Task<IReadOnlyList<SkippedRow>> UndoAsync(LogisticsDb db, IReadOnlyList<ImportedEntity> entities, CancellationToken ct)
    {
        var (now, by) = (clock.GetUtcNow(), user.Actor.PersonId);
        List<SkippedRow> left = [];
        db.Announce(new KeyChanged(PlacesTopics.Places, 0));
        foreach (var entity in entities)
        {
            var found = await db.Rooms.Include(r => r.Building).Include(r => r.Beds).FirstOrDefaultAsync(r => r.Id == entity.Id, ct);
            if (found is not { RetiredAt: null } room) continue;
            var was = entity.IsNew ? null : JsonSerializer.Deserialize<RoomSnapshot>(entity.Before!);
            var added = room.Beds.Where(b => b.RetiredAt is null && (was is null || was.Added.Contains(b.Code))).ToList();
            var ids = added.Select(b => (long?)b.Id).ToList();
            var isLivedIn = await db.Users.AnyAsync(p => p.RetiredAt == null && (ids.Contains(p.BedId) || (entity.IsNew && p.RoomId == room.Id)), ct);
            if (room.Version != entity.Version || isLivedIn)
            {
                Leave(new RowProblem(null, typeof(PlacesText), isLivedIn ? "Import.LivedIn" : "Import.TouchedSince"));
                continue;
            }
            var promised = await claims.ClaimedAsync(db, [.. added.Select(b => b.Id)], ct);
            if (promised.Count > 0)
            {
                Leave(new RowProblem(null, typeof(PlacesText), "Import.BedsPromised", PlaceRules.Listed(promised.Values)));
                continue;
            }
            foreach (var bed in added) bed.Retire(now, by, UndoneReason);
            if (was is null)
            {
                room.Retire(now, by, UndoneReason);
                continue;
            }
            room.Rename(was.Name ?? room.Name, was.NameEn);
            room.MoveTo(was.Floor);
            // Batches from before these columns existed left them alone.
            if (was.Kind is { } kind) room.Describe(kind, was.Area, was.Capacity);
            var retired = room.Beds.Where(b => was.Retired.Contains(b.Code) && b.RetiredAt is not null
                && !room.Beds.Any(o => o.RetiredAt is null && o.Code == b.Code));
            foreach (var bed in retired) bed.Restore();

            void Leave(RowProblem why) => left.Add(new SkippedRow(entity.Row, $"{room.Building.Name} {room.Code}", why));
        }
        return left;
    }

    private sealed record RoomSnapshot(
        string NameEn, int Floor, IReadOnlyList<string> Added, IReadOnlyList<string> Retired,
        RoomKind? Kind = null, decimal? Area = null, int? Capacity = null, string? Name = null);

    private sealed class RoomPlan : ImportPlan
    {
        private sealed record Step(
            RowVerdict Verdict, Building Building, Room? Stored, string Code, string Name, string NameEn, int Floor, RoomKind? Kind, decimal? Area,
            int? Capacity, IReadOnlyList<string> Added, IReadOnlyList<Bed> Retired);

        private readonly List<Step> _steps = [];
        private readonly Dictionary<(long, string), Room> _rooms;
        private readonly ILookup<string, Building> _buildings;
        private readonly HashSet<long> _taken;
        private readonly IReadOnlyDictionary<long, string> _promised;
        private readonly (DateTimeOffset At, long? By) _act;

        public RoomPlan(
            IEnumerable<Building> buildings, IEnumerable<Room> rooms, HashSet<long> taken, IReadOnlyDictionary<long, string> promised, ImportInput input,
            DateTimeOffset at, long? by)
        {
            (_taken, _promised, _act) = (taken, promised, (at, by));
            _rooms = rooms.ToDictionary(r => (r.BuildingId, CleanText.ComparisonKey(r.Code)));
            _buildings = buildings.SelectMany(b => b.Spellings.Select(n => (n, b))).ToLookup(x => x.n, x => x.b);
            var reader = new RowReader(All, input.CountsFrom1904);
            Dictionary<(long, string), int> seen = [];
            foreach (var row in input.Rows)
            {
                reader.MoveTo(row);
                _steps.Add(CheckRow(reader, seen));
                input.Progress(_steps.Count);
            }
        }

        public override IReadOnlyList<RowVerdict> Verdicts => [.. _steps.Select(s => s.Verdict)];

        public override Task<IReadOnlyList<ImportedEntity>> ApplyAsync(LogisticsDb db, long batchId, Action<int> progress, CancellationToken ct)
        {
            using var bulk = new BulkWriter(db);
            var created = _steps.Where(s => s.Verdict.Outcome == ImportOutcome.New).Select(s => (s.Verdict.Row, Room: CreateRoom(s))).ToList();
            bulk.AddUnaudited(created.Select(c => c.Room), ct);
            bulk.Add(created.Select(c => new AuditEntry
            {
                Entity = nameof(Room),
                EntityId = c.Room.Id,
                Field = "ImportBatch",
                New = batchId.ToString(CultureInfo.InvariantCulture),
                At = _act.At,
                ActorId = _act.By,
            }), ct);
            progress(created.Count);

            var changed = _steps.Where(s => s.Verdict.Outcome == ImportOutcome.Changed).ToDictionary(s => s.Stored!);
            var before = changed.ToDictionary(c => c.Key, c => JsonSerializer.Serialize(
                new RoomSnapshot(c.Key.NameEn, c.Key.Floor, c.Value.Added, [.. c.Value.Retired.Select(b => b.Code)], c.Key.Kind, c.Key.Area, c.Key.Capacity,
                    c.Key.Name)));
            bulk.Change(changed.Values.SelectMany(s => s.Retired), bed => bed.Retire(_act.At, _act.By, RetireReasons.RoomsImport), ct);
            bulk.Add(changed.SelectMany(c => c.Value.Added.Select(code => c.Key.AddBed(code))).ToList(), ct);
            bulk.Change(changed.Keys, room =>
            {
                room.Rename(changed[room].Name, changed[room].NameEn);
                room.MoveTo(changed[room].Floor);
                room.Describe(changed[room].Kind ?? room.Kind, changed[room].Area, changed[room].Capacity);
            }, ct);
            if (created.Count + changed.Count > 0) db.Announce(new KeyChanged(PlacesTopics.Places, 0));
            progress(created.Count + changed.Count);
            IReadOnlyList<ImportedEntity> entities =
            [
                .. created.Select(c => new ImportedEntity(c.Row, c.Room.Id, IsNew: true, c.Room.Version, null)),
                .. changed.Select(c => new ImportedEntity(c.Value.Verdict.Row, c.Key.Id, IsNew: false, c.Key.Version, before[c.Key])),
            ];
            return Task.FromResult(entities);
        }

        private static Room CreateRoom(Step step)
        {
            var room = new Room(step.Building, step.Floor, step.Code, step.NameEn, 0);
            room.Rename(step.Name, step.NameEn);
            foreach (var code in step.Added) room.AddBed(code);
            room.Describe(step.Kind ?? (step.Added.Count > 0 ? RoomKind.Bedroom : RoomKind.Other), step.Area, step.Capacity);
            return room;
        }

        private Step CheckRow(RowReader reader, Dictionary<(long, string), int> seen)
        {
            var (campus, building, code) = (reader.Text(Campus), reader.Text(RoomsImport.Building), reader.Code(Number));
            var floor = reader.Whole(RoomsImport.Floor, PlacesLimits.LowestFloor, PlacesLimits.HighestFloor);
            var (name, nameEn) = (CleanText.Clean(reader.Text(Title)), CleanText.Clean(reader.Text(TitleEn)));
            var kind = reader.Choice<RoomKind>(RoomsImport.Kind);
            var area = reader.Fraction(RoomsImport.Area, 0, PlacesLimits.Area);
            if (area is { } square && decimal.Round(square, 2) != square) Note(RoomsImport.Area, "Import.AreaTooFine", square);
            var capacity = reader.Whole(RoomsImport.Capacity, 0, PlacesLimits.Capacity);
            var beds = reader.Whole(RoomsImport.Beds, 0, PlacesLimits.Beds);
            var label = $"{building} {code}".Trim();
            var found = building is null
                ? []
                : _buildings[CleanText.ComparisonKey(building)].Where(b => campus is null || b.Campus.Spellings.Contains(CleanText.ComparisonKey(campus)))
                    .ToList();
            if (building is not null && found.Count != 1)
                Note(RoomsImport.Building, found.Count == 0 ? "Import.UnknownBuilding" : "Import.BuildingAmbiguous", building);
            if (reader.Problems.Count > 0 || code is null || found.Count != 1) return Refused();

            var key = (found[0].Id, CleanText.ComparisonKey(code));
            if (!seen.TryAdd(key, reader.Number)) Note(Number, "Import.SameRoomTwice", seen[key]);
            var stored = _rooms.GetValueOrDefault(key);
            if (stored is null && floor is null) Note(RoomsImport.Floor, "Import.FloorMissing");
            var living = stored?.LivingBeds() ?? [];
            List<Bed> extra = beds is { } wanted ? [.. living.Skip(wanted)] : [];
            if (extra.Exists(b => _taken.Contains(b.Id))) Note(RoomsImport.Beds, "Import.BedsTaken", extra.Count(b => _taken.Contains(b.Id)));
            var waiting = extra.Where(b => _promised.ContainsKey(b.Id)).Select(b => _promised[b.Id]).ToList();
            if (waiting.Count > 0) Note(RoomsImport.Beds, "Import.BedsPromised", PlaceRules.Listed(waiting));
            if (reader.Problems.Count > 0) return Refused();

            var missing = Math.Max(0, (beds ?? living.Count) - living.Count);
            if (stored is null)
            {
                IReadOnlyList<string> first = [.. Enumerable.Range(1, missing).Select(Text)];
                return new Step(
                    RowVerdict.New(reader.Number, label), found[0], null, code, name.Length > 0 ? name : code, nameEn, floor!.Value, kind, area,
                    capacity, first, []);
            }
            var added = stored.FreeBedCodes(missing);
            var atFloor = floor ?? stored.Floor;
            var (called, calledEn) = (name.Length > 0 ? name : stored.Name, nameEn.Length > 0 ? nameEn : stored.NameEn);
            var (used, measured, meantFor) = (kind ?? stored.Kind, area ?? stored.Area, capacity ?? stored.Capacity);
            List<FieldChange> changes = [];
            if (atFloor != stored.Floor) changes.Add(new FieldChange(RoomsImport.Floor, Text(stored.Floor), Text(atFloor)));
            if (called != stored.Name) changes.Add(new FieldChange(Title, stored.Name, called));
            if (calledEn != stored.NameEn) changes.Add(new FieldChange(TitleEn, stored.NameEn, calledEn));
            if (used != stored.Kind) changes.Add(new FieldChange(RoomsImport.Kind, stored.Kind.ToString(), used.ToString()));
            if (measured != stored.Area) changes.Add(new FieldChange(RoomsImport.Area, Text(stored.Area), Text(measured)));
            if (meantFor != stored.Capacity) changes.Add(new FieldChange(RoomsImport.Capacity, Text(stored.Capacity), Text(meantFor)));
            if (added.Count + extra.Count > 0) changes.Add(new FieldChange(RoomsImport.Beds, Text(living.Count), Text(beds!.Value)));
            return new Step(
                changes.Count == 0 ? RowVerdict.Same(reader.Number, label) : RowVerdict.Changed(reader.Number, label, changes),
                found[0], stored, code, called, calledEn, atFloor, used, measured, meantFor, added, extra);

            void Note(string column, string problem, params IReadOnlyList<object?> args) =>
                reader.AddProblem(new RowProblem(column, typeof(PlacesText), problem, args));

            Step Refused() => new(RowVerdict.Rejected(reader.Number, label, [.. reader.Problems]), null!, null, "", "", "", 0, null, null, null, [], []);
        }

        private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

        private static string? Text(decimal? number) => number?.ToString("0.##", CultureInfo.InvariantCulture);
    }
}
