using System.Buffers.Text;
using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Account;

/// <summary>One passkey of the person; the id is what a form sends back.</summary>
public sealed record PasskeyLine(string Id, string Name, DateTimeOffset AddedAt);

/// <summary>
/// 通行密钥: sign-in by phone or computer instead of a password. Each call concerns the acting person. When an administrator issues a
/// one-time code, all passkeys of that person are removed, which the audit log shows.
/// </summary>
public sealed class PasskeyService(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, UserManager<Person> people, SignInManager<Person> signIn, TimeProvider clock)
{
    /// <summary>How many a person may have.</summary>
    public const int MaxPasskeys = 10;

    private static readonly PasskeyFormValidator Rules = new();

    public async Task<IReadOnlyList<PasskeyLine>> ListAsync(CancellationToken ct = default)
    {
        var me = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        var mine = await db.UserPasskeys.AsNoTracking().Where(k => k.UserId == me).ToListAsync(ct);
        return [.. mine.OrderBy(k => k.Data.CreatedAt)
            .Select(k => new PasskeyLine(Base64Url.EncodeToString(k.CredentialId), k.Data.Name ?? "", k.Data.CreatedAt))];
    }

    /// <summary>
    /// The creation options for the browser as JSON, valid for five minutes. Refuses more than <see cref="MaxPasskeys"/>, and as Forbidden
    /// a person who must choose a password first.
    /// </summary>
    public async Task<string> BeginAddingAsync(CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var me = await DemandMayAddAsync(db, ct);
        return await signIn.MakePasskeyCreationOptionsAsync(
            new PasskeyUserEntity { Id = await people.GetUserIdAsync(me), Name = me.UserName!, DisplayName = me.FullName });
    }

    /// <summary>Stores the passkey of the browser. Refuses a missing or long name at its field, and an answer that does not fit the challenge.</summary>
    public async Task AddAsync(PasskeyForm form, CancellationToken ct = default)
    {
        form.Name = CleanText.Clean(form.Name);
        Rules.Demand(form);
        if (await VerifyAsync(form.Credential!) is not { } made) throw Rejected.Because<AccountText>("PasskeyRefused");
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            await DemandMayAddAsync(db, token);
            db.UserPasskeys.Add(new IdentityUserPasskey<long>
            {
                UserId = user.PersonId,
                CredentialId = made.CredentialId,
                Data = new IdentityPasskeyData
                {
                    PublicKey = made.PublicKey,
                    Name = form.Name,
                    CreatedAt = clock.GetUtcNow(),
                    SignCount = made.SignCount,
                    Transports = made.Transports,
                    IsUserVerified = made.IsUserVerified,
                    IsBackupEligible = made.IsBackupEligible,
                    IsBackedUp = made.IsBackedUp,
                    AttestationObject = made.AttestationObject,
                    ClientDataJson = made.ClientDataJson,
                },
            });
            Audit(db, user.PersonId, null, form.Name);
        }, ct);
    }

    /// <summary>Removes one of one's own passkeys. Somebody else's is not found.</summary>
    public async Task RemoveAsync(string id, CancellationToken ct = default)
    {
        if (!Base64Url.IsValid(id)) throw new NotFound();
        var credential = Base64Url.DecodeFromChars(id);
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            var mine = await db.UserPasskeys.FirstOrDefaultAsync(k => k.UserId == user.PersonId && k.CredentialId == credential, token) ?? throw new NotFound();
            db.UserPasskeys.Remove(mine);
            Audit(db, user.PersonId, mine.Data.Name, null);
        }, ct);
    }

    private async Task<Person> DemandMayAddAsync(LogisticsDb db, CancellationToken ct)
    {
        var me = await db.Users.AsNoTracking().SingleAsync(p => p.Id == user.PersonId, ct);
        if (me.MustChangePassword) throw new Forbidden();
        if (await db.UserPasskeys.CountAsync(k => k.UserId == user.PersonId, ct) >= MaxPasskeys)
            throw Rejected.Because<AccountText>("PasskeysTooMany", MaxPasskeys);
        return me;
    }

    /// <summary>The passkey that answers this person's request in this browser; otherwise null.</summary>
    private async Task<UserPasskeyInfo?> VerifyAsync(string credential)
    {
        try
        {
            var result = await signIn.PerformPasskeyAttestationAsync(credential);
            return result.Succeeded && result.UserEntity.Id == user.PersonId.ToString(CultureInfo.InvariantCulture) ? result.Passkey : null;
        }
        catch (InvalidOperationException)
        {
            // There was no challenge, or it has expired.
            return null;
        }
    }

    /// <summary>Only the name goes to the audit log, never the key.</summary>
    private void Audit(LogisticsDb db, long personId, string? old, string? now) => db.Audit.Add(new AuditEntry
    {
        Entity = nameof(Person),
        EntityId = personId,
        Field = "Passkey",
        Old = old,
        New = now,
        At = clock.GetUtcNow(),
        ActorId = user.PersonId,
    });
}
