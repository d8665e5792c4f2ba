using System.Globalization;
using System.Text.Json;
using LogisticsAdmin.Data;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Places;

/// <summary>
/// Imports buildings, identified by campus and code. An unknown campus is created, and the dry run says so. For administrators. Undo retires
/// what was created; a later file with the same codes brings it back.
/// </summary>
public sealed class BuildingsImport(CurrentUser user, TimeProvider clock) : ImportKind
{
    internal const string CampusCode = "campus-code", Campus = "building-campus", Code = "building-code", Title = "building-name", TitleEn = "building-name-en",
        Kind = "building-kind";

    private static readonly IReadOnlyList<ImportColumn> All =
    [
        ImportColumn.Of<PlacesText>(CampusCode, CellUse.Code, PlacesLimits.Code, "校区代码", "校区号"),
        ImportColumn.Of<PlacesText>(Campus, CellUse.Text, PlacesLimits.Name, "所在校区", "校区名称", "campus name") with { Required = true, UnlessGiven = CampusCode },
        ImportColumn.Of<PlacesText>(Code, CellUse.Code, PlacesLimits.Code, "楼号", "楼栋代码", "楼栋号", "编号", "code", "building no") with { Required = true },
        ImportColumn.Of<PlacesText>(Title, CellUse.Text, PlacesLimits.Name, "楼栋", "楼名", "楼宇", "名称", "name", "building"),
        ImportColumn.Of<PlacesText>(TitleEn, CellUse.Text, PlacesLimits.NameEn, "英文名", "英文名称", "name in english"),
        ImportColumn.Of<PlacesText>(Kind, CellUse.Choice, 0, "类型", "楼栋用途", "用途", "kind", "type") with
        {
            Choices =
            [
                ImportChoice.Of<PlacesText>(BuildingKind.Dormitory, "宿舍楼", "公寓", "学生公寓", "学生宿舍", "hall"),
                ImportChoice.Of<PlacesText>(BuildingKind.Teaching, "教学", "教室楼", "classrooms"),
                ImportChoice.Of<PlacesText>(BuildingKind.Library),
                ImportChoice.Of<PlacesText>(BuildingKind.Office, "办公", "行政楼", "administration"),
                ImportChoice.Of<PlacesText>(BuildingKind.Other),
            ],
        },
    ];

    public override string Key => "buildings";
    public override LocalName Name => LocalName.Of<PlacesText>("Import.Buildings");
    public override string ResultAddress => "places";
    public override string ExportList => "buildings";
    public override IReadOnlyList<ImportColumn> Columns => All;

    public override bool MayImport(Actor actor) => actor.MayChangePlaces();

    public override async Task<ImportPlan> PlanAsync(LogisticsDb db, ImportInput input, CancellationToken ct)
    {
        var campuses = await db.Campuses.AsNoTracking().ToListAsync(ct);
        var buildings = await db.Buildings.AsNoTracking().ToListAsync(ct);
        return new BuildingPlan(campuses, buildings, input, clock.GetUtcNow(), user.Actor.PersonId);
    }

    public override async Task<IReadOnlyList<SkippedRow>> UndoAsync(LogisticsDb db, IReadOnlyList<ImportedEntity> entities, CancellationToken ct)
    {
        var (now, by) = (clock.GetUtcNow(), user.Actor.PersonId);
        List<SkippedRow> left = [];
        foreach (var entity in entities)
        {
            if (await db.Buildings.Include(b => b.Campus).FirstOrDefaultAsync(b => b.Id == entity.Id, ct) is not { RetiredAt: null } building) continue;
            var hasRooms = entity.IsNew && await db.Rooms.Living().AnyAsync(r => r.BuildingId == building.Id, ct);
            if (building.Version != entity.Version || hasRooms)
            {
                var why = new RowProblem(null, typeof(PlacesText), hasRooms ? "Import.HasRooms" : "Import.TouchedSince");
                left.Add(new SkippedRow(entity.Row, $"{building.Campus.Name} {building.Code}", why));
            }
            else if (entity.IsNew)
            {
                building.Retire(now, by, UndoneReason);
            }
            else
            {
                var was = JsonSerializer.Deserialize<Snapshot>(entity.Before!)!;
                building.Rename(was.Name, was.NameEn);
                building.SetKind(was.Kind);
            }
        }
        await db.SaveChangesAsync(ct);
        foreach (var id in entities.Where(e => e.IsNew && e.Before is not null).Select(e => JsonSerializer.Deserialize<NewCampus>(e.Before!)!.Id).Distinct())
        {
            if (await db.Campuses.FirstOrDefaultAsync(c => c.Id == id, ct) is not { RetiredAt: null } campus) continue;
            if (!await db.Buildings.Living().AnyAsync(b => b.CampusId == id, ct)) campus.Retire(now, by, UndoneReason);
        }
        db.Announce(new KeyChanged(PlacesTopics.Places, 0));
        return left;
    }

