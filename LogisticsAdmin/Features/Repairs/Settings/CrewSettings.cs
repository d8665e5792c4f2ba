using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Reading;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Settings;

/// <summary>
/// 班组: their names, leads and limits, what they repair and where. The office reads, administrators change; anybody else gets
/// <see cref="Forbidden"/>. Open tickets keep the crew they have.
/// </summary>
public sealed class CrewSettings(IDbContextFactory<LogisticsDb> databases, CurrentUser user, SettingsWriter writer, CrewsUndo undo)
{
    /// <summary>The audited lists of a crew.</summary>
    public const string CategoriesField = "Categories", BuildingsField = "Buildings";

    private static readonly CrewFormValidator Rules = new();
    private static readonly RetireFormValidator RetireRules = new();

    /// <summary>The crews that match the filter, in the order in which they were added.</summary>
    public async Task<IReadOnlyList<CrewRow>> ListAsync(SettingsFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        await using var db = await databases.CreateDbContextAsync(ct);
        var roles = db.Set<IdentityUserRole<long>>();
        var crews = await db.Crews.AsNoTracking().OrderBy(c => c.Id).ToListAsync(ct);
        var leads = await db.Crews.Join(db.People, c => c.LeadId, p => p.Id, (c, p) => new { c.Id, p.FullName })
            .ToDictionaryAsync(x => x.Id, x => x.FullName, ct);
        var technicians = await db.People.Living().Where(p => p.CrewId != null && roles.Any(r => r.UserId == p.Id && r.RoleId == (long)Role.Technician))
            .GroupBy(p => p.CrewId!.Value).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var categories = await db.Categories.AsNoTracking().Where(c => c.RetiredAt == null && c.ParentId != null).OrderBy(c => c.Position)
            .Select(c => new { c.DefaultCrewId, Choice = new Choice(c.Id, new LocalName(c.Name, c.NameEn), c.ParentId) }).ToListAsync(ct);
        var repaired = await (
            from x in db.CrewCategories
            join c in db.Categories on x.CategoryId equals c.Id
            orderby c.Position
            select new { x.CrewId, Choice = new Choice(c.Id, new LocalName(c.Name, c.NameEn), c.ParentId) }).ToListAsync(ct);
        var covered = await (
            from x in db.CrewBuildings
            join b in db.Buildings on x.BuildingId equals b.Id
            orderby b.Id
            select new { x.CrewId, Choice = new Choice(b.Id, new LocalName(b.Name, b.NameEn), b.CampusId) }).ToListAsync(ct);
        var open = await db.CurrentTickets.Where(t => t.CrewId != null && TicketStatuses.Open.Contains(t.Status))
            .GroupBy(t => t.CrewId!.Value).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var (defaults, extra, places) = (categories.ToLookup(c => c.DefaultCrewId, c => c.Choice), repaired.ToLookup(x => x.CrewId, x => x.Choice),
            covered.ToLookup(x => x.CrewId, x => x.Choice));
        return
        [
            .. from c in crews
               let lead = leads.GetValueOrDefault(c.Id)
               where filter.Shows(c.RetiredAt) && filter.Finds(c.Code, c.Name, c.NameEn, lead)
               select new CrewRow(c.Id, c.Version, c.Code, c.LocalName, c.Capacity, c.LeadId, lead, technicians.GetValueOrDefault(c.Id),
                   [.. defaults[c.Id]], [.. extra[c.Id]], [.. places[c.Id]], open.GetValueOrDefault(c.Id), c.RetiredAt, c.RetiredBecause),
        ];
    }

    /// <summary>Who could lead the crew: everybody of its staff who is on record, and who leads it now.</summary>
    public async Task<IReadOnlyList<CrewMemberRow>> MembersAsync(long crewId, CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        await using var db = await databases.CreateDbContextAsync(ct);
        var lead = await db.Crews.Where(c => c.Id == crewId).Select(c => c.LeadId).FirstOrDefaultAsync(ct);
        var members = Members(db, crewId).Select(p => p.Id);
        return await db.People.AsNoTracking().Where(p => p.Id == lead || members.Contains(p.Id)).OrderBy(p => p.FullName)
            .Select(p => new CrewMemberRow(p.Id, p.FullName)).ToListAsync(ct);
    }

