using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Account;

public enum SignInOutcome
{
    Welcome = 1,
    Wrong = 2,
    LockedOut = 3,
}

/// <summary>Signs in by user name, number or e-mail. A wrong name and a wrong password answer alike, in text and in time.</summary>
public sealed class SignInService(IDbContextFactory<LogisticsDb> databases, SignInManager<Person> signIn, UserManager<Person> people)
{
    // Hashing takes most of the time of a sign-in; unknown names pay it too.
    private static readonly string SomeHash = new PasswordHasher<Person>().HashPassword(null!, Guid.NewGuid().ToString());

    public async Task<SignInOutcome> SignInAsync(string name, string password, CancellationToken ct = default)
    {
        var normalized = SignInName.Normalize(name);
        await using var db = await databases.CreateDbContextAsync(ct);
        var id = await db.Set<SignInName>().Where(n => n.Name == normalized).Select(n => (long?)n.PersonId).FirstOrDefaultAsync(ct);
        var person = id is null ? null : await people.FindByIdAsync(id.Value.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (person is null || person.RetiredAt is not null || person.PasswordHash is null)
        {
            people.PasswordHasher.VerifyHashedPassword(null!, SomeHash, password);
            return SignInOutcome.Wrong;
        }
        var result = await signIn.PasswordSignInAsync(person, password, isPersistent: true, lockoutOnFailure: true);
        return result.Succeeded ? SignInOutcome.Welcome : result.IsLockedOut ? SignInOutcome.LockedOut : SignInOutcome.Wrong;
    }
}