    private sealed record Snapshot(string Name, string NameEn, BuildingKind Kind);

    /// <summary>Stored with a building that came with a campus of its own.</summary>
    private sealed record NewCampus(long Id);

    private sealed class BuildingPlan : ImportPlan
    {
        /// <summary>A building retired by an undo is stored already, and new to the office all the same.</summary>
        private sealed record Step(RowVerdict Verdict, Campus Campus, Building? Stored, string Code, string Name, string NameEn, BuildingKind Kind);

        private readonly List<Step> _steps = [];
        private readonly List<Campus> _campuses;
        private readonly HashSet<Campus> _created = [], _restored = [];
        private readonly Dictionary<(Campus, string), Building> _buildings;
        private readonly (DateTimeOffset At, long? By) _act;

        public BuildingPlan(List<Campus> campuses, IReadOnlyList<Building> buildings, ImportInput input, DateTimeOffset at, long? by)
        {
            (_campuses, _act) = (campuses, (at, by));
            var byId = campuses.ToDictionary(c => c.Id);
            // Two codes that differ in upper case only may come from before it was checked: the first is meant.
            _buildings = buildings.GroupBy(b => (byId[b.CampusId], CleanText.ComparisonKey(b.Code)))
                .ToDictionary(g => g.Key, g => g.OrderBy(b => b.RetiredAt is not null).ThenBy(b => b.Id).First());
            var reader = new RowReader(All, input.CountsFrom1904);
            Dictionary<(Campus, string), int> seen = [];
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
            var taken = _steps.Where(s => s.Verdict.Outcome is ImportOutcome.New or ImportOutcome.Changed).ToList();
            List<Campus> campuses = [.. taken.Select(s => s.Campus).Distinct()];
            List<Campus> created = campuses.FindAll(_created.Contains);
            bulk.AddUnaudited(created, ct);
            bulk.Add(created.Select(c => EntryOf(nameof(Campus), c.Id, batchId)), ct);
            bulk.Change(campuses.Where(_restored.Contains), campus => campus.Restore(), ct);

            var added = taken.Where(s => s.Stored is null).Select(s => (Step: s, Building: new Building(s.Campus, s.Code, s.Name, s.NameEn, s.Kind))).ToList();
            bulk.AddUnaudited(added.Select(a => a.Building), ct);
            bulk.Add(added.Select(a => EntryOf(nameof(Building), a.Building.Id, batchId)), ct);
            progress(added.Count);

            var changed = taken.Where(s => s.Stored is not null).ToDictionary(s => s.Stored!);
            var before = changed.Values.Where(s => s.Verdict.Outcome == ImportOutcome.Changed).ToDictionary(
                s => s.Stored!, s => JsonSerializer.Serialize(new Snapshot(s.Stored!.Name, s.Stored.NameEn, s.Stored.Kind)));
            bulk.Change(changed.Keys, building =>
            {
                building.Restore();
                building.Rename(changed[building].Name, changed[building].NameEn);
                building.SetKind(changed[building].Kind);
            }, ct);
            progress(taken.Count);
            if (taken.Count > 0) db.Announce(new KeyChanged(PlacesTopics.Places, 0));
            IReadOnlyList<ImportedEntity> entities =
            [
                .. added.Select(a => new ImportedEntity(a.Step.Verdict.Row, a.Building.Id, IsNew: true, a.Building.Version, CampusOf(a.Step))),
                .. changed.Select(c => before.TryGetValue(c.Key, out var was)
                    ? new ImportedEntity(c.Value.Verdict.Row, c.Key.Id, IsNew: false, c.Key.Version, was)
                    : new ImportedEntity(c.Value.Verdict.Row, c.Key.Id, IsNew: true, c.Key.Version, CampusOf(c.Value))),
            ];
            return Task.FromResult(entities);
        }

        private string? CampusOf(Step step) =>
            _created.Contains(step.Campus) || _restored.Contains(step.Campus) ? JsonSerializer.Serialize(new NewCampus(step.Campus.Id)) : null;

        private AuditEntry EntryOf(string entity, long id, long batchId) => new()
        {
            Entity = entity,
            EntityId = id,
            Field = "ImportBatch",
            New = batchId.ToString(CultureInfo.InvariantCulture),
            At = _act.At,
            ActorId = _act.By,
        };

