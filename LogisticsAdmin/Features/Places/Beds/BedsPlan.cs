using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Places.Beds;

/// <summary>Checks each row of a file against the stored people and beds, and beds against the state after the whole file.</summary>
internal sealed class BedsPlan : ImportPlan
{
    private const int Step = 500;

    private readonly KnownBeds _known;
    private readonly OfficeTime _office;
    private readonly long? _by;
    private readonly bool _hasRooms;
    private readonly List<Draft> _drafts = [];

    /// <summary>A row being checked: who moves, where to and when, and the problems found so far.</summary>
    private sealed class Draft
    {
        public required int Row { get; init; }
        public required string Label { get; init; }
        public required List<RowProblem> Problems { get; init; }
        public KnownResident? Person { get; init; }
        public long? RoomId { get; init; }
        public long? BedId { get; init; }
        public required DateOnly Day { get; init; }
        public DateTimeOffset At { get; set; }

        public bool Moves => Problems.Count == 0 && (Person!.RoomId != RoomId || Person.BedId != BedId);
    }

    public BedsPlan(KnownBeds known, ImportInput input, OfficeTime office, long? by)
    {
        (_known, _office, _by, _hasRooms) = (known, office, by, input.Has(BedsImport.Room));
        var reader = new RowReader(new BedsImport(null!, null!, [], []).Columns, input.CountsFrom1904);
        Dictionary<long, int> seen = [];
        foreach (var row in input.Rows)
        {
            reader.MoveTo(row);
            var draft = CheckRow(reader);
            if (draft.Person is { } person && !seen.TryAdd(person.Id, draft.Row)) Refuse(draft, BedsImport.Number, "Import.SameNumberTwice", seen[person.Id]);
            _drafts.Add(draft);
            input.Progress(_drafts.Count);
        }
    }

    public override IReadOnlyList<RowVerdict> Verdicts => [.. _drafts.Select(VerdictOf)];

    /// <summary>
    /// Asks the database what single rows can't tell: earlier stays of days that are given, beds that are promised to others, and what holds up
    /// check-outs.
    /// </summary>
    public async Task AskAsync(LogisticsDb db, IEnumerable<ICheckOutStep> steps, IEnumerable<IBedClaim> claims, CancellationToken ct)
    {
        await CheckDaysAsync(db, ct);
        await CheckClaimsAsync(db, claims, ct);
        var leaving = _drafts.Where(d => d.Moves && d.Person!.RoomId is not null && d.Person.RoomId != d.RoomId).Select(d => d.Person!.Id).ToHashSet();
        foreach (var draft in _drafts.Where(d => d is { RoomId: null } && d.Moves))
        {
            foreach (var step in steps)
            {
                foreach (var hold in await step.HoldsAsync(db, draft.Person!.Id, leaving, ct)) Refuse(draft, BedsImport.Number, "Import.Held", hold.What);
            }
        }
    }

    /// <summary>
    /// One resident a bed after the whole file. The person of a refused row keeps their bed, which can make another row invalid; repeated until
    /// no more rows are refused.
    /// </summary>
    public void Judge()
    {
        for (var again = true; again;)
        {
            again = false;
            var good = _drafts.Where(d => d.Problems.Count == 0).ToList();
            var leaving = good.Where(d => d.Person!.BedId != d.BedId).ToDictionary(d => d.Person!.Id);
            Dictionary<long, Draft> taken = [];
            foreach (var draft in good.Where(d => d.BedId is not null))
            {
                var bed = draft.BedId!.Value;
                var holder = _known.Holder(bed) is { } found && found.Id != draft.Person!.Id ? found : null;
                var left = holder is null ? null : leaving.GetValueOrDefault(holder.Id);
                if (holder is not null && left is null) Refuse(draft, BedsImport.Bed, "Import.BedTaken", holder.Called);
                else if (!taken.TryAdd(bed, draft)) Refuse(draft, BedsImport.Bed, "Import.SameBedTwice", taken[bed].Row);
                else if (left is not null && left.Day > draft.Day) Refuse(draft, BedsImport.Day, "Import.BedFreeLater", Shown(left.Day), holder!.Called);
                else continue;
                again = true;
            }
        }
    }

