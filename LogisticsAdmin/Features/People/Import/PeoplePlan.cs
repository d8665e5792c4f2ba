using System.Globalization;
using System.Text.RegularExpressions;
using LogisticsAdmin.Data;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;

namespace LogisticsAdmin.Features.People.Import;

/// <summary>
/// Checks each row of a file against the stored people and against the other rows. Beds are checked against the final state, so that two
/// people can swap beds in one file.
/// </summary>
internal sealed partial class PeoplePlan : ImportPlan
{
    private const int FirstGrade = 1950, LastGrade = 2100;

    private readonly KnownPeople _known;
    private readonly long? _me;
    private readonly DateTimeOffset _now;
    private readonly ImportInput _input;
    private readonly List<Draft> _drafts;
    private readonly Dictionary<string, int> _names = [];
    private IReadOnlyList<RowVerdict> _verdicts = [];

    /// <summary>A row being checked: its person, their current and their new values, and the problems found so far.</summary>
    private sealed class Draft
    {
        public required int Row { get; init; }
        public required string Number { get; init; }

        /// <summary>Given instead of the number of somebody who is here.</summary>
        public string? UserName { get; init; }
        public required List<RowProblem> Problems { get; init; }
        public Person? Person { get; init; }
        public PersonSnapshot? Before { get; init; }
        public PersonSnapshot? After { get; set; }
    }