    /// <summary>How many open tickets are assigned to the crew, and stay so when it changes or retires.</summary>
    public async Task<int> CountOpenAsync(long crewId, CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.CurrentTickets.CountAsync(t => t.CrewId == crewId && TicketStatuses.Open.Contains(t.Status), ct);
    }

    /// <summary>
    /// Adds a crew (<paramref name="id"/> null) to the office's first centre, or changes one. Refuses at its field a code that another crew has,
    /// even a retired one, and a lead who is not of the crew. A category without a default crew gets this one.
    /// Throws <see cref="Stale"/> if the crew changed since the form was opened.
    /// </summary>
    public Task<long> SaveAsync(long? id, CrewForm form, CancellationToken ct = default)
    {
        Rules.Demand(form);
        return id is { } known
            ? writer.RunAsync("crew changed", undo, SettingAct.Edit, known, (db, token) => ChangeAsync(db, known, form, token), ct)
            : writer.RunAsync("crew added", (db, token) => AddAsync(db, form, token), ct);
    }

    /// <summary>
    /// 停用: no longer offered. Refused while people belong to the crew or it is the default crew of a category; the refusal names them.
    /// </summary>
    public Task RetireAsync(long id, RetireForm form, CancellationToken ct = default)
    {
        RetireRules.Demand(form);
        return writer.RunAsync("crew retired", undo, SettingAct.Retire, id, async (db, token) =>
        {
            var crew = await db.Crews.FirstOrDefaultAsync(c => c.Id == id, token) ?? throw new NotFound();
            if (crew.RetiredAt is not null) throw Rejected.Because<SettingsText>("AlreadyRetired", crew.LocalName);
            await DemandUnusedAsync(db, crew, token);
            crew.Retire(writer.Now, writer.Me, CleanText.Clean(form.Reason));
            db.Announce(new KeyChanged(ServiceLevelService.Topic, 0));
            return id;
        }, ct);
    }

    /// <summary>恢复: offered again, for what it repaired before.</summary>
    public Task RestoreAsync(long id, CancellationToken ct = default) =>
        writer.RunAsync("crew restored", undo, SettingAct.Restore, id, async (db, token) =>
        {
            var crew = await db.Crews.FirstOrDefaultAsync(c => c.Id == id, token) ?? throw new NotFound();
            if (crew.RetiredAt is null) throw Rejected.Because<SettingsText>("NotRetired", crew.LocalName);
            crew.Restore();
            db.Announce(new KeyChanged(ServiceLevelService.Topic, 0));
            return id;
        }, ct);

    private async Task<long> AddAsync(LogisticsDb db, CrewForm form, CancellationToken ct)
    {
        await DemandFreeCodeAsync(db, null, form.Code!, ct);
        var centre = await db.Centres.Living().OrderBy(c => c.Id).FirstOrDefaultAsync(ct) ?? new Centre("repair", "维修中心", "Repair centre");
        var added = new Crew(centre, form.Code!, form.Name!, form.NameEn ?? "");
        added.SetCapacity(form.Capacity);
        if (form.LeadId is not null) throw Rejected.At<SettingsText>(nameof(CrewForm.LeadId), "NotInCrew");
        db.Crews.Add(added);
        await db.SaveChangesAsync(ct);
        await SetListsAsync(db, writer, added, form.Categories, form.Buildings, ct);
        return added.Id;
    }

    private async Task<long> ChangeAsync(LogisticsDb db, long id, CrewForm form, CancellationToken ct)
    {
        await DemandFreeCodeAsync(db, id, form.Code!, ct);
        var crew = await db.Crews.FirstOrDefaultAsync(c => c.Id == id, ct) ?? throw new NotFound();
        if (crew.Version != form.Version) throw new Stale(await db.LastChangedByAsync<Crew>(id, ct), crew.Code);
        crew.Recode(form.Code!);
        crew.Rename(form.Name!, form.NameEn ?? "");
        crew.SetCapacity(form.Capacity);
        if (form.LeadId is { } lead && lead != crew.LeadId) await DemandMemberAsync(db, id, lead, ct);
        crew.SetLead(form.LeadId);
        await SetListsAsync(db, writer, crew, form.Categories, form.Buildings, ct);
        // The page of service levels shows crews and their leads.
        db.Announce(new KeyChanged(ServiceLevelService.Topic, 0));
        return id;
    }

