using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Account;

/// <summary>
/// Signs in by user name, number or e-mail, with a password or a one-time code, or by passkey. A wrong name and a wrong password get
/// the same answer, in text and in time, lockout included.
/// </summary>
public sealed class SignInService(
    IDbContextFactory<LogisticsDb> databases, SignInManager<Person> signIn, PasswordVerification passwords, KnownBrowsers browsers, SignInLimits limits,
    SessionService sessions, TimeProvider clock)
{
    /// <summary>
    /// How many of the newest records of a person are kept: this many sign-ins, and separately this many failures, because anyone can cause
    /// failures.
    /// </summary>
    public const int MaxRecords = 100;

    private const int MaxNameLength = 256;

    /// <summary>
    /// On success sets the cookies of the sign-in, the language and the theme; otherwise counts the failure. Either way a known person
    /// gets a <see cref="SignInRecord"/>.
    /// </summary>
    public async Task<SignInAnswer> SignInAsync(string name, string password, CancellationToken ct = default)
    {
        var normalized = SignInName.Normalize(name);
        if (normalized.Length > MaxNameLength) normalized = "";
        var person = await FindAsync(normalized, ct);
        // A one-time code can't be guessed, so nothing that strangers do keeps it from signing in.
        if (person is not null && await UseOneTimeCodeAsync(person, password, ct) is { } admitted)
            return await CompleteAsync(admitted, RecordOf(admitted, SignInMethod.OneTimeCode, succeeded: true), ct);

        var answer = await passwords.VerifyAsync(normalized, person, password, ct);
        if (answer.Outcome == SignInOutcome.Succeeded) return await CompleteAsync(person!, RecordOf(person!, SignInMethod.Password, succeeded: true), ct);
        if (person is not null && answer.Outcome != SignInOutcome.TooManyAttempts) RecordFailure(person, SignInMethod.Password);
        return answer;
    }

    /// <summary>The passkey request for the browser as JSON, for no person in particular. Null after too many attempts.</summary>
    public async Task<string?> BeginPasskeySignInAsync() =>
        limits.AttemptPasskey(Address, browsers.IdOf(signIn.Context)) is null ? await signIn.MakePasskeyRequestOptionsAsync(null) : null;

    /// <summary>
    /// Signs in the person whose passkey answers the request of this browser. Refuses people who may not sign in or have an unused one-time code.
    /// Nobody guesses a passkey, so wrong passwords don't lock it out.
    /// </summary>
    public async Task<SignInAnswer> SignInByPasskeyAsync(string credential, CancellationToken ct = default)
    {
        if (limits.AttemptPasskey(Address, browsers.IdOf(signIn.Context)) is { } wait) return SignInAnswer.TooMany(wait);
        if (credential.Length is 0 or > AccountLimits.Credential || await VerifyPasskeyAsync(credential) is not { User: { } person } asserted)
            return SignInAnswer.Wrong;
        if (!person.MaySignIn || person.SlipHash is not null)
        {
            RecordFailure(person, SignInMethod.Passkey);
            return SignInAnswer.Wrong;
        }
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
        browsers.Remember(signIn.Context, person);
        return SignInAnswer.Succeeded;
    }

    private async Task<Person?> FindAsync(string name, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        // One query, whether or not somebody has the name.
        var person = await db.Set<SignInName>().Where(n => n.Name == name).Join(db.Users.AsNoTracking(), n => n.PersonId, p => p.Id, (_, p) => p)
            .FirstOrDefaultAsync(ct);
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
    private void RecordFailure(Person person, SignInMethod method)
    {
        var record = RecordOf(person, method, succeeded: false);
        signIn.Context.Response.OnCompleted(() => RecordAsync(record, CancellationToken.None));
    }
}