        private Step CheckRow(RowReader reader, Dictionary<(Campus, string), int> seen)
        {
            var (campusCode, campusName, code) = (reader.Code(CampusCode), CleanText.Clean(reader.Text(BuildingsImport.Campus)), reader.Code(Code));
            var (name, nameEn) = (CleanText.Clean(reader.Text(Title)), CleanText.Clean(reader.Text(TitleEn)));
            var kind = reader.Choice<BuildingKind>(BuildingsImport.Kind);
            var label = $"{(campusName.Length > 0 ? campusName : campusCode)} {(name.Length > 0 ? name : code)}".Trim();
            if (reader.Problems.Count > 0 || code is null) return Refused();

            var found = Find(campusCode, campusName);
            if (found.Count == 0 && campusCode is null && campusName.Length > PlacesLimits.Code)
                Note(CampusCode, "Import.CampusCodeMissing", PlacesLimits.Code);
            if (found.Count > 1) Note(BuildingsImport.Campus, "Import.CampusAmbiguous", campusName);
            if (found is [{ RetiredAt: not null } gone] && gone.RetiredBecause != UndoneReason)
                Note(campusCode is null ? BuildingsImport.Campus : CampusCode, "Import.CampusRetired", gone.LocalName);
            if (reader.Problems.Count > 0) return Refused();
            var campus = found.Count == 1 ? found[0] : new Campus(campusCode ?? campusName, campusName.Length > 0 ? campusName : campusCode!, "");

            var key = (campus, CleanText.ComparisonKey(code));
            if (found.Count == 1 && !seen.TryAdd(key, reader.Number)) Note(Code, "Import.SameBuildingTwice", seen[key]);
            var stored = found.Count == 1 ? _buildings.GetValueOrDefault(key) : null;
            var isBack = stored is { RetiredAt: not null };
            if (isBack && stored!.RetiredBecause != UndoneReason) Note(Code, "Import.BuildingRetired", stored.LocalName);
            if (stored is null && name.Length == 0) Note(Title, "Import.NameMissing");
            if (stored is null && kind is null) Note(BuildingsImport.Kind, "Import.KindMissing");
            if (reader.Problems.Count > 0) return Refused();

            List<RowProblem> warnings = [];
            if (found.Count == 0)
            {
                seen.Add(key, reader.Number);
                _campuses.Add(campus);
                _created.Add(campus);
                warnings.Add(new RowProblem(BuildingsImport.Campus, typeof(PlacesText), "Import.CampusCreated", campus.Name));
            }
            else if (campus.RetiredAt is not null && _restored.Add(campus))
            {
                warnings.Add(new RowProblem(BuildingsImport.Campus, typeof(PlacesText), "Import.CampusCreated", campus.Name));
            }
            var (called, calledEn) = (name.Length > 0 ? name : stored!.Name, nameEn.Length > 0 ? nameEn : stored?.NameEn ?? "");
            var used = kind ?? stored!.Kind;
            if (stored is null || isBack)
                return new Step(RowVerdict.New(reader.Number, label, warnings), campus, stored, code, called, calledEn, used);
            List<FieldChange> changes = [];
            if (called != stored.Name) changes.Add(new FieldChange(Title, stored.Name, called));
            if (calledEn != stored.NameEn) changes.Add(new FieldChange(TitleEn, stored.NameEn, calledEn));
            if (used != stored.Kind) changes.Add(new FieldChange(BuildingsImport.Kind, stored.Kind.ToString(), used.ToString()));
            return new Step(
                changes.Count == 0 ? RowVerdict.Same(reader.Number, label) : RowVerdict.Changed(reader.Number, label, changes),
                campus, stored, code, called, calledEn, used);

            void Note(string column, string problem, params IReadOnlyList<object?> args) =>
                reader.AddProblem(new RowProblem(column, typeof(PlacesText), problem, args));

            Step Refused() => new(RowVerdict.Rejected(reader.Number, label, [.. reader.Problems]), null!, null, "", "", "", default);
        }

        /// <summary>By its code where the row has one, else by code or name in either language; living ones first.</summary>
        private List<Campus> Find(string? code, string name)
        {
            var wanted = CleanText.ComparisonKey(code ?? name);
            var found = _campuses.FindAll(c => code is null ? c.Spellings.Contains(wanted) : CleanText.ComparisonKey(c.Code) == wanted);
            var living = found.FindAll(c => c.RetiredAt is null);
            return living.Count > 0 ? living : found;
        }
    }
}