    internal static async Task DemandFreeCodeAsync(LogisticsDb db, long? id, string typed, CancellationToken ct)
    {
        var code = CleanText.Clean(typed);
        if (await db.Crews.AnyAsync(c => c.Id != id && EF.Functions.Like(c.Code, code), ct))
            throw Rejected.At<SettingsText>(nameof(CrewForm.Code), "CodeTaken", code);
    }

    internal static async Task DemandMemberAsync(LogisticsDb db, long crewId, long lead, CancellationToken ct)
    {
        if (!await Members(db, crewId).AnyAsync(p => p.Id == lead, ct)) throw Rejected.At<SettingsText>(nameof(CrewForm.LeadId), "NotInCrew");
    }

    /// <summary>Refuses to retire a crew that has people or is the default crew of a category, and names them.</summary>
    internal static async Task DemandUnusedAsync(LogisticsDb db, Crew crew, CancellationToken ct)
    {
        var members = await db.People.Living().Where(p => p.CrewId == crew.Id).OrderBy(p => p.FullName)
            .Select(p => new LocalName(p.FullName, p.FullName)).ToListAsync(ct);
        if (members.Count > 0) throw Rejected.Because<SettingsText>("CrewHasMembers", members.Count, SettingsWriter.Names(members));
        var categories = await db.Categories.Living().Where(c => c.DefaultCrewId == crew.Id).OrderBy(c => c.Position)
            .Select(c => new LocalName(c.Name, c.NameEn)).ToListAsync(ct);
        if (categories.Count > 0) throw Rejected.Because<SettingsText>("CrewIsDefault", categories.Count, SettingsWriter.Names(categories));
    }

    internal static async Task SetListsAsync(
        LogisticsDb db, SettingsWriter writer, Crew crew, IEnumerable<long> repairs, IEnumerable<long> covers, CancellationToken ct)
    {
        var repaired = await db.CrewCategories.Where(x => x.CrewId == crew.Id).ToListAsync(ct);
        var covered = await db.CrewBuildings.Where(x => x.CrewId == crew.Id).ToListAsync(ct);
        var (categories, buildings) = (repairs.Distinct().ToList(), covers.Distinct().ToList());
        // There are as many as the office has kinds of faults.
        var known = await db.Categories.AsNoTracking().Where(c => c.ParentId != null).Select(c => new { c.Id, c.Code, c.RetiredAt }).ToListAsync(ct);
        if (categories.Any(id => !known.Any(c => c.Id == id && (c.RetiredAt is null || repaired.Any(x => x.CategoryId == id)))))
            throw Rejected.At<SettingsText>(nameof(CrewForm.Categories), "UnknownCategory");
        var codes = known.ToDictionary(c => c.Id, c => c.Code);
        long[] before = [.. covered.Select(x => x.BuildingId)];
        var places = await SettingsWriter.BuildingCodesAsync(db, before, buildings, nameof(CrewForm.Buildings), ct);
        writer.Audit(db, crew, CategoriesField, repaired.Select(x => codes[x.CategoryId]), categories.Select(id => codes[id]));
        writer.Audit(db, crew, BuildingsField, before.Select(id => places[id]), buildings.Select(id => places[id]));
        db.CrewCategories.RemoveRange(repaired.Where(x => !categories.Contains(x.CategoryId)));
        db.CrewCategories.AddRange(categories.Where(id => !repaired.Any(x => x.CategoryId == id)).Select(id => new CrewCategory(crew.Id, id)));
        db.CrewBuildings.RemoveRange(covered.Where(x => !buildings.Contains(x.BuildingId)));
        db.CrewBuildings.AddRange(buildings.Where(id => !before.Contains(id)).Select(id => new CrewBuilding(crew.Id, id)));
        // The first crew of a category becomes its default crew, so that a new office need not open every category.
        var withoutCrew = await db.Categories.Where(c => categories.Contains(c.Id) && (c.DefaultCrewId == null || c.DefaultCrew!.RetiredAt != null))
            .ToListAsync(ct);
        foreach (var category in withoutCrew) category.SetDefaults(category.DefaultUrgency, crew.Id, category.Points);
    }

    private static IQueryable<Person> Members(LogisticsDb db, long crewId)
    {
        var staff = RoleGroups.Staff.ToIds();
        return db.People.Living().Where(p => p.CrewId == crewId && db.Set<IdentityUserRole<long>>().Any(r => r.UserId == p.Id && staff.Contains(r.RoleId)));
    }
}
