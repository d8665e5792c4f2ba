using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.News.Writing;

/// <summary>What an audience can be made of, whom it reaches, and how it is said in words. For those who may publish.</summary>
public sealed class AudienceChoices(IDbContextFactory<LogisticsDb> databases, CurrentUser user, IStringLocalizer<WritingText> words)
{
    /// <summary>How many choices typing offers.</summary>
    public const int Offered = 12;

    /// <summary>How many values of one line are named in words.</summary>
    private const int Named = 3;

    /// <summary>How many floors, and values of a short list, there can be.</summary>
    private const int Many = 5_000;

    /// <summary>Fields with so few values that they are offered all at once.</summary>
    public static readonly IReadOnlyList<AudienceField> OfferedWhole =
        [AudienceField.Role, AudienceField.Campus, AudienceField.Grade, AudienceField.College, AudienceField.Crew, AudienceField.Group];

    /// <summary>All values of a <see cref="OfferedWhole"/> field.</summary>
    public async Task<IReadOnlyList<AudienceChoice>> AllAsync(AudienceField field, CancellationToken ct = default)
    {
        await using var db = await OpenedAsync(ct);
        switch (field)
        {
            case AudienceField.Role:
                return [.. Enum.GetValues<Role>().Reverse().Select(r => new AudienceChoice(r.ToString(), RoleName(r)))];
            case AudienceField.Campus:
                var campuses = await db.Set<Campus>().AsNoTracking().Living().OrderBy(c => c.Code).Select(c => new { c.Id, c.Name, c.NameEn }).ToListAsync(ct);
                return [.. campuses.Select(c => Choice(c.Id, c.Name, c.NameEn))];
            case AudienceField.Crew:
                var crews = await db.Set<Crew>().AsNoTracking().Living().OrderBy(c => c.Code).Select(c => new { c.Id, c.Name, c.NameEn }).ToListAsync(ct);
                return [.. crews.Select(c => Choice(c.Id, c.Name, c.NameEn))];
            case AudienceField.Group:
                var groups = await db.AudienceGroups.AsNoTracking().Living().OrderBy(g => g.Name).Select(g => new { g.Id, g.Name, g.NameEn }).ToListAsync(ct);
                return [.. groups.Select(g => Choice(g.Id, g.Name, g.NameEn))];
            case AudienceField.Grade:
                var grades = await db.Users.AsNoTracking().Where(p => p.RetiredAt == null && p.Grade != null).Select(p => p.Grade!.Value).Distinct()
                    .OrderDescending().ToListAsync(ct);
                return [.. grades.Select(g => new AudienceChoice(g.ToString(CultureInfo.InvariantCulture), words["GradeName", g]))];
            case AudienceField.College:
                var colleges = await db.Users.AsNoTracking().Where(p => p.RetiredAt == null && p.College != null).Select(p => p.College!).Distinct()
                    .OrderBy(c => c).Take(Many).ToListAsync(ct);
                return [.. colleges.Select(c => new AudienceChoice(c, c))];
            default:
                return [];
        }
    }

    /// <summary>The values of a field that match what was typed, at most <see cref="Offered"/>.</summary>
    public async Task<IReadOnlyList<AudienceChoice>> FindAsync(AudienceField field, string typed, CancellationToken ct = default)
    {
        var sought = CleanText.Clean(typed);
        if (sought.Length == 0) return [];
        await using var db = await OpenedAsync(ct);
        var rooms = db.Set<Room>().AsNoTracking().Living();
        switch (field)
        {
            case AudienceField.Building:
                var buildings = await db.Set<Building>().AsNoTracking().Living()
                    .Where(b => b.Name.Contains(sought) || b.NameEn.Contains(sought) || b.Code.StartsWith(sought))
                    .OrderBy(b => b.Code).Take(Offered)
                    .Select(b => new { b.Id, b.Name, b.NameEn, Campus = b.Campus.Name, CampusEn = b.Campus.NameEn }).ToListAsync(ct);
                return [.. buildings.Select(b => Choice(b.Id, b.Name, b.NameEn) with { Detail = new LocalName(b.Campus, b.CampusEn).ToString() })];
            case AudienceField.Floor:
                var floors = await rooms.GroupBy(r => new { r.BuildingId, r.Floor, r.Building.Name, r.Building.NameEn })
                    .Select(g => g.Key).OrderBy(f => f.BuildingId).ThenBy(f => f.Floor).Take(Many).ToListAsync(ct);
                var parts = sought.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                return
                [
                    .. floors.Where(f => parts.All(part => part == f.Floor.ToString(CultureInfo.InvariantCulture)
                            || $"{f.Name} {f.NameEn}".Contains(part, StringComparison.OrdinalIgnoreCase))).Take(Offered)
                        .Select(f => new AudienceChoice(AudienceRule.FloorValue(f.BuildingId, f.Floor), FloorName(new LocalName(f.Name, f.NameEn), f.Floor))),
                ];
            case AudienceField.Room:
                var found = await rooms.Where(r => (r.Building.Name + " " + r.Name).Contains(sought) || (r.Building.NameEn + " " + r.NameEn).Contains(sought))
                    .OrderBy(r => r.Name.Length).ThenBy(r => r.Id).Take(Offered)
                    .Select(r => new { r.Id, r.Name, r.NameEn, Building = r.Building.Name, BuildingEn = r.Building.NameEn }).ToListAsync(ct);
                return [.. found.Select(r => new AudienceChoice(Id(r.Id), RoomName(new LocalName(r.Building, r.BuildingEn), new LocalName(r.Name, r.NameEn))))];
            case AudienceField.Class:
                var classes = await db.Users.AsNoTracking().Where(p => p.RetiredAt == null && p.ClassName != null && p.ClassName.Contains(sought))
                    .Select(p => p.ClassName!).Distinct().OrderBy(c => c).Take(Offered).ToListAsync(ct);
                return [.. classes.Select(c => new AudienceChoice(c, c))];
            case AudienceField.Person:
                if (!SearchIndex.HasWords(sought)) return [];
                var hits = db.SearchIds<Person>(sought);
                var people = await db.Users.AsNoTracking().Living().Where(p => hits.Contains(p.Id)).OrderBy(p => p.FullName).Take(Offered)
                    .Select(p => new { p.Id, p.FullName, p.Number }).ToListAsync(ct);
                return [.. people.Select(p => new AudienceChoice(Id(p.Id), p.FullName, p.Number))];
            default:
                return [.. (await AllAsync(field, ct)).Where(c => c.Text.Contains(sought, StringComparison.OrdinalIgnoreCase)).Take(Offered)];
        }
    }

