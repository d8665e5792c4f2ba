using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Data;

/// <summary>Checks for everything that changes a person. Called inside the write, so that the result stays true until the commit.</summary>
public static class PersonRecords
{
    /// <summary>Topic of the change feed: the key is the person who changed, or 0 when many did.</summary>
    public const string Topic = "people";

    /// <summary>
    /// Refuses at the field when the user name, number or confirmed e-mail is already another person's sign-in name or number. The database
    /// enforces the same rule. The message names the other person only if <paramref name="naming"/> is set, for callers who may see all people.
    /// </summary>
    public static async Task DemandFreeNamesAsync(LogisticsDb db, Person person, CancellationToken ct, bool naming = false)
    {
        foreach (var (field, name) in new[] { ("UserName", person.UserName), ("Number", person.Number), ("Email", person.ConfirmedEmail) })
            await DemandFreeAsync(db, person, field, name, naming, ct);
    }

    /// <summary>Refuses at its field an e-mail by which somebody else signs in, whether or not the person's is confirmed.</summary>
    public static Task DemandFreeEmailAsync(LogisticsDb db, Person person, CancellationToken ct) =>
        DemandFreeAsync(db, person, "Email", person.Email, naming: false, ct);

    private static async Task DemandFreeAsync(LogisticsDb db, Person person, string field, string? name, bool naming, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(name)) return;
        var normalized = SignInName.Normalize(name);
        var holder = await db.Set<SignInName>().Where(n => n.Name == normalized && n.PersonId != person.Id)
            .Select(n => (long?)n.PersonId).FirstOrDefaultAsync(ct);
        if (holder is null && field == "Number")
        {
            holder = await db.Users.Where(p => p.Number == name && p.RetiredAt == null && p.Id != person.Id)
                .Select(p => (long?)p.Id).FirstOrDefaultAsync(ct);
        }
        if (holder is null) return;
        if (!naming) throw Rejected.At<DataText>(field, $"{field}Taken", name);
        var holderName = await db.Users.Where(p => p.Id == holder).Select(p => p.FullName).FirstAsync(ct);
        throw Rejected.At<DataText>(field, "TakenBy", name, holderName);
    }

    /// <summary>Refuses when no other person who may sign in would be an administrator.</summary>
    public static async Task DemandAnotherAdministratorAsync(LogisticsDb db, long personId, CancellationToken ct)
    {
        if (!await Administrators(db).AnyAsync(p => p.Id != personId, ct)) throw Rejected.Because<DataText>("LastAdministrator");
    }

    /// <summary>Administrators who may sign in.</summary>
    public static IQueryable<Person> Administrators(LogisticsDb db) => db.Users.Where(p => p.RetiredAt == null
        && (p.Status == PersonStatus.Expected || p.Status == PersonStatus.Active)
        && db.Set<IdentityUserRole<long>>().Any(r => r.UserId == p.Id && r.RoleId == (long)Role.Administrator));

    /// <summary>Removes the passkeys of a person who gets a one-time code: from then on only the code signs them in.</summary>
    public static async Task ForgetPasskeysAsync(LogisticsDb db, long personId, CancellationToken ct) =>
        db.UserPasskeys.RemoveRange(await db.UserPasskeys.Where(k => k.UserId == personId).ToListAsync(ct));

    /// <summary>The refusal of a form that was filled in before somebody else changed the person.</summary>
    public static async Task<Stale> StaleAsync(LogisticsDb db, Person person, CancellationToken ct) =>
        new(await db.LastChangedByAsync<Person>(person.Id, ct), person.FullName);
}
