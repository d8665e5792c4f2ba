using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Onboarding.Seasons;

public sealed partial class SeasonService
{
    /// <summary>The fields under which the audit log has the classes and the rooms of a group.</summary>
    internal const string ClassesField = "Classes", RoomsField = "Rooms";

    private static readonly SeasonGroupFormValidator GroupRules = new();

    /// <summary>Adds a group and returns its id. Refuses at its field a name or a class that another group of the season has.</summary>
    public Task<long> AddGroupAsync(long seasonId, SeasonGroupForm form, CancellationToken ct = default)
    {
        GroupRules.Demand(form);
        return WriteAsync("group added", async (db, token) =>
        {
            await ChangeableAsync(db, seasonId, token);
            if (await db.SeasonGroups.CountAsync(g => g.SeasonId == seasonId, token) >= OnboardingLimits.Groups)
                throw Rejected.Because<SeasonsText>("TooMany", OnboardingLimits.Groups);
            var group = new SeasonGroup(seasonId, form.Name!, MomentOf(form.ChoosesFrom), MomentOf(form.ChoosesUntil));
            await FillAsync(db, group, form, token);
            db.SeasonGroups.Add(group);
            await db.SaveChangesAsync(token);
            return new Written(seasonId, group.Id);
        }, ct);
    }

    /// <summary>
    /// Changes a group. Refuses as <see cref="AddGroupAsync"/> does, and also when a class is left out that has students of the group.
    /// </summary>
    public Task SaveGroupAsync(long id, SeasonGroupForm form, CancellationToken ct = default)
    {
        GroupRules.Demand(form);
        return WriteAsync("group changed", async (db, token) =>
        {
            var group = await GroupAsync(db, id, token);
            await ChangeableAsync(db, group.SeasonId, token);
            if (group.Version != form.Version) throw new Stale(await db.LastChangedByAsync<SeasonGroup>(id, token), group.Name);
            var (classes, rooms) = (Told(group.Classes), await ToldAsync(db, group.Rooms, token));
            await DemandKeptAsync(db, group, form, token);
            group.Describe(form.Name!, MomentOf(form.ChoosesFrom), MomentOf(form.ChoosesUntil));
            await FillAsync(db, group, form, token);
            Audit(db, group, ClassesField, classes, Told(group.Classes));
            Audit(db, group, RoomsField, rooms, await ToldAsync(db, group.Rooms, token));
            return new Written(group.SeasonId, id);
        }, ct);
    }

    /// <summary>Removes a group without students.</summary>
    public Task RemoveGroupAsync(long id, CancellationToken ct = default) => WriteAsync("group removed", async (db, token) =>
    {
        var group = await GroupAsync(db, id, token);
        await ChangeableAsync(db, group.SeasonId, token);
        if (await db.Freshmen.CountAsync(f => f.GroupId == id, token) is var students and > 0)
            throw Rejected.Because<SeasonsText>("GroupHasStudents", students);
        db.SeasonGroups.Remove(group);
        return new Written(group.SeasonId, id);
    }, ct);

    private static async Task<SeasonGroup> GroupAsync(LogisticsDb db, long id, CancellationToken ct) =>
        await db.SeasonGroups.Include(g => g.Classes).Include(g => g.Rooms).AsSplitQuery().SingleOrDefaultAsync(g => g.Id == id, ct) ?? throw new NotFound();

    private DateTimeOffset MomentOf(DateTime? typed) => office.At(DateOnly.FromDateTime(typed!.Value), TimeOnly.FromDateTime(typed.Value));

