using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Account;

/// <summary>
/// The only place that checks passwords: for sign-in, and for changes of one's own account. Every check is limited, counted and hashed in
/// turn. Strangers' failures lock the account for strangers; a known browser, and somebody who is signed in, are counted by themselves.
/// An unknown name, a locked account and a person without a password take as long as a wrong password.
/// </summary>
public sealed class PasswordVerification(
    IDbContextFactory<LogisticsDb> databases, SignInManager<Person> signIn, IPasswordHasher<Person> hasher, PasswordHashing hashing, KnownBrowsers browsers,
    SignInLimits limits, IOptions<IdentityOptions> identity, TimeProvider clock)
{
    private static readonly string DummyHash = new PasswordHasher<Person>().HashPassword(null!, Guid.NewGuid().ToString());

    /// <summary>How long to wait when too many passwords are being checked.</summary>
    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(5);

    private string Address => signIn.Context.Connection.RemoteIpAddress?.ToString() ?? "";

    /// <summary>Checks the password of whoever has this sign-in name; null when nobody has it who may sign in.</summary>
    public Task<SignInAnswer> VerifyAsync(string name, Person? person, string password, CancellationToken ct = default) =>
        VerifyAsync(name, person, password, browsers.AllowanceOf(signIn.Context, person), ct);

    /// <summary>Refuses at the field when this is not the password of the person who is signed in, or after too many failures.</summary>
    public async Task DemandAsync(string field, Person me, string? password, CancellationToken ct = default)
    {
        var allowance = browsers.AllowanceOf(signIn.Context, me) ?? $"{me.Id}";
        var answer = await VerifyAsync(me.NormalizedUserName!, me, password ?? "", allowance, ct);
        if (answer.Outcome == SignInOutcome.Succeeded) return;
        throw answer.Outcome switch
        {
            SignInOutcome.LockedOut => Rejected.At<AccountText>(field, "PasswordLocked", answer.Until),
            SignInOutcome.TooManyAttempts => TooMany(field, answer.Wait!.Value),
            _ => Rejected.At<AccountText>(field, "OldPasswordWrong"),
        };
    }

    /// <summary>The hash of a new password of the person who is signed in. Refuses at the field while too many are being checked.</summary>
    public async Task<string> HashAsync(string field, Person me, string password, CancellationToken ct = default)
    {
        var hash = "";
        return await hashing.RunAsync(isKnown: true, () => hash = hasher.HashPassword(me, password), ct) ? hash : throw TooMany(field, Busy);
    }

    private async Task<SignInAnswer> VerifyAsync(string name, Person? person, string password, string? allowance, CancellationToken ct)
    {
        if (limits.Attempt(Address, name, allowance) is { } wait) return SignInAnswer.TooMany(wait);
        var (hash, result) = (person?.PasswordHash, PasswordVerificationResult.Failed);
        if (!await hashing.RunAsync(allowance is not null, () => result = hasher.VerifyHashedPassword(person!, hash ?? DummyHash, password), ct))
            return SignInAnswer.TooMany(Busy);
        var isRight = hash is not null && result != PasswordVerificationResult.Failed;

        var answer = allowance is not null ? SignInAnswer.Of(isRight, limits.CountKnownBrowser(allowance, isRight)) : await CountAsync(name, person, isRight);
        if (answer.Outcome == SignInOutcome.Succeeded && result == PasswordVerificationResult.SuccessRehashNeeded) await RehashAsync(person!, password);
        return answer;
    }

    /// <summary>Inside a write, so that of many guesses at the same time only as many are answered as one after the other.</summary>
    private async Task<SignInAnswer> CountAsync(string name, Person? person, bool isRight)
    {
        var (id, hash, lockout) = (person?.Id, person?.PasswordHash, identity.Value.Lockout);
        await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
        return await db.WriteAsync(async token =>
        {
            // An unknown name also waits for its turn to write: without that, time would reveal it.
            if (await db.Users.FirstOrDefaultAsync(p => p.Id == id, token) is not { } now)
                return SignInAnswer.Of(isRight: false, limits.UnknownNameFailed(name));
            var stillRight = isRight && now.MaySignIn && now.PasswordHash == hash;
            var until = now.CountAttempt(stillRight, lockout.MaxFailedAccessAttempts, lockout.DefaultLockoutTimeSpan, clock.GetUtcNow());
            return SignInAnswer.Of(stillRight, until);
        }, CancellationToken.None);
    }

    /// <summary>Replaces a hash of an older strength while the password is known.</summary>
    private async Task RehashAsync(Person person, string password)
    {
        var (old, fresh) = (person.PasswordHash, "");
        if (!await hashing.RunAsync(isKnown: true, () => fresh = hasher.HashPassword(person, password))) return;
        await using var db = await databases.CreateDbContextAsync();
        await db.WriteAsync(async token =>
        {
            if (await db.Users.FirstOrDefaultAsync(p => p.Id == person.Id && p.PasswordHash == old, token) is { } now)
                person.PasswordHash = now.PasswordHash = fresh;
        });
    }

    private static Rejected TooMany(string field, TimeSpan wait) =>
        Rejected.At<AccountText>(field, "PasswordTooMany", (int)Math.Ceiling(wait.TotalSeconds));
}
