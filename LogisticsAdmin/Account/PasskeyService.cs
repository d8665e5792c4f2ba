using System.Buffers.Text;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Account;

/// <summary>One passkey of one's own; the id is what a form sends back.</summary>
public sealed record PasskeyLine(string Id, string Name, DateTimeOffset AddedAt);

/// <summary>
/// 通行密钥: sign-in by phone or computer instead of a password. Each call concerns the acting person. When an administrator issues a
/// one-time code, all passkeys of that person are removed, which the audit log shows.
/// </summary>
public sealed class PasskeyService(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, UserManager<Person> people, SignInManager<Person> signIn, TimeProvider clock)
{
    /// <summary>How many a person may have.</summary>
    public const int Most = 10;

    private static readonly PasskeyFormValidator Rules = new();

    public async Task<IReadOnlyList<PasskeyLine>> ListAsync(CancellationToken ct = default)
    {
        var me = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        var mine = await db.UserPasskeys.AsNoTracking().Where(k => k.UserId == me).ToListAsync(ct);
        return [.. mine.OrderBy(k => k.Data.CreatedAt).Select(k => new PasskeyLine(Base64Url.EncodeToString(k.CredentialId), k.Data.Name ?? "", k.Data.CreatedAt))];
    }

    /// <summary>
    /// What the browser needs to make a passkey, as JSON; answered within five minutes. Refuses one too many, and as Forbidden whoever has
    /// to choose a password first.
    /// </summary>
    public async Task<string> BeginAddingAsync(CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var me = await DemandRoomAsync(db, ct);
        return await signIn.MakePasskeyCreationOptionsAsync(new PasskeyUserEntity { Id = await people.GetUserIdAsync(me), Name = me.UserName!, DisplayName = me.FullName });
    }

    /// <summary>Stores the passkey of the browser. Refuses a missing or long name at its field, and an answer that does not fit the challenge.</summary>
    public async Task AddAsync(PasskeyForm form, CancellationToken ct = default)
    {
        form.Name = CleanText.Code(form.Name);
        Rules.Demand(form);
        if (await AttestedAsync(form.Credential!) is not { } made) throw Rejected.Because<AccountText>("PasskeyRefused");
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            await DemandRoomAsync(db, token);
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
            Note(db, user.PersonId, null, form.Name);
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
            Note(db, user.PersonId, mine.Data.Name, null);
        }, ct);
    }

    private async Task<Person> DemandRoomAsync(LogisticsDb db, CancellationToken ct)
    {
        var me = await db.Users.AsNoTracking().SingleAsync(p => p.Id == user.PersonId, ct);
        if (me.MustChangePassword) throw new Forbidden();
        if (await db.UserPasskeys.CountAsync(k => k.UserId == user.PersonId, ct) >= Most) throw Rejected.Because<AccountText>("PasskeysTooMany", Most);
        return me;
    }

    /// <summary>The passkey that answers the challenge given to this browser for this person; else null.</summary>
    private async Task<UserPasskeyInfo?> AttestedAsync(string credential)
    {
        try
        {
            var result = await signIn.PerformPasskeyAttestationAsync(credential);
            return result.Succeeded && result.UserEntity.Id == user.PersonId.ToString(System.Globalization.CultureInfo.InvariantCulture) ? result.Passkey : null;
        }
        catch (InvalidOperationException)
        {
            // There was no challenge, or it has expired.
            return null;
        }
    }

    /// <summary>The audit log shows the name only, never a key.</summary>
    private void Note(LogisticsDb db, long personId, string? old, string? now) => db.Audit.Add(new AuditEntry
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
