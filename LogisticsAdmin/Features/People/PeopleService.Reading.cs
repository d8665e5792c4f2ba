using System.Runtime.CompilerServices;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.People;

public sealed partial class PeopleService
{
    private const int ExportStep = 1_000;
    private const int SignInsShown = 20;

    /// <summary>How many lines of a section a page shows at first, and how many more at a time.</summary>
    public const int SectionStep = 10;

    /// <summary>A window of at most <see cref="PeopleFilter.MaxTaken"/> people, and the total number of matches.</summary>
    public async Task<PeopleWindow> ListAsync(PeopleFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandPeople();
        await using var db = await databases.CreateDbContextAsync(ct);
        var people = Filtered(db, filter);
        var total = await people.CountAsync(ct);
        var ids = await Sorted(db, people, filter).Select(p => p.Id)
            .Skip(Math.Max(0, filter.Skip)).Take(Math.Clamp(filter.Take, 1, PeopleFilter.MaxTaken)).ToListAsync(ct);
        return new PeopleWindow(await RowsAsync(db, ids, ct), total);
    }

    /// <summary>The ids of all matching people, for a bulk action. Refuses when there are more than <see cref="PeopleFilter.MaxChosen"/>.</summary>
    public async Task<IReadOnlyList<long>> IdsAsync(PeopleFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandPeople();
        await using var db = await databases.CreateDbContextAsync(ct);
        var ids = await Filtered(db, filter).OrderBy(p => p.Id).Select(p => p.Id).Take(PeopleFilter.MaxChosen + 1).ToListAsync(ct);
        if (ids.Count > PeopleFilter.MaxChosen) throw Rejected.Because<PeopleText>("TooMany", PeopleFilter.MaxChosen);
        return ids;
    }

    /// <summary>
    /// All matching people in the filter's order. The ids are read first, then the people in batches; the reader's rights are checked again
    /// before each batch.
    /// </summary>
    public IAsyncEnumerable<PersonRow> ExportAsync(PeopleFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandPeople();
        return ReadAsync(filter, ct);
    }

    /// <summary>People found by a few typed words, by name.</summary>
    public async Task<IReadOnlyList<PersonHit>> FindAsync(string typed, int take = 5, CancellationToken ct = default)
    {
        user.Actor.DemandPeople();
        await using var db = await databases.CreateDbContextAsync(ct);
        var filter = new PeopleFilter { Text = typed };
        var ids = await Sorted(db, Filtered(db, filter), filter).Select(p => p.Id).Take(take).ToListAsync(ct);
        return [.. (await RowsAsync(db, ids, ct)).Select(r => new PersonHit(r.Id, r.FullName, r.Number, r.ClassName, r.Building, r.Room))];
    }

