using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Account;

/// <summary>
/// Creates administrators where nobody is signed in yet: from the console, and by the link of <see cref="FirstAdministrator"/>.
/// </summary>
public sealed partial class Administrators(
    IDbContextFactory<LogisticsDb> databases, IPasswordHasher<Person> hasher, IOptions<IdentityOptions> identity, ILogger<Administrators> log)
{
    private static readonly AdministratorFormValidator Rules = new();

    /// <summary>Whether there is an administrator who may sign in.</summary>
    public async Task<bool> AnyAsync(CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await PersonRecords.Administrators(db).AnyAsync(ct);
    }

    /// <summary>Returns the id of the new person. Refuses at the field: empty or weak entries, unequal passwords, a name in use.</summary>
    public Task<long> CreateAsync(AdministratorForm form, CancellationToken ct = default) => CreateAsync(form, onlyAsFirst: false, ct);

    /// <summary>As <see cref="CreateAsync(AdministratorForm, CancellationToken)"/>, and refused as soon as there is an administrator.</summary>
    internal Task<long> CreateFirstAsync(AdministratorForm form, CancellationToken ct) => CreateAsync(form, onlyAsFirst: true, ct);

    private async Task<long> CreateAsync(AdministratorForm form, bool onlyAsFirst, CancellationToken ct)
    {
        (form.UserName, form.FullName) = (CleanText.Clean(form.UserName), CleanText.Clean(form.FullName));
        Rules.Demand(form);
        var person = new Person(form.UserName, form.FullName);
        DemandPassword(form, person);
        // Hashing is slow on purpose, so it happens before the write.
        person.PasswordHash = hasher.HashPassword(person, form.Password!);
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            if (onlyAsFirst && await PersonRecords.Administrators(db).AnyAsync(token)) throw Rejected.Because<AccountText>("SetupOver");
            var names = person.SignInNames.Select(n => n.Name).ToList();
            if (await db.Set<SignInName>().AnyAsync(n => names.Contains(n.Name), token))
                throw Rejected.At<AccountText>(nameof(AdministratorForm.UserName), "NameTaken", person.UserName);
            db.Users.Add(person);
            await db.SaveChangesAsync(token);
            db.UserRoles.Add(new IdentityUserRole<long> { UserId = person.Id, RoleId = (long)Role.Administrator });
        }, ct);
        LogCreated(person.Id);
        return person.Id;
    }

    private void DemandPassword(AdministratorForm form, Person person)
    {
        var rules = identity.Value.Password;
        var (password, field) = (form.Password!, nameof(AdministratorForm.Password));
        if (password.Length < rules.RequiredLength) throw Rejected.At<AccountText>(field, "PasswordTooShort", rules.RequiredLength);
        if ((rules.RequireDigit && !password.Any(char.IsAsciiDigit)) || (rules.RequireLowercase && !password.Any(char.IsAsciiLetterLower)))
            throw Rejected.At<AccountText>(field, "PasswordTooPlain");
        if (GuessablePasswords.RefusalOf(person, password) is { } guessable) throw Rejected.At<AccountText>(field, guessable);
        if (password != form.PasswordAgain) throw Rejected.At<AccountText>(nameof(AdministratorForm.PasswordAgain), "SetupPasswordsDiffer");
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Administrator {PersonId} was created")]
    private partial void LogCreated(long personId);
}
