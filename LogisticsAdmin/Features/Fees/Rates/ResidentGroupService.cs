using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Rates;

/// <summary>
/// Groups of residents that may have prices of their own. The office reads; managers and administrators change, others get <see cref="Forbidden"/>.
/// Nobody can be in two groups that both have a price for the same kind on the same day.
/// </summary>
public sealed class ResidentGroupService(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office, ResidentGroupsUndo undo, ILogger<ResidentGroupService> log)
{
    private const int Chunk = 500;
    private static readonly char[] Separators = ['\n', '\r', '\t', ' ', ',', '，', '、', ';', '；'];
    private static readonly GroupFormValidator GroupRules = new();
    private static readonly MembersFormValidator MemberRules = new();

    /// <summary>All groups by code, those in use first, with the number of members of today.</summary>
    public async Task<IReadOnlyList<GroupRow>> ListAsync(CancellationToken ct = default)
    {
        user.Actor.DemandFees();
        await using var db = await databases.CreateDbContextAsync(ct);
        var (members, today) = (db.ResidentGroupMembers, office.Today);
        return await db.ResidentGroups.AsNoTracking().OrderBy(g => g.RetiredAt != null).ThenBy(g => g.Code).Select(g => new GroupRow(
            g.Id, g.Version, g.Code, new LocalName(g.Name, g.NameEn), g.RetiredAt != null,
            members.Count(m => m.GroupId == g.Id && m.FirstDay <= today && (m.LastDay == null || m.LastDay >= today)))).ToListAsync(ct);
    }

    /// <summary>Who belongs to a group or did, at most 1,000: those who still do first, by name.</summary>
    public async Task<IReadOnlyList<MemberRow>> MembersAsync(long groupId, CancellationToken ct = default)
    {
        user.Actor.DemandFees();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await (
            from member in db.ResidentGroupMembers.AsNoTracking()
            where member.GroupId == groupId
            join person in db.Users on member.PersonId equals person.Id
            orderby member.LastDay != null, person.Pinyin, member.Id
            select new MemberRow(member.Id, person.FullName, person.Number, member.FirstDay, member.LastDay)).Take(1_000).ToListAsync(ct);
    }

    /// <summary>Adds a group. Refuses at the field a code that another group has.</summary>
    public Task<long> CreateAsync(GroupForm form, CancellationToken ct = default)
    {
        GroupRules.Demand(form);
        return WriteAsync("created", async (db, token) =>
        {
            var group = new ResidentGroup(form.Code!, form.Name!, form.NameEn ?? "");
            await DemandFreeCodeAsync(db, group.Code, 0, token);
            db.ResidentGroups.Add(group);
            await db.SaveChangesAsync(token);
            return group.Id;
        }, ct);
    }

    /// <summary>Changes code and names. Throws <see cref="Stale"/> if the group changed since the form was opened.</summary>
    public Task SaveAsync(long id, GroupForm form, CancellationToken ct = default)
    {
        GroupRules.Demand(form);
        return ActAsync(GroupAct.Edit, id, async (db, group, token) =>
        {
            if (group.Version != form.Version) throw new Stale(await db.LastChangedByAsync<ResidentGroup>(id, token), group.LocalName.ToString());
            await DemandFreeCodeAsync(db, CleanText.Clean(form.Code), id, token);
            group.Recode(form.Code!);
            group.Rename(form.Name!, form.NameEn ?? "");
        }, ct);
    }

    /// <summary>停用: no new members and prices; those that there are stay.</summary>
    public Task RetireAsync(long id, CancellationToken ct = default) => ActAsync(GroupAct.Retire, id, (_, group, _) =>
    {
        if (group.RetiredAt is null) group.Retire(office.Now, user.PersonId, "");
        return Task.CompletedTask;
    }, ct);

    /// <summary>恢复: members and prices are possible again.</summary>
    public Task RestoreAsync(long id, CancellationToken ct = default) => ActAsync(GroupAct.Restore, id, (_, group, _) =>
    {
        group.Restore();
        return Task.CompletedTask;
    }, ct);