    /// <summary>One person, deleted or not, with occupancies and sign-ins.</summary>
    public async Task<PersonDetail> DetailAsync(long id, CancellationToken ct = default)
    {
        user.Actor.DemandPeople();
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await RowsAsync(db, [id], ct) is not [var row]) throw new NotFound();
        var stays = await (
            from stay in db.Occupancies.AsNoTracking()
            where stay.PersonId == id
            join room in db.Rooms on stay.RoomId equals room.Id
            join building in db.Buildings on room.BuildingId equals building.Id
            join b in db.Beds on stay.BedId equals b.Id into beds
            from bed in beds.DefaultIfEmpty()
            orderby stay.Id descending
            select new StayRow(
                new LocalName(building.Name, building.NameEn), new LocalName(room.Name, room.NameEn), bed.Code, stay.From, stay.Until)).ToListAsync(ct);
        var signIns = await db.Set<SignInRecord>().AsNoTracking().Where(s => s.PersonId == id).OrderByDescending(s => s.At).Take(SignInsShown).ToListAsync(ct);
        var pictureAt = await db.Set<PersonPicture>().Where(p => p.PersonId == id).Select(p => (DateTimeOffset?)p.ChangedAt).FirstOrDefaultAsync(ct);
        return new PersonDetail(row, stays, signIns, pictureAt);
    }

    /// <summary>The sections of a person's page, each with its newest <paramref name="take"/> lines, without those the reader may not see.</summary>
    public async Task<IReadOnlyList<TitledSection>> SectionsAsync(long id, int take = SectionStep, CancellationToken ct = default)
    {
        user.Actor.DemandPeople();
        List<TitledSection> shown = [];
        foreach (var section in sections)
        {
            if (await section.ReadAsync(id, take, ct) is { } found && (found.Total > 0 || section.EmptyText is not null))
                shown.Add(new TitledSection(section.Title, section.EmptyText, found));
        }
        return shown;
    }

    /// <summary>The choices of the filters: buildings in use, and the grades and classes that people are in.</summary>
    public async Task<PeopleChoices> ChoicesAsync(int? grade = null, CancellationToken ct = default)
    {
        var buildings = await BuildingsAsync(ct: ct);
        await using var db = await databases.CreateDbContextAsync(ct);
        var living = db.Users.AsNoTracking().Living();
        var grades = await living.Where(p => p.Grade != null).Select(p => p.Grade!.Value).Distinct().OrderByDescending(g => g).ToListAsync(ct);
        var classes = await living.Where(p => p.ClassName != null && (grade == null || p.Grade == grade))
            .Select(p => p.ClassName!).Distinct().OrderBy(c => c).ToListAsync(ct);
        return new PeopleChoices(buildings, grades, classes);
    }

    /// <summary>Crews that a technician may join.</summary>
    public async Task<IReadOnlyList<(long Id, LocalName Name)>> CrewsAsync(CancellationToken ct = default)
    {
        user.Actor.DemandPeople();
        await using var db = await databases.CreateDbContextAsync(ct);
        var crews = await db.Crews.AsNoTracking().Living().OrderBy(c => c.Id).Select(c => new { c.Id, c.Name, c.NameEn }).ToListAsync(ct);
        return [.. crews.Select(c => (c.Id, new LocalName(c.Name, c.NameEn)))];
    }

    /// <summary>Buildings in use, and <paramref name="currentId"/>, the person's current building, even if it is retired.</summary>
    public async Task<IReadOnlyList<(long Id, LocalName Name)>> BuildingsAsync(long? currentId = null, CancellationToken ct = default)
    {
        user.Actor.DemandPeople();
        await using var db = await databases.CreateDbContextAsync(ct);
        var buildings = await db.Buildings.AsNoTracking().Where(b => b.RetiredAt == null || b.Id == currentId)
            .OrderBy(b => b.Id).Select(b => new { b.Id, b.Name, b.NameEn }).ToListAsync(ct);
        return [.. buildings.Select(b => (b.Id, new LocalName(b.Name, b.NameEn)))];
    }

    /// <summary>Rooms in use of a building, by floor, and <paramref name="currentId"/>, the person's current room, even if it is retired.</summary>
    public async Task<IReadOnlyList<(long Id, LocalName Name)>> RoomsAsync(long buildingId, long? currentId = null, CancellationToken ct = default)
    {
        user.Actor.DemandPeople();
        await using var db = await databases.CreateDbContextAsync(ct);
        var rooms = await db.Rooms.AsNoTracking().Where(r => r.BuildingId == buildingId && (r.RetiredAt == null || r.Id == currentId))
            .OrderBy(r => r.Floor).ThenBy(r => r.Code).Select(r => new { r.Id, r.Name, r.NameEn }).ToListAsync(ct);
        return [.. rooms.Select(r => (r.Id, new LocalName(r.Name, r.NameEn)))];
    }

    /// <summary>Free beds of a room, and <paramref name="currentId"/>, the person's current bed.</summary>
    public async Task<IReadOnlyList<BedChoice>> BedsAsync(long roomId, long? currentId = null, CancellationToken ct = default)
    {
        user.Actor.DemandPeople();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Beds.AsNoTracking()
            .Where(b => b.RoomId == roomId && (b.Id == currentId || (b.RetiredAt == null && !db.Users.Any(p => p.BedId == b.Id && p.RetiredAt == null))))
            .OrderBy(b => b.Id).Select(b => new BedChoice(b.Id, b.Code)).ToListAsync(ct);
    }

    private async IAsyncEnumerable<PersonRow> ReadAsync(PeopleFilter filter, [EnumeratorCancellation] CancellationToken ct)
    {
        List<long> all;
        await using (var db = await databases.CreateDbContextAsync(ct)) all = await Sorted(db, Filtered(db, filter), filter).Select(p => p.Id).ToListAsync(ct);
        foreach (var ids in all.Chunk(ExportStep))
        {
            user.Actor.DemandPeople();
            await using var db = await databases.CreateDbContextAsync(ct);
            foreach (var row in await RowsAsync(db, ids, ct)) yield return row;
        }
    }

    /// <summary>The people with these ids in this order; unknown ids are left out.</summary>
    private static async Task<IReadOnlyList<PersonRow>> RowsAsync(LogisticsDb db, IReadOnlyList<long> ids, CancellationToken ct)
    {
        var roles = (await db.UserRoles.AsNoTracking().Where(r => ids.Contains(r.UserId)).ToListAsync(ct)).ToLookup(r => r.UserId, r => (Role)r.RoleId);
        var found = await (
            from p in db.Users.AsNoTracking()
            where ids.Contains(p.Id)
            join r in db.Rooms on p.RoomId equals r.Id into rooms
            from room in rooms.DefaultIfEmpty()
            join h in db.Buildings on room.BuildingId equals h.Id into buildings
            from building in buildings.DefaultIfEmpty()
            join b in db.Beds on p.BedId equals b.Id into beds
            from bed in beds.DefaultIfEmpty()
            join c in db.Crews on p.CrewId equals c.Id into crews
            from crew in crews.DefaultIfEmpty()
            select new PersonRow
            {
                Id = p.Id,
                Version = p.Version,
                UserName = p.UserName!,
                FullName = p.FullName,
                Number = p.Number,
                Phone = p.PhoneNumber,
                Email = p.Email,
                IsEmailUnconfirmed = p.Email != null && !p.EmailConfirmed,
                Status = p.Status,
                Gender = p.Gender,
                College = p.College,
                Major = p.Major,
                ClassName = p.ClassName,
                Grade = p.Grade,
                BuildingId = building == null ? null : building.Id,
                Building = building == null ? null : new LocalName(building.Name, building.NameEn),
                RoomId = p.RoomId,
                Room = room == null ? null : new LocalName(room.Name, room.NameEn),
                BedId = p.BedId,
                Bed = bed.Code,
                CrewId = p.CrewId,
                Crew = crew == null ? null : new LocalName(crew.Name, crew.NameEn),
                RetiredAt = p.RetiredAt,
                AnonymisedAt = p.AnonymisedAt,
                Because = p.RetiredBecause ?? p.StatusBecause,
                HasPassword = p.PasswordHash != null,
                ChangedAt = db.Audit.Where(a => a.Entity == nameof(Person) && a.EntityId == p.Id).Max(a => (DateTimeOffset?)a.At),
            }).ToDictionaryAsync(p => p.Id, ct);
        return [.. ids.Where(found.ContainsKey).Select(id => found[id] with { Roles = [.. roles[id].Order()] })];
    }

    private static IQueryable<Person> Filtered(LogisticsDb db, PeopleFilter filter)
    {
        var people = db.Users.AsNoTracking();
        people = filter.State == PersonState.Deleted ? people.Where(p => p.RetiredAt != null && p.AnonymisedAt == null) : people.Living();
        if (filter.State is { } state and not PersonState.Deleted)
        {
            var status = (PersonStatus)state;
            people = people.Where(p => p.Status == status);
        }
        if (filter.Role is { } role)
        {
            var roleId = (long)role;
            people = people.Where(p => db.Set<IdentityUserRole<long>>().Any(r => r.UserId == p.Id && r.RoleId == roleId));
        }
        if (filter.BuildingId is { } building)
        {
            var rooms = db.Rooms.Where(r => r.BuildingId == building).Select(r => (long?)r.Id);
            people = people.Where(p => rooms.Contains(p.RoomId));
        }
        if (filter.ClassName is { } name) people = people.Where(p => p.ClassName == name);
        if (filter.Grade is { } grade) people = people.Where(p => p.Grade == grade);
        return SearchWords.Of(filter.Text).Aggregate(people, (found, word) => Named(db, found, word));
    }

    /// <summary>People who match by the search index or by the place where they live.</summary>
    private static IQueryable<Person> Named(LogisticsDb db, IQueryable<Person> people, string word)
    {
        if (!SearchIndex.HasWords(word)) return people.Where(p => false);
        var known = db.SearchIds<Person>(word);
        var homes = db.Rooms.Where(r => r.Code == word || r.Building.Name.Contains(word)).Select(r => (long?)r.Id);
        return people.Where(p => known.Contains(p.Id) || homes.Contains(p.RoomId));
    }

    private static IOrderedQueryable<Person> Sorted(LogisticsDb db, IQueryable<Person> people, PeopleFilter filter) => ((filter.Sort, filter.Descending) switch
    {
        (PeopleSort.Number, false) => people.OrderBy(p => p.Number == null).ThenBy(p => p.Number),
        (PeopleSort.Number, true) => people.OrderByDescending(p => p.Number),
        (PeopleSort.Class, false) => people.OrderBy(p => p.ClassName == null).ThenBy(p => p.Grade).ThenBy(p => p.ClassName).ThenBy(p => p.Pinyin),
        (PeopleSort.Class, true) => people.OrderByDescending(p => p.Grade).ThenByDescending(p => p.ClassName).ThenBy(p => p.Pinyin),
        (PeopleSort.Changed, false) =>
            people.OrderBy(p => db.Audit.Where(a => a.Entity == nameof(Person) && a.EntityId == p.Id).Max(a => (DateTimeOffset?)a.At)),
        (PeopleSort.Changed, true) =>
            people.OrderByDescending(p => db.Audit.Where(a => a.Entity == nameof(Person) && a.EntityId == p.Id).Max(a => (DateTimeOffset?)a.At)),
        (_, false) => people.OrderBy(p => p.Pinyin).ThenBy(p => p.FullName),
        (_, true) => people.OrderByDescending(p => p.Pinyin).ThenByDescending(p => p.FullName),
    }).ThenBy(p => p.Id);
}
