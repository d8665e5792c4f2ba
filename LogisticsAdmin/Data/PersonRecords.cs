using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.People;

/// <summary>What everybody who changes a person must ask inside the write, where the answer holds until it commits.</summary>
public static class PersonRecords
{
    /// <summary>
    /// Refuses at the field when user name, number or e-mail is already how somebody else signs in or, as a number, somebody's number.
    /// The database keeps the same rule. Only whoever keeps the people is told who that is.
    /// </summary>
    public static async Task DemandFreeNamesAsync(LogisticsDb db, Person person, CancellationToken ct, bool tellsWho = false)
    {
        foreach (var (field, name) in new[] { ("UserName", person.UserName), ("Number", person.Number), ("Email", person.Email) })
        {
            if (string.IsNullOrEmpty(name)) continue;
            var normalized = SignInName.Normalize(name);
            var holder = await db.Set<SignInName>().Where(n => n.Name == normalized && n.PersonId != person.Id).Select(n => (long?)n.PersonId).FirstOrDefaultAsync(ct)
                ?? (field != "Number" ? null : await db.Users.Where(p => p.Number == name && p.RetiredAt == null && p.Id != person.Id).Select(p => (long?)p.Id).FirstOrDefaultAsync(ct));
            if (holder is null) continue;
            if (!tellsWho) throw Rejected.At<PeopleText>(field, $"{field}Taken", name);
            throw Rejected.At<PeopleText>(field, "TakenBy", name, await db.Users.Where(p => p.Id == holder).Select(p => p.FullName).FirstAsync(ct));
        }
    }

    /// <summary>Refuses when nobody else who may sign in would be an administrator.</summary>
    public static async Task DemandAnotherAdministratorAsync(LogisticsDb db, long personId, CancellationToken ct)
    {
        var another = await db.Users.AnyAsync(p => p.Id != personId && p.RetiredAt == null
            && (p.Status == PersonStatus.Expected || p.Status == PersonStatus.Active)
            && db.Set<IdentityUserRole<long>>().Any(r => r.UserId == p.Id && r.RoleId == (long)Role.Administrator), ct);
        if (!another) throw Rejected.Because<PeopleText>("LastAdministrator");
    }

    /// <summary>Takes the passkeys away from somebody who gets a one-time code: from now on only the code opens their door.</summary>
    public static async Task ForgetPasskeysAsync(LogisticsDb db, long personId, CancellationToken ct) =>
        db.UserPasskeys.RemoveRange(await db.UserPasskeys.Where(k => k.UserId == personId).ToListAsync(ct));

    /// <summary>Says who changed the person last, as far as the audit trail knows.</summary>
    public static async Task<Stale> StaleAsync(LogisticsDb db, Person person, CancellationToken ct)
    {
        var by = await (
            from a in db.Audit
            where a.Entity == nameof(Person) && a.EntityId == person.Id
            orderby a.Id descending
            join p in db.Users on a.ActorId equals p.Id
            select p.FullName).FirstOrDefaultAsync(ct);
        return new Stale(by, person.FullName);
    }
}