    /// <summary>The names of all values of a rule, for the picker; a value that is gone has no name.</summary>
    public async Task<IReadOnlyDictionary<(AudienceField Field, string Value), string>> NamesAsync(AudienceRule rule, CancellationToken ct = default)
    {
        await using var db = await OpenedAsync(ct);
        return await NamesAsync(db, [rule], ct);
    }

    /// <summary>How many people the rule addresses now, and the first of them by name, all or those that were searched.</summary>
    public async Task<AudienceReach> ReachAsync(AudienceRule rule, string? find = null, int take = 20, CancellationToken ct = default)
    {
        await using var db = await OpenedAsync(ct);
        var addressed = db.Addressed(rule, await db.AudienceGroupsAsync(ct));
        var total = await addressed.CountAsync(ct);
        if (take == 0) return new AudienceReach(total, []);
        if (!string.IsNullOrWhiteSpace(find))
        {
            if (!SearchIndex.HasWords(find)) return new AudienceReach(total, []);
            var hits = db.SearchIds<Person>(find);
            addressed = addressed.Where(p => hits.Contains(p.Id));
        }
        var rooms = db.Set<Room>();
        var people = await addressed.OrderBy(p => p.FullName).ThenBy(p => p.Id).Take(take).Select(p => new
        {
            p.Id,
            p.FullName,
            p.Number,
            p.ClassName,
            Room = rooms.Where(r => r.Id == p.RoomId).Select(r => new { r.Name, r.NameEn, Building = r.Building.Name, BuildingEn = r.Building.NameEn })
                .FirstOrDefault(),
        }).ToListAsync(ct);
        return new AudienceReach(total,
        [
            .. people.Select(p => new AudiencePerson(
                p.Id, p.FullName, p.Number, p.ClassName, p.Room is { } at ? new LocalName(at.Building, at.BuildingEn) : null,
                p.Room is { } room ? new LocalName(room.Name, room.NameEn) : null)),
        ]);
    }

    /// <summary>Everybody whom an item addresses now, by name.</summary>
    /// <exception cref="NotFound">There is no such item.</exception>
    public async Task<IReadOnlyList<AudiencePerson>> AllOfAsync(long itemId, CancellationToken ct = default)
    {
        AudienceRule? rule;
        await using (var db = await OpenedAsync(ct))
            rule = await db.NewsItems.AsNoTracking().Where(i => i.Id == itemId).Select(i => i.Audience).SingleOrDefaultAsync(ct);
        return (await ReachAsync(rule ?? throw new NotFound(), take: int.MaxValue, ct: ct)).People;
    }

    /// <summary>Each rule in a few words, in the reader's language. Asks for no right: the caller does.</summary>
    internal async Task<IReadOnlyDictionary<AudienceRule, string>> WordsAsync(LogisticsDb db, IReadOnlyCollection<AudienceRule> rules, CancellationToken ct)
    {
        var different = rules.Distinct().ToList();
        var names = await NamesAsync(db, different, ct);
        return different.ToDictionary(r => r, r => WordsOf(r, names));
    }

