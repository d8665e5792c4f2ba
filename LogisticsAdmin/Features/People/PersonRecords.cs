using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.People;

/// <summary>What everybody who changes a person must ask inside the write, where the answer holds until it commits.</summary>
public static class PersonRecords
{
    /// <summary>Why somebody is deleted who came in by a batch that was undone; shown as it is, in the house's languages.</summary>
    internal const string ImportUndone = "撤销导入 · import undone";

    /// <summary>
    /// Refuses at the field when user name, number or e-mail is already how somebody else signs in or, as a number, somebody's number.
    /// The database keeps the same rule.
    /// </summary>
    public static async Task DemandFreeNamesAsync(LogisticsDb db, Person person, CancellationToken ct)
    {
        foreach (var (field, name) in new[] { ("UserName", person.UserName), ("Number", person.Number), ("Email", person.Email) })
        {
            if (string.IsNullOrEmpty(name)) continue;
            var normalized = SignInName.Normalize(name);
            var isTaken = await db.Set<SignInName>().AnyAsync(n => n.Name == normalized && n.PersonId != person.Id, ct)
                || (field == "Number" && await db.Users.AnyAsync(p => p.Number == name && p.RetiredAt == null && p.Id != person.Id, ct));
            if (isTaken) throw Rejected.At<PeopleText>(field, $"{field}Taken", name);
        }
    }

    /// <summary>Refuses when nobody else among the living would be an administrator.</summary>
    public static async Task DemandAnotherAdministratorAsync(LogisticsDb db, long personId, CancellationToken ct)
    {
        var another = await db.Users.AnyAsync(p => p.Id != personId && p.RetiredAt == null
            && db.Set<IdentityUserRole<long>>().Any(r => r.UserId == p.Id && r.RoleId == (long)Role.Administrator), ct);
        if (!another) throw Rejected.Because<PeopleText>("LastAdministrator");
    }

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
