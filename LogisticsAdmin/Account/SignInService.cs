using System.Globalization;
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
    TooMany = 4,
}

/// <summary>How a sign-in ended; <paramref name="Until"/> when locked, <paramref name="Wait"/> when there were too many.</summary>
public sealed record SignInAnswer(SignInOutcome Outcome, DateTimeOffset? Until = null, TimeSpan? Wait = null);

/// <summary>
/// Signs in by user name, number or e-mail, with a password or a one-time code, or by passkey. A wrong name and a wrong password answer alike, in
/// text and in time, lockout included.
/// </summary>
public sealed class SignInService(
    IDbContextFactory<LogisticsDb> databases, SignInManager<Person> signIn, UserManager<Person> people, SignInLimits limits, TimeProvider clock)
{
    /// <summary>How many of a person's newest sign-ins are kept, and as many failures, since anybody can cause those.</summary>
    public const int KeptRecords = 100;

    private const int LongestName = 256;

    // Hashing takes most of the time of a sign-in, so unknown names and people without a password are hashed too.
    private static readonly string SomeHash = new PasswordHasher<Person>().HashPassword(null!, Guid.NewGuid().ToString());

    /// <summary>
    /// Sets the sign-in cookie and those of the person's language and theme when welcome; else counts the failure. Either way a person
    /// gets a <see cref="SignInRecord"/>.
    /// </summary>
    public async Task<SignInAnswer> SignInAsync(string name, string password, CancellationToken ct = default)
    {
        var normalized = SignInName.Normalize(name);
        if (normalized.Length > LongestName) normalized = "";
        if (limits.Wait(Address, normalized) is { } wait)
            return new SignInAnswer(SignInOutcome.TooMany, Wait: wait);

        var person = await FindAsync(normalized, ct);
        var isLocked = person is not null && await people.IsLockedOutAsync(person);
        if (person?.PasswordHash is null || isLocked) people.PasswordHasher.VerifyHashedPassword(null!, SomeHash, password);
        if (person is null) return Failed(limits.StrangerFailed(normalized));
        if (isLocked) return Failed(person, person.LockoutEnd);

        var (welcome, method) = (await TakeSlipAsync(person, password, ct), SignInMethod.OneTimeCode);
        if (welcome is null)
        {
            var result = await signIn.CheckPasswordSignInAsync(person, password, lockoutOnFailure: true);
            if (!result.Succeeded) return Failed(person, result.IsLockedOut ? person.LockoutEnd : null);
            (welcome, method) = (person, SignInMethod.Password);
        }
        return await WelcomeAsync(welcome, RecordOf(welcome, method, succeeded: true), ct);
    }

    /// <summary>What the browser needs to sign somebody in by passkey, as JSON; whoever that is. Null when there were too many attempts.</summary>
    public async Task<string?> AskForPasskeyAsync() =>
        limits.Wait(Address) is null ? await signIn.MakePasskeyRequestOptionsAsync(null) : null;

    /// <summary>
    /// Signs in whose passkey answers what this browser was asked, under the rules of a password: whoever may not sign in, is locked out or
    /// has a one-time code waiting is refused.
    /// </summary>
    public async Task<SignInAnswer> SignInByPasskeyAsync(string credential, CancellationToken ct = default)
    {
        if (limits.Wait(Address) is { } wait) return new SignInAnswer(SignInOutcome.TooMany, Wait: wait);
        if (credential.Length is 0 or > AccountLimits.Credential || await AssertedAsync(credential) is not { User: { } person } asserted) return new SignInAnswer(SignInOutcome.Wrong);
        if (!person.MaySignIn || person.SlipHash is not null) return Failed(person, null, SignInMethod.Passkey);
        if (await people.IsLockedOutAsync(person)) return Failed(person, person.LockoutEnd, SignInMethod.Passkey);
        return await WelcomeAsync(person, RecordOf(person, SignInMethod.Passkey, succeeded: true), ct, asserted.Passkey);
    }

    private string Address => signIn.Context.Connection.RemoteIpAddress?.ToString() ?? "";

    private async Task<PasskeyAssertionResult<Person>?> AssertedAsync(string credential)
    {
        try
        {
            return await signIn.PerformPasskeyAssertionAsync(credential) is { Succeeded: true } result ? result : null;
        }
        catch (InvalidOperationException)
        {
            // There was no challenge, or it has expired.
            return null;
        }
    }

    private async Task<SignInAnswer> WelcomeAsync(Person person, SignInRecord record, CancellationToken ct, UserPasskeyInfo? passkey = null)
    {
        await KeepAsync(record, ct, passkey);
        await signIn.SignInAsync(person, isPersistent: true);
        signIn.Context.Prefer(person);
        return new SignInAnswer(SignInOutcome.Welcome);
    }

    private async Task<Person?> FindAsync(string name, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var id = await db.Set<SignInName>().Where(n => n.Name == name).Select(n => (long?)n.PersonId).FirstOrDefaultAsync(ct);
        var person = id is null ? null : await people.FindByIdAsync(id.Value.ToString(CultureInfo.InvariantCulture));
        return person is { MaySignIn: true } ? person : null;
    }

    /// <summary>The person as they are after using up their code; null when it was not their code.</summary>
    private async Task<Person?> TakeSlipAsync(Person person, string code, CancellationToken ct)
    {
        var hash = OneTimeCode.Hash(code);
        if (person.SlipHash != hash) return null;
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.WriteAsync(async token =>
        {
            // Read again inside the write: of two uses of the code at the same time only one succeeds.
            var now = await db.Users.FirstAsync(p => p.Id == person.Id, token);
            return now.MaySignIn && now.UseOneTimeCode(hash, clock.GetUtcNow()) ? now : null;
        }, ct);
    }

    private SignInRecord RecordOf(Person person, SignInMethod method, bool succeeded)
    {
        var address = signIn.Context.Connection.RemoteIpAddress;
        return new SignInRecord
        {
            PersonId = person.Id,
            At = clock.GetUtcNow(),
            Method = method,
            Succeeded = succeeded,
            Address = (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.ToString(),
            Device = Device.Of(signIn.Context.Request.Headers.UserAgent),
        };
    }

    /// <summary>Stores the record and the use count of the passkey; a count that goes backwards means that the passkey was copied.</summary>
    private async Task KeepAsync(SignInRecord record, CancellationToken ct, UserPasskeyInfo? passkey = null)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            var records = db.Set<SignInRecord>();
            records.RemoveRange(await records.Where(r => r.PersonId == record.PersonId && r.Succeeded == record.Succeeded)
                .OrderByDescending(r => r.At).ThenByDescending(r => r.Id).Skip(KeptRecords - 1).ToListAsync(token));
            records.Add(record);
            if (passkey is null || await db.UserPasskeys.FirstOrDefaultAsync(k => k.CredentialId == passkey.CredentialId, token) is not { } used) return;
            (used.Data.SignCount, used.Data.IsBackedUp, used.Data.IsUserVerified) = (passkey.SignCount, passkey.IsBackedUp, passkey.IsUserVerified);
        }, ct);
    }

    /// <summary>Records a failure after the response was sent: waiting for it would reveal by time that the name exists.</summary>
    private SignInAnswer Failed(Person person, DateTimeOffset? until, SignInMethod method = SignInMethod.Password)
    {
        var record = RecordOf(person, method, succeeded: false);
        signIn.Context.Response.OnCompleted(() => KeepAsync(record, CancellationToken.None));
        return Failed(until);
    }

    private static SignInAnswer Failed(DateTimeOffset? until) =>
        until is null ? new SignInAnswer(SignInOutcome.Wrong) : new SignInAnswer(SignInOutcome.LockedOut, until);
}