    public override async Task<IReadOnlyList<ImportedEntity>> ApplyAsync(LogisticsDb db, long batchId, Action<int> progress, CancellationToken ct)
    {
        var moving = _drafts.Where(d => d.Moves).ToList();
        var at = moving.ToDictionary(d => d.Person!.Id, d => d.At);
        // All stays end before the next ones begin: the unique index on beds is checked row by row.
        foreach (var ids in at.Keys.Chunk(Step))
        {
            foreach (var stay in await db.Occupancies.Where(o => ids.Contains(o.PersonId) && o.Until == null).ToListAsync(ct)) stay.End(at[stay.PersonId], _by);
            await BedsImport.SaveAsync(db, ct);
        }
        await BedsImport.SetHomesAsync(db, moving.ToDictionary(d => d.Person!.Id, d => (d.RoomId, d.BedId)), progress, ct);
        using (var bulk = new BulkWriter(db))
            bulk.Add(moving.Where(d => d.RoomId is not null).Select(d => new Occupancy(d.Person!.Id, d.RoomId!.Value, d.BedId, d.At, _by)), ct);
        BedsImport.Announce(db, _known, moving.SelectMany(d => new[] { d.Person!.RoomId, d.RoomId }));
        return
        [
            // What undo compares is the place, so that a changed phone number is in nobody's way.
            .. moving.Select(d => new ImportedEntity(
                d.Row, d.Person!.Id, IsNew: false, 0, new BedMove(d.Person.RoomId, d.Person.BedId, d.RoomId, d.BedId, d.At).ToJson())),
        ];
    }

    private Draft CheckRow(RowReader reader)
    {
        var number = reader.Code(BedsImport.Number);
        var userName = number is null ? reader.Code(BedsImport.UserName) : null;
        KnownResident? person = null;
        if (number is not null && !_known.ByNumber.TryGetValue(number, out person)) Note(reader, BedsImport.Number, "Import.UnknownNumber", number);
        if (userName is not null && !_known.ByUserName.TryGetValue(SignInName.Normalize(userName), out person))
            Note(reader, BedsImport.UserName, "Import.UnknownNumber", userName);
        var name = CleanText.PersonName(reader.Text(BedsImport.FullName));
        if (person is not null && name.Length > 0 && CleanText.ComparisonKey(name) != CleanText.ComparisonKey(CleanText.PersonName(person.FullName)))
            Note(reader, BedsImport.FullName, "Import.NumberOfOther", name, number ?? userName, person.FullName);
        var day = reader.Day(BedsImport.Day) ?? _office.Today;
        if (day > _office.Today) Note(reader, BedsImport.Day, "Refusal.DayInFuture");
        var (room, bed) = PlaceOf(reader, person);
        return new Draft
        {
            Row = reader.Number,
            Label = $"{number ?? userName} {(name.Length > 0 ? name : person?.FullName)}".Trim(),
            Problems = [.. reader.Problems],
            Person = person,
            RoomId = room,
            BedId = bed,
            Day = day,
            At = day >= _office.Today ? _office.Now : _office.At(day, TimeOnly.MinValue),
        };
    }

    /// <summary>The room and bed that the row names; none for a check-out. A place that is not in use is a problem of the row.</summary>
    private (long? Room, long? Bed) PlaceOf(RowReader reader, KnownResident? person)
    {
        var (campus, building) = (reader.Text(BedsImport.Campus), reader.Text(BedsImport.Building));
        var (code, bedCode) = (reader.Code(BedsImport.Room), reader.Code(BedsImport.Bed));
        if (code is null)
        {
            // Half a place is rather a mistake than a check-out.
            if (!_hasRooms || building is not null || bedCode is not null) Note(reader, BedsImport.Room, "Import.RoomMissing");
            return default;
        }
        if (building is null)
        {
            Note(reader, BedsImport.Building, "Import.BuildingMissing");
            return default;
        }
        var found = _known.Buildings[CleanText.ComparisonKey(building)]
            .Where(b => campus is null || b.Campus.Spellings.Contains(CleanText.ComparisonKey(campus))).ToList();
        if (found.Count != 1)
        {
            Note(reader, BedsImport.Building, found.Count == 0 ? "Import.UnknownBuilding" : "Import.BuildingAmbiguous", building);
            return default;
        }
        if (!_known.Rooms.TryGetValue((found[0].Id, CleanText.ComparisonKey(code)), out var room))
        {
            Note(reader, BedsImport.Room, "Import.UnknownRoom", found[0].LocalName, code);
            return default;
        }
        if (bedCode is null)
        {
            if (person is not { BedId: null } || person.RoomId != room.Id) Note(reader, BedsImport.Bed, "Import.BedMissing");
            return (room.Id, null);
        }
        if (room.Beds.TryGetValue(CleanText.ComparisonKey(bedCode.TrimEnd('号', '床')), out var bed)) return (room.Id, bed);
        if (room.Beds.TryGetValue(CleanText.ComparisonKey(bedCode), out bed)) return (room.Id, bed);
        Note(reader, BedsImport.Bed, "Import.UnknownBed", room.Code, bedCode);
        return default;
    }