    public PeoplePlan(KnownPeople known, ImportInput input, long? me, DateTimeOffset now, CancellationToken ct)
    {
        (_known, _input, _me, _now) = (known, input, me, now);
        _drafts = new List<Draft>(input.Rows.Count);
        var reader = new RowReader(PeopleColumns, input.CountsFrom1904);
        var rows = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var row in input.Rows)
        {
            ct.ThrowIfCancellationRequested();
            reader.MoveTo(row);
            var draft = CheckRow(reader);
            var key = draft.Person is { } same ? $"#{same.Id}" : draft.Number;
            if (key.Length > 0 && !rows.TryAdd(key, draft.Row)) Refuse(draft, PeopleImport.Number, "Import.SameNumberTwice", rows[key]);
            _drafts.Add(draft);
            input.Progress(_drafts.Count);
        }
        CheckNames();
        CheckAdministrators();
    }

    private static IReadOnlyList<ImportColumn> PeopleColumns { get; } = new PeopleImport(null!, null!, []).Columns;

    public override IReadOnlyList<RowVerdict> Verdicts => _verdicts;

    /// <summary>Refuses rows whose bed somebody else has or is to get, and then says of every row what becomes of it.</summary>
    public async Task JudgeBedsAsync(LogisticsDb db, IEnumerable<IBedClaim> claims, CancellationToken ct)
    {
        await CheckClaimsAsync(db, claims, ct);
        CheckBeds();
        _verdicts = [.. _drafts.Select(VerdictOf)];
    }

    public override Task<IReadOnlyList<ImportedEntity>> ApplyAsync(LogisticsDb db, long batchId, Action<int> progress, CancellationToken ct)
    {
        var writer = new PeopleWriter(db, _known, _me, _now);
        var outcomes = Verdicts.Select(v => v.Outcome).ToList();
        var created = _drafts.Where((_, i) => outcomes[i] == ImportOutcome.New)
            .Select(d => new PersonChange(d.Row, new Person(d.Number, d.After!.FullName, d.Number), d.After, Deletes: false)).ToList();
        var changed = _drafts.Where((_, i) => outcomes[i] == ImportOutcome.Changed)
            .Select(d => new PersonChange(d.Row, d.Person!, d.After!, Deletes: false)).ToList();
        return writer.WriteAsync(created, changed, batchId, progress, ct);
    }

    private Draft CheckRow(RowReader reader)
    {
        var number = reader.Code(PeopleImport.Number) ?? "";
        if (number.Length > 0 && !NumberPattern().IsMatch(number)) Note(reader, PeopleImport.Number, "Import.NumberPattern", number);
        // People whom the office entered by hand may have no number; the product's own export names them by their user name.
        var userName = number.Length == 0 ? reader.Code(PeopleImport.UserName) : null;
        var deleted = !_known.Living.TryGetValue(number, out var person) && _known.Deleted.TryGetValue(number, out person);
        if (userName is not null && _known.Names.TryGetValue(SignInName.Normalize(userName), out var id)) person = _known.ById[id];
        else if (userName is not null) Note(reader, PeopleImport.UserName, "Import.UnknownUserName", userName);
        var before = person is null ? null : PersonSnapshot.Of(person, _known.RolesOf(person.Id));
        if (deleted && !_input.Options.Contains(PeopleImport.Restore))
        {
            Note(reader, PeopleImport.Number, "Import.WasDeleted", person!.FullName,
                person.RetiredBecause == ImportKind.UndoneReason ? LocalName.Of<PeopleText>("ImportUndone") : person.RetiredBecause);
        }

        var name = CleanText.PersonName(reader.Text(PeopleImport.FullName));
        // Stored before dots in names were unified.
        if (before is not null && CleanText.PersonName(before.FullName) == name) name = before.FullName;
        if (name.Length == 0 && before is null && !reader.Problems.Any(p => p.Column == PeopleImport.FullName))
            Note(reader, PeopleImport.FullName, "Import.NameMissing");
        var email = reader.Code(PeopleImport.Email);
        if (email is not null && !EmailPattern().IsMatch(email)) Note(reader, PeopleImport.Email, "Import.EmailPattern", email);
        var phone = reader.Phone(PeopleImport.Phone);
        if (phone is not null && before?.Phone is { } stored && TypedText.Phone(stored) == phone) phone = stored;
        if (phone is not null && !PhonePattern().IsMatch(phone)) Note(reader, PeopleImport.Phone, "Import.PhonePattern", phone);
        var roles = reader.Choices<Role>(PeopleImport.Roles)?.Order().ToList() ?? before?.Roles ?? [Role.Resident];
        var crew = CrewOf(reader) ?? before?.CrewId;
        if (!roles.Contains(Role.Technician)) crew = null;
        else if (crew is null) Note(reader, PeopleImport.Crew, "Import.CrewMissing");
        var status = reader.Choice<PersonStatus>(PeopleImport.Status) ?? before?.Status ?? PersonStatus.Active;
        if (person is not null && person.Id == _me && status is PersonStatus.Disabled or PersonStatus.Graduated && person?.Id == _me)
            Note(reader, PeopleImport.Status, "Import.Yourself");
        var (room, bed) = PlaceOf(reader, before);

        var after = new PersonSnapshot(
            name.Length > 0 ? name : before?.FullName ?? "",
            reader.Choice<Gender>(PeopleImport.Gender) ?? before?.Gender ?? Gender.Unknown,
            status, status == before?.Status ? before.StatusBecause : null,
            Given(reader, PeopleImport.College) ?? before?.College, Given(reader, PeopleImport.Major) ?? before?.Major,
            Given(reader, PeopleImport.ClassName) ?? before?.ClassName, reader.Whole(PeopleImport.Grade, FirstGrade, LastGrade) ?? before?.Grade,
            phone ?? before?.Phone, email ?? before?.Email, room, bed, crew, roles, IsDeleted: false, DeletedBecause: null,
            IsEmailUnconfirmed: before is { IsEmailUnconfirmed: true } && !person!.IsOtherEmail(email ?? before.Email));
        return new Draft
        {
            Row = reader.Number,
            Number = number,
            UserName = userName,
            Problems = [.. reader.Problems],
            Person = person,
            Before = before,
            After = after,
        };
    }

    /// <summary>The room and bed that the row names, else the current ones. An unknown building, room or bed is a problem of the row.</summary>
    private (long? Room, long? Bed) PlaceOf(RowReader reader, PersonSnapshot? before)
    {
        var (stays, kept) = before is { IsDeleted: false } ? (before.RoomId, before.BedId) : (null, null);
        var (campus, building) = (reader.Text(PeopleImport.Campus), reader.Text(PeopleImport.Building));
        var (code, bedCode) = (reader.Code(PeopleImport.Room), reader.Code(PeopleImport.Bed));
        if (building is null && code is null && bedCode is null) return (stays, kept);
        if (code is null || building is null)
        {
            Note(reader, code is null ? PeopleImport.Room : PeopleImport.Building, code is null ? "Import.RoomMissing" : "Import.BuildingMissing");
            return (stays, kept);
        }
        var found = _known.Buildings[CleanText.ComparisonKey(building)].Where(b => campus is null || CleanText.ComparisonKey(campus) is var c
            && (c == CleanText.ComparisonKey(b.Campus) || c == CleanText.ComparisonKey(b.CampusName) || c == CleanText.ComparisonKey(b.CampusNameEn))).ToList();
        // Of two buildings with the same name, the one where the person lives.
        if (stays is not null && found.Count > 1
            && found.Find(b => _known.Rooms.GetValueOrDefault((b.Id, CleanText.ComparisonKey(code)))?.Id == stays) is { } home)
        {
            found = [home];
        }
        if (found.Count != 1)
        {
            Note(reader, PeopleImport.Building, found.Count == 0 ? "Import.UnknownBuilding" : "Import.BuildingAmbiguous", building);
            return (stays, kept);
        }
        if (!_known.Rooms.TryGetValue((found[0].Id, CleanText.ComparisonKey(code)), out var room))
        {
            Note(reader, PeopleImport.Room, "Import.UnknownRoom", found[0].Name, code);
            return (stays, kept);
        }
        if (bedCode is null) return (room.Id, room.Id == stays ? kept : null);
        if (room.Beds.TryGetValue(CleanText.ComparisonKey(bedCode.TrimEnd('号', '床')), out var bed)) return (room.Id, bed);
        Note(reader, PeopleImport.Bed, "Import.UnknownBed", room.Code, bedCode);
        return (stays, kept);
    }

    private long? CrewOf(RowReader reader)
    {
        if (reader.Text(PeopleImport.Crew) is not { } crew) return null;
        if (_known.Crews.TryGetValue(CleanText.ComparisonKey(crew), out var found)) return found.Id;
        Note(reader, PeopleImport.Crew, "Import.UnknownCrew", crew);
        return null;
    }

    /// <summary>Numbers and confirmed e-mail addresses are sign-in names, so each must belong to only one person, stored or in the file.</summary>
    private void CheckNames()
    {
        foreach (var draft in _drafts)
        {
            var id = draft.Person?.Id;
            foreach (var (column, name) in new[] { (PeopleImport.Number, draft.Number), (PeopleImport.Email, draft.After!.ConfirmedEmail) })
            {
                if (string.IsNullOrEmpty(name)) continue;
                var normal = SignInName.Normalize(name);
                if (_known.Names.TryGetValue(normal, out var owner) && owner != id)
                    Refuse(draft, column, "Import.NameTaken", name, _known.ById[owner].FullName);
                else if (!_names.TryAdd(normal, draft.Row) && _names[normal] != draft.Row && column == PeopleImport.Email)
                    Refuse(draft, column, "Import.SameEmailTwice", name, _names[normal]);
            }
        }
    }

    /// <summary>Refuses the row that would remove the last administrator.</summary>
    private void CheckAdministrators()
    {
        var left = _known.Administrators.ToHashSet();
        foreach (var draft in _drafts.Where(d => d.Person is not null && d.Problems.Count == 0 && left.Contains(d.Person.Id)))
        {
            if (draft.After!.Roles.Contains(Role.Administrator) && draft.After.Status is PersonStatus.Active or PersonStatus.Expected) continue;
            if (left.Count == 1) Refuse(draft, PeopleImport.Roles, "Import.LastAdministrator");
            else left.Remove(draft.Person!.Id);
        }
    }

    /// <summary>A bed that is promised is given only to whom it is promised. Who keeps their bed is not concerned.</summary>
    private async Task CheckClaimsAsync(LogisticsDb db, IEnumerable<IBedClaim> claims, CancellationToken ct)
    {
        var moving = _drafts.Where(d => d.Problems.Count == 0 && d.After!.BedId is { } bed && !(d.Before is { IsDeleted: false } before && before.BedId == bed))
            .Select(d => (Draft: d, Wanted: (BedId: d.After!.BedId!.Value, PersonId: d.Person?.Id))).ToList();
        var promised = await claims.ClaimedByOthersAsync(db, moving.ConvertAll(m => m.Wanted), ct);
        foreach (var (draft, wanted) in moving)
            if (promised.TryGetValue(wanted, out var whose)) Refuse(draft, PeopleImport.Bed, "Import.BedPromised", whose);
    }

    /// <summary>The person of a refused row keeps their bed, which can make another row invalid; repeated until no more rows are refused.</summary>
    private void CheckBeds()
    {
        for (var again = true; again;)
        {
            again = false;
            var good = _drafts.Where(d => d.Problems.Count == 0).ToList();
            var moving = good.Where(d => d.Person is not null && d.Person.BedId != d.After!.BedId).Select(d => d.Person!.Id).ToHashSet();
            Dictionary<long, Draft> taken = [];
            foreach (var draft in good.Where(d => d.After!.BedId is not null))
            {
                var bed = draft.After!.BedId!.Value;
                if (_known.BedOf.TryGetValue(bed, out var sleeper) && sleeper != draft.Person?.Id && !moving.Contains(sleeper))
                    Refuse(draft, PeopleImport.Bed, "Import.BedTaken", _known.ById[sleeper].FullName);
                else if (!taken.TryAdd(bed, draft)) Refuse(draft, PeopleImport.Bed, "Import.SameBedTwice", taken[bed].Row);
                else continue;
                again = true;
            }
        }
    }

    private RowVerdict VerdictOf(Draft draft)
    {
        var label = $"{draft.UserName ?? draft.Number} {draft.After!.FullName}".Trim();
        if (draft.Problems.Count > 0) return RowVerdict.Rejected(draft.Row, label, draft.Problems);
        if (draft.Before is null) return RowVerdict.New(draft.Row, label);
        var changes = Changes(draft.Before, draft.After).ToList();
        return changes.Count == 0 ? RowVerdict.Same(draft.Row, label) : RowVerdict.Changed(draft.Row, label, changes);
    }

    private IEnumerable<FieldChange> Changes(PersonSnapshot old, PersonSnapshot now)
    {
        foreach (var (column, was, becomes) in new[]
        {
            (PeopleImport.FullName, old.FullName, now.FullName),
            (PeopleImport.Gender, old.Gender.ToString(), now.Gender.ToString()),
            (PeopleImport.Roles, string.Join(',', old.Roles), string.Join(',', now.Roles)),
            (PeopleImport.Status, old.IsDeleted ? null : old.Status.ToString(), now.Status.ToString()),
            (PeopleImport.College, old.College, now.College),
            (PeopleImport.Major, old.Major, now.Major),
            (PeopleImport.ClassName, old.ClassName, now.ClassName),
            (PeopleImport.Grade, old.Grade?.ToString(CultureInfo.InvariantCulture), now.Grade?.ToString(CultureInfo.InvariantCulture)),
            (PeopleImport.Phone, old.Phone, now.Phone),
            (PeopleImport.Email, old.Email, now.Email),
            (PeopleImport.Room, NameOf(_known.RoomNames, old.RoomId), NameOf(_known.RoomNames, now.RoomId)),
            (PeopleImport.Bed, NameOf(_known.BedNames, old.BedId), NameOf(_known.BedNames, now.BedId)),
            (PeopleImport.Crew, old.CrewId?.ToString(CultureInfo.InvariantCulture), now.CrewId?.ToString(CultureInfo.InvariantCulture)),
        })
        {
            if (was != becomes) yield return new FieldChange(column, was, becomes);
        }
    }

    private static string? NameOf(Dictionary<long, string> names, long? id) =>
        id is { } given ? names.GetValueOrDefault(given, "#" + given.ToString(CultureInfo.InvariantCulture)) : null;

    private static string? Given(RowReader reader, string column) => CleanText.Clean(reader.Text(column)) is { Length: > 0 } given ? given : null;

    private static void Note(RowReader reader, string column, string code, params IReadOnlyList<object?> args) =>
        reader.AddProblem(new RowProblem(column, typeof(PeopleImportText), code, args));

    private static void Refuse(Draft draft, string column, string code, params IReadOnlyList<object?> args) =>
        draft.Problems.Add(new RowProblem(column, typeof(PeopleImportText), code, args));

    [GeneratedRegex(PeopleLimits.NamePattern)]
    private static partial Regex NumberPattern();

    [GeneratedRegex(PeopleLimits.PhonePattern)]
    private static partial Regex PhonePattern();

    [GeneratedRegex(@"^[^@\s]+@[^@\s]+$")]
    private static partial Regex EmailPattern();
}