    private static async Task FillAsync(LogisticsDb db, SeasonGroup group, SeasonGroupForm form, CancellationToken ct)
    {
        if (await db.SeasonGroups.AnyAsync(g => g.SeasonId == group.SeasonId && g.Name == group.Name && g.Id != group.Id, ct))
            throw Rejected.At<SeasonsText>(nameof(SeasonGroupForm.Name), "NameTaken", group.Name);
        List<string> classes = [.. form.Classes.Select(c => CleanText.Clean(c)).Where(c => c.Length > 0).Distinct(StringComparer.Ordinal)];
        var (season, own) = (group.SeasonId, group.Id);
        var taken = await (
            from one in db.GroupClasses
            where one.SeasonId == season && one.GroupId != own && EF.Parameter(classes).Contains(one.ClassName)
            join other in db.SeasonGroups on one.GroupId equals other.Id
            select new { one.ClassName, other.Name }).FirstOrDefaultAsync(ct);
        if (taken is not null) throw Rejected.At<SeasonsText>(nameof(SeasonGroupForm.Classes), "ClassTaken", taken.ClassName, taken.Name);
        var before = group.Rooms.Select(r => r.BuildingId).ToHashSet();
        var wanted = form.Rooms.Select(r => r.BuildingId!.Value).Distinct().ToList();
        var known = await db.Buildings.Where(b => EF.Parameter(wanted).Contains(b.Id)).Select(b => new { b.Id, IsRetired = b.RetiredAt != null })
            .ToListAsync(ct);
        if (wanted.Exists(id => !known.Exists(b => b.Id == id && (!b.IsRetired || before.Contains(id)))))
            throw Rejected.At<SeasonsText>(nameof(SeasonGroupForm.Rooms), "UnknownBuilding");
        group.SetClasses(classes);
        // Replaced only when they differ, so that nothing is stored anew.
        if (!group.Rooms.OrderBy(r => r.Id).Select(r => ((long?)r.BuildingId, r.Floor, r.Capacity, r.Gender))
            .SequenceEqual(form.Rooms.Select(r => (r.BuildingId, r.Floor, r.RoomSize, r.Gender))))
        {
            group.SetRooms(form.Rooms.Select(r => new GroupRooms(r.BuildingId!.Value, r.Floor, r.RoomSize, r.Gender)));
        }
    }

    /// <summary>A class stays while students of the group are in it.</summary>
    private static async Task DemandKeptAsync(LogisticsDb db, SeasonGroup group, SeasonGroupForm form, CancellationToken ct)
    {
        var kept = form.Classes.Select(c => CleanText.Clean(c)).ToHashSet(StringComparer.Ordinal);
        var left = group.Classes.Select(c => c.ClassName).Where(c => !kept.Contains(c)).ToList();
        if (left.Count == 0) return;
        var people = db.Users;
        var used = await db.Freshmen.Where(f => f.GroupId == group.Id)
            .Join(people, f => f.PersonId, p => p.Id, (_, p) => p.ClassName).Where(c => c != null && EF.Parameter(left).Contains(c))
            .FirstOrDefaultAsync(ct);
        if (used is not null) throw Rejected.At<SeasonsText>(nameof(SeasonGroupForm.Classes), "ClassHasStudents", used);
    }

    private static string? Told(IEnumerable<GroupClass> classes) =>
        string.Join(", ", classes.Select(c => c.ClassName).Order(StringComparer.Ordinal)) is { Length: > 0 } told ? told : null;

    private static async Task<string?> ToldAsync(LogisticsDb db, IReadOnlyCollection<GroupRooms> rooms, CancellationToken ct)
    {
        var ids = rooms.Select(r => r.BuildingId).Distinct().ToList();
        var codes = await db.Buildings.Where(b => EF.Parameter(ids).Contains(b.Id)).ToDictionaryAsync(b => b.Id, b => b.Code, ct);
        var told = rooms.Select(r => $"{codes[r.BuildingId]}/{Or(r.Floor)}/{Or(r.Capacity)}/{r.Gender}");
        return string.Join(", ", told.Order(StringComparer.Ordinal)) is { Length: > 0 } joined ? joined : null;

        static string Or(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "*";
    }

    // Raises the version, too: a form that was opened before is refused.
    private void Audit(LogisticsDb db, SeasonGroup group, string field, string? before, string? after)
    {
        if (before == after) return;
        if (db.Entry(group).State == EntityState.Unchanged) db.Entry(group).Property(g => g.Version).IsModified = true;
        db.Audit.Add(new AuditEntry
        {
            Entity = nameof(SeasonGroup),
            EntityId = group.Id,
            Field = field,
            Old = before,
            New = after,
            At = office.Now,
            ActorId = user.PersonId,
        });
    }
}