    /// <summary>A day must not be before the latest stay of the person, or before the last one in a bed that is free now.</summary>
    private async Task CheckDaysAsync(LogisticsDb db, CancellationToken ct)
    {
        var early = _drafts.Where(d => d.Day < _office.Today && d.Moves).ToList();
        if (early.Count == 0) return;
        var start = _office.At(early.Min(d => d.Day), TimeOnly.MinValue);
        var stays = await db.Occupancies.AsNoTracking().Where(o => o.From > start || o.Until > start)
            .Select(o => new { o.PersonId, o.BedId, At = o.Until ?? o.From, IsOpen = o.Until == null }).ToListAsync(ct);
        var (byPerson, byBed) = (stays.ToLookup(o => o.PersonId), stays.Where(o => !o.IsOpen && o.BedId is not null).ToLookup(o => o.BedId!.Value));
        foreach (var draft in early)
        {
            var latest = byPerson[draft.Person!.Id].Concat(draft.BedId is { } bed ? byBed[bed] : []).Max(o => (DateTimeOffset?)o.At);
            if (latest is not { } moment || moment <= draft.At) continue;
            if (_office.DayOf(moment) == draft.Day) draft.At = moment;
            else Refuse(draft, BedsImport.Day, "Refusal.DayBeforeStay", Shown(_office.DayOf(moment)));
        }
    }

    private async Task CheckClaimsAsync(LogisticsDb db, IEnumerable<IBedClaim> claims, CancellationToken ct)
    {
        var moving = _drafts.Where(d => d is { BedId: not null } && d.Moves && d.Person!.BedId != d.BedId)
            .Select(d => (Draft: d, Wanted: (BedId: d.BedId!.Value, PersonId: (long?)d.Person!.Id))).ToList();
        var promised = await claims.ClaimedByOthersAsync(db, moving.ConvertAll(m => m.Wanted), ct);
        foreach (var (draft, wanted) in moving)
            if (promised.TryGetValue(wanted, out var whose)) Refuse(draft, BedsImport.Bed, "Refusal.BedClaimed", whose);
    }

    private RowVerdict VerdictOf(Draft draft)
    {
        if (draft.Problems.Count > 0) return RowVerdict.Rejected(draft.Row, draft.Label, draft.Problems);
        List<FieldChange> changes = [];
        if (draft.Person!.RoomId != draft.RoomId)
            changes.Add(new FieldChange(BedsImport.Room, _known.NameOf(draft.Person.RoomId), _known.NameOf(draft.RoomId)));
        if (draft.Person.BedId != draft.BedId) changes.Add(new FieldChange(BedsImport.Bed, CodeOf(draft.Person.BedId), CodeOf(draft.BedId)));
        return changes.Count == 0 ? RowVerdict.Same(draft.Row, draft.Label) : RowVerdict.Changed(draft.Row, draft.Label, changes);
    }

    private string? CodeOf(long? bed) =>
        bed is { } id ? _known.BedCodes.GetValueOrDefault(id, "#" + id.ToString(CultureInfo.InvariantCulture)) : null;

    private static string Shown(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static void Note(RowReader reader, string column, string code, params IReadOnlyList<object?> args) =>
        reader.AddProblem(new RowProblem(column, typeof(BedsText), code, args));

    private static void Refuse(Draft draft, string column, string code, params IReadOnlyList<object?> args) =>
        draft.Problems.Add(new RowProblem(column, typeof(BedsText), code, args));
}