    /// <summary>
    /// Adds people by number or user name; who is a member already stays one. Refuses at the field unknown numbers, and people who would be in two
    /// groups with a price for the same kind.
    /// </summary>
    public Task<int> AddMembersAsync(long id, MembersForm form, CancellationToken ct = default)
    {
        MemberRules.Demand(form);
        List<string> typed = [.. form.Numbers!.Split(Separators).Select(CleanText.Clean).Where(n => n.Length > 0).Distinct()];
        var added = 0;
        return AddAsync();

        async Task<int> AddAsync()
        {
            await WriteAsync("got members", async (db, token) =>
            {
                if ((await FindAsync(db, id, token)).RetiredAt is not null) throw Rejected.Because<RatesText>("GroupRetired");
                var people = await PeopleAsync(db, typed, token);
                var first = form.FirstDay!.Value;
                var members = (await db.ResidentGroupMembers.AsNoTracking().Where(m => m.GroupId == id && (m.LastDay == null || m.LastDay >= first))
                    .Select(m => m.PersonId).ToListAsync(token)).ToHashSet();
                List<ResidentGroupMember> joining = [.. people.Where(p => !members.Contains(p)).Select(p => new ResidentGroupMember(id, p, first))];
                db.ResidentGroupMembers.AddRange(joining);
                await db.SaveChangesAsync(token);
                await PricedGroups.DemandOneEachAsync(db, null, nameof(MembersForm.Numbers), token);
                added = joining.Count;
                return id;
            }, ct);
            return added;
        }
    }

    /// <summary>Ends a membership with this day as the last one.</summary>
    public Task EndMemberAsync(long memberId, DateOnly lastDay, CancellationToken ct = default) => WriteAsync("lost a member", async (db, token) =>
    {
        var member = await db.ResidentGroupMembers.FirstOrDefaultAsync(m => m.Id == memberId, token) ?? throw new NotFound();
        if (member.LastDay is not null) throw Rejected.Because<RatesText>("MemberEnded");
        if (lastDay < member.FirstDay) throw Rejected.Because<RatesText>("EndsBeforeItBegins");
        member.End(lastDay);
        return member.GroupId;
    }, ct);

    private async Task ActAsync(GroupAct act, long id, Func<LogisticsDb, ResidentGroup, CancellationToken, Task> work, CancellationToken ct)
    {
        long? step = null;
        await WriteAsync(act.ToString(), async (db, token) =>
        {
            var group = await FindAsync(db, id, token);
            step = await undo.RecordAsync(db, act.ToString(), [id], () => work(db, group, token), token);
            return id;
        }, ct);
        undo.Offer(step);
    }

    private async Task<long> WriteAsync(string what, Func<LogisticsDb, CancellationToken, Task<long>> work, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var id = await db.WriteAsync(async token =>
        {
            user.Actor.DemandBilling();
            var changed = await work(db, token);
            db.Announce(new KeyChanged(FeesTopics.Rates, 0));
            return changed;
        }, ct);
        log.GroupChanged(id, what, user.ActorOrNull?.PersonId);
        return id;
    }

    private static async Task<ResidentGroup> FindAsync(LogisticsDb db, long id, CancellationToken ct) =>
        await db.ResidentGroups.FirstOrDefaultAsync(g => g.Id == id, ct) ?? throw new NotFound();

    internal static async Task DemandFreeCodeAsync(LogisticsDb db, string code, long own, CancellationToken ct)
    {
        if (await db.ResidentGroups.AnyAsync(g => g.Code == code && g.Id != own, ct))
            throw Rejected.At<RatesText>(nameof(GroupForm.Code), "CodeTaken", code);
    }

    private static async Task<List<long>> PeopleAsync(LogisticsDb db, List<string> typed, CancellationToken ct)
    {
        Dictionary<string, long> known = [];
        foreach (var chunk in typed.Chunk(Chunk))
        {
            var found = await db.Users.AsNoTracking().Where(p => p.RetiredAt == null && (chunk.Contains(p.Number) || chunk.Contains(p.UserName)))
                .Select(p => new { p.Id, p.Number, p.UserName }).ToListAsync(ct);
            foreach (var person in found)
            {
                if (person.UserName is { } name) known[name] = person.Id;
                if (person.Number is { } number) known[number] = person.Id;
            }
        }
        List<string> unknown = [.. typed.Where(n => !known.ContainsKey(n))];
        if (unknown.Count > 0) throw Rejected.At<RatesText>(nameof(MembersForm.Numbers), "UnknownNumbers", string.Join(", ", unknown.Take(5)), unknown.Count);
        return [.. typed.Select(n => known[n]).Distinct()];
    }
}
