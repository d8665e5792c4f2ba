using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Account;

/// <summary>How a sign-in ended; <paramref name="Until"/> when locked, <paramref name="Wait"/> when there were too many.</summary>
public sealed record SignInAnswer(SignInOutcome Outcome, DateTimeOffset? Until = null, TimeSpan? Wait = null);

/// <summary>
/// Signs in by user name, number or e-mail, with a password or a one-time code, or by passkey. A wrong name and a wrong password get
/// the same answer, in text and in time, lockout included.
/// </summary>
public sealed class SignInService(
    IDbContextFactory<LogisticsDb> databases, SignInManager<Person> signIn, UserManager<Person> people, SignInLimits limits,
    SessionService sessions, TimeProvider clock)
{
    /// <summary>
    /// How many of the newest records of a person are kept: this many sign-ins, and separately this many failures, because anyone can cause
    /// failures.
    /// </summary>
    public const int MaxRecords = 100;

    private const int MaxNameLength = 256;

    // Hashing takes most of the time of a sign-in; unknown names and people without a password must take as long.
    private static readonly string DummyHash = new PasswordHasher<Person>().HashPassword(null!, Guid.NewGuid().ToString());

    /// <summary>
    /// On success sets the cookies of the sign-in, the language and the theme; otherwise counts the failure. Either way a known person
    /// gets a <see cref="SignInRecord"/>.
    /// </summary>
    public async Task<SignInAnswer> SignInAsync(string name, string password, CancellationToken ct = default)
    {
        var normalized = SignInName.Normalize(name);
        if (normalized.Length > MaxNameLength) normalized = "";
        if (limits.Attempt(Address, normalized) is { } wait)
            return new SignInAnswer(SignInOutcome.TooManyAttempts, Wait: wait);

        var person = await FindAsync(normalized, ct);
        var isLocked = person is not null && await people.IsLockedOutAsync(person);
        if (person?.PasswordHash is null || isLocked) people.PasswordHasher.VerifyHashedPassword(null!, DummyHash, password);
        if (person is null) return Failed(limits.UnknownNameFailed(normalized));
        if (isLocked) return Failed(person, person.LockoutEnd);

        var (signedIn, method) = (await UseOneTimeCodeAsync(person, password, ct), SignInMethod.OneTimeCode);
        if (signedIn is null)
        {
            var result = await signIn.CheckPasswordSignInAsync(person, password, lockoutOnFailure: true);
            if (!result.Succeeded) return Failed(person, result.IsLockedOut ? person.LockoutEnd : null);
            (signedIn, method) = (person, SignInMethod.Password);
        }
        return await CompleteAsync(signedIn, RecordOf(signedIn, method, succeeded: true), ct);
    }

    /// <summary>The passkey request for the browser as JSON, for no person in particular. Null after too many attempts.</summary>
    public async Task<string?> BeginPasskeySignInAsync() =>
        limits.Attempt(Address) is null ? await signIn.MakePasskeyRequestOptionsAsync(null) : null;

    /// <summary>
    /// Signs in the person whose passkey answers the request of this browser. As with a password, refuses people who may not sign in, are
    /// locked out or have an unused one-time code.
    /// </summary>
    public async Task<SignInAnswer> SignInByPasskeyAsync(string credential, CancellationToken ct = default)
    {
        if (limits.Attempt(Address) is { } wait) return new SignInAnswer(SignInOutcome.TooManyAttempts, Wait: wait);
        if (credential.Length is 0 or > AccountLimits.Credential || await VerifyPasskeyAsync(credential) is not { User: { } person } asserted)
            return new SignInAnswer(SignInOutcome.Wrong);
        if (!person.MaySignIn || person.SlipHash is not null) return Failed(person, null, SignInMethod.Passkey);
        if (await people.IsLockedOutAsync(person)) return Failed(person, person.LockoutEnd, SignInMethod.Passkey);
        return await CompleteAsync(person, RecordOf(person, SignInMethod.Passkey, succeeded: true), ct, asserted.Passkey);
    }

    private string Address => signIn.Context.Connection.RemoteIpAddress?.ToString() ?? "";

    private async Task<PasskeyAssertionResult<Person>?> VerifyPasskeyAsync(string credential)
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

    private async Task<SignInAnswer> CompleteAsync(Person person, SignInRecord record, CancellationToken ct, UserPasskeyInfo? passkey = null)
    {
        var session = new Session
        {
            PersonId = person.Id,
            StartedAt = record.At,
            LastSeenAt = record.At,
            Method = record.Method,
            Address = record.Address,
            Device = record.Device,
        };
        await RecordAsync(record, ct, passkey, session);
        await signIn.SignInWithClaimsAsync(person, isPersistent: true, [session.ToClaim()]);
        signIn.Context.RememberPreferences(person);
        return new SignInAnswer(SignInOutcome.Succeeded);
    }

    private async Task<Person?> FindAsync(string name, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var id = await db.Set<SignInName>().Where(n => n.Name == name).Select(n => (long?)n.PersonId).FirstOrDefaultAsync(ct);
        var person = id is null ? null : await people.FindByIdAsync(id.Value.ToString(CultureInfo.InvariantCulture));
        return person is { MaySignIn: true } ? person : null;
    }

    /// <summary>Uses up the code and returns the person; null when it is not their code or no longer valid.</summary>
    private async Task<Person?> UseOneTimeCodeAsync(Person person, string code, CancellationToken ct)
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

    /// <summary>Stores the record, the session of a sign-in, and the passkey's use count: a count that goes back reveals a copied passkey.</summary>
    private async Task RecordAsync(SignInRecord record, CancellationToken ct, UserPasskeyInfo? passkey = null, Session? session = null)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            if (session is not null) await sessions.StartAsync(db, session, token);
            var records = db.Set<SignInRecord>();
            records.RemoveRange(await records.Where(r => r.PersonId == record.PersonId && r.Succeeded == record.Succeeded)
                .OrderByDescending(r => r.At).ThenByDescending(r => r.Id).Skip(MaxRecords - 1).ToListAsync(token));
            records.Add(record);
            if (passkey is null || await db.UserPasskeys.FirstOrDefaultAsync(k => k.CredentialId == passkey.CredentialId, token) is not { } used) return;
            (used.Data.SignCount, used.Data.IsBackedUp, used.Data.IsUserVerified) = (passkey.SignCount, passkey.IsBackedUp, passkey.IsUserVerified);
        }, ct);
    }

    /// <summary>Records a failure after the response was sent: waiting for it would reveal by time that the name exists.</summary>
    private SignInAnswer Failed(Person person, DateTimeOffset? until, SignInMethod method = SignInMethod.Password)
    {
        var record = RecordOf(person, method, succeeded: false);
        signIn.Context.Response.OnCompleted(() => RecordAsync(record, CancellationToken.None));
        return Failed(until);
    }

    private static SignInAnswer Failed(DateTimeOffset? until) =>
        until is null ? new SignInAnswer(SignInOutcome.Wrong) : new SignInAnswer(SignInOutcome.LockedOut, until);
}