    private string WordsOf(AudienceRule rule, IReadOnlyDictionary<(AudienceField, string), string> names)
    {
        var lines = rule.Lines.Select(Line).DefaultIfEmpty(words["Everyone"].Value);
        return string.Join(words["Separator.Lines"].Value, lines.Concat(rule.Except.Select(l => words["ExceptWords", Line(l)].Value)));

        string Line(AudienceLine line)
        {
            var text = string.Join(words["Separator.Values"].Value, line.Values.Take(Named).Select(v => names.GetValueOrDefault((line.Field, v), "?")));
            return line.Values.Count > Named ? words["AndMore", text, line.Values.Count] : text;
        }
    }

    private async Task<IReadOnlyDictionary<(AudienceField Field, string Value), string>> NamesAsync(
        LogisticsDb db, IReadOnlyCollection<AudienceRule> rules, CancellationToken ct)
    {
        Dictionary<(AudienceField, string), string> names = [];
        foreach (var field in rules.SelectMany(r => r.Lines.Concat(r.Except)).GroupBy(l => l.Field, l => l.Values))
        {
            foreach (var some in field.SelectMany(v => v).Distinct().Chunk(500))
                foreach (var (value, name) in await NamesAsync(db, field.Key, some, ct)) names[(field.Key, value)] = name;
        }
        return names;
    }

    private async Task<IEnumerable<(string Value, string Name)>> NamesAsync(LogisticsDb db, AudienceField field, string[] values, CancellationToken ct)
    {
        var ids = values.Select(v => TypedId.Parse(v.Split(':')[0]) ?? 0).ToList();
        switch (field)
        {
            case AudienceField.Role:
                return values.Select(v => (v, Enum.TryParse<Role>(v, out var role) ? RoleName(role) : v));
            case AudienceField.Grade:
                return values.Select(v => (v, words["GradeName", v].Value));
            case AudienceField.Class or AudienceField.College:
                return values.Select(v => (v, v));
            case AudienceField.Campus:
                return (await db.Set<Campus>().AsNoTracking().Where(c => ids.Contains(c.Id)).Select(c => new { c.Id, c.Name, c.NameEn }).ToListAsync(ct))
                    .Select(c => (Id(c.Id), new LocalName(c.Name, c.NameEn).ToString()));
            case AudienceField.Building:
                return (await db.Set<Building>().AsNoTracking().Where(b => ids.Contains(b.Id)).Select(b => new { b.Id, b.Name, b.NameEn }).ToListAsync(ct))
                    .Select(b => (Id(b.Id), new LocalName(b.Name, b.NameEn).ToString()));
            case AudienceField.Floor:
                var buildings = await db.Set<Building>().AsNoTracking().Where(b => ids.Contains(b.Id))
                    .ToDictionaryAsync(b => Id(b.Id), b => new LocalName(b.Name, b.NameEn), ct);
                return values.Select(v => v.Split(':')).Where(v => v.Length == 2 && buildings.ContainsKey(v[0])
                    && int.TryParse(v[1], CultureInfo.InvariantCulture, out _))
                    .Select(v => ($"{v[0]}:{v[1]}", FloorName(buildings[v[0]], int.Parse(v[1], CultureInfo.InvariantCulture))));
            case AudienceField.Room:
                return (await db.Set<Room>().AsNoTracking().Where(r => ids.Contains(r.Id))
                        .Select(r => new { r.Id, r.Name, r.NameEn, Building = r.Building.Name, BuildingEn = r.Building.NameEn }).ToListAsync(ct))
                    .Select(r => (Id(r.Id), RoomName(new LocalName(r.Building, r.BuildingEn), new LocalName(r.Name, r.NameEn))));
            case AudienceField.Crew:
                return (await db.Set<Crew>().AsNoTracking().Where(c => ids.Contains(c.Id)).Select(c => new { c.Id, c.Name, c.NameEn }).ToListAsync(ct))
                    .Select(c => (Id(c.Id), new LocalName(c.Name, c.NameEn).ToString()));
            case AudienceField.Person:
                return (await db.Users.AsNoTracking().Where(p => ids.Contains(p.Id)).Select(p => new { p.Id, p.FullName }).ToListAsync(ct))
                    .Select(p => (Id(p.Id), p.FullName));
            case AudienceField.Group:
                return (await db.AudienceGroups.AsNoTracking().Where(g => ids.Contains(g.Id)).Select(g => new { g.Id, g.Name, g.NameEn }).ToListAsync(ct))
                    .Select(g => (Id(g.Id), new LocalName(g.Name, g.NameEn).ToString()));
            default:
                return [];
        }
    }

    private async Task<LogisticsDb> OpenedAsync(CancellationToken ct)
    {
        var db = await databases.CreateDbContextAsync(ct);
        try
        {
            await db.DemandPublisherAsync(user.Actor, ct);
            return db;
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }

    private string RoleName(Role role) => words[$"Role.{role}"];

    private string FloorName(LocalName building, int floor) => words["FloorName", building, floor];

    private static string RoomName(LocalName building, LocalName room) => $"{building} {room}";

    private static AudienceChoice Choice(long id, string name, string nameEn) => new(Id(id), new LocalName(name, nameEn).ToString());

    private static string Id(long id) => id.ToString(CultureInfo.InvariantCulture);
}
