using LogisticsAdmin.Data;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Features.Outbox.Mail;

/// <summary>When the acting person gets mail about which messages, and the links in mails by which anybody unsubscribes without signing in.</summary>
public sealed class MailPreferencesService(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, IEnumerable<INotificationKind> kinds, UnsubscribeTokens tokens, IOptions<MailOptions> mail)
{
    private readonly Dictionary<int, INotificationKind> _kinds = kinds.ToDictionary(k => k.Id);

    public async Task<MailPreferencesView> ReadAsync(CancellationToken ct = default)
    {
        var me = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        var email = await db.Users.Where(p => p.Id == me).WithMail().Select(p => p.Email).FirstOrDefaultAsync(ct);
        var modes = await db.MailPreferences.AsNoTracking().Where(p => p.PersonId == me).ToDictionaryAsync(p => p.Kind, p => p.Mode, ct);
        var groups =
            from kind in Mine()
            group new MailKindRow(kind.Id, kind.Label, kind.IsUrgent, modes.GetValueOrDefault(kind.Id, MailPreference.UsualFor(kind))) by kind.Group into slice
            select new MailKindGroup(slice.Key, [.. slice.OrderByDescending(k => k.IsUrgent).ThenBy(k => k.Kind)]);
        return new MailPreferencesView(mail.Value.IsOn, email, mail.Value.DigestAt, [.. groups.OrderBy(g => g.Name is null)]);
    }

    /// <summary>Stores the choices for the kinds that the person may get; other kinds and unknown values are ignored.</summary>
    public async Task SaveAsync(MailPreferencesForm form, CancellationToken ct = default)
    {
        var me = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            foreach (var kind in Mine())
                if (form.Modes.TryGetValue(kind.Id, out var mode) && Enum.IsDefined(mode)) await SetAsync(db, me, kind, mode, token);
        }, ct);
    }

    /// <summary>What the link unsubscribes from; null for a token that this app did not make, or whose person or kind is gone.</summary>
    public async Task<UnsubscribeView?> DescribeAsync(string token, CancellationToken ct = default)
    {
        if (Read(token) is not var (person, kind)) return null;
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await db.Users.Where(p => p.Id == person).Select(p => p.Language).FirstOrDefaultAsync(ct) is not { } language) return null;
        var modes = await db.MailPreferences.AsNoTracking().Where(p => p.PersonId == person).ToDictionaryAsync(p => p.Kind, p => p.Mode, ct);
        var isDone = kind is null
            ? !modes.ContainsValue(MailMode.Daily)
            : modes.GetValueOrDefault(kind.Id, MailPreference.UsualFor(kind)) == MailMode.Off;
        return new UnsubscribeView(kind?.Label, isDone, language);
    }

    /// <summary>Stops mail of the kind, or the daily digest, for the person of the token, whoever asks; twice is once. NotFound for a wrong token.</summary>
    public async Task UnsubscribeAsync(string token, CancellationToken ct = default)
    {
        if (Read(token) is not var (person, kind)) throw new NotFound();
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async write =>
        {
            if (!await db.Users.AnyAsync(p => p.Id == person, write)) throw new NotFound();
            if (kind is not null)
            {
                await SetAsync(db, person, kind, MailMode.Off, write);
                return;
            }
            foreach (var daily in await db.MailPreferences.Where(p => p.PersonId == person && p.Mode == MailMode.Daily).ToListAsync(write))
                daily.Set(MailMode.Off);
        }, ct);
    }

    /// <summary>The person and the kind, which is null for the digest.</summary>
    private (long PersonId, INotificationKind? Kind)? Read(string token) =>
        tokens.Read(token) is not var (person, id) ? null
        : id == UnsubscribeTokens.Digest ? (person, null)
        : _kinds.TryGetValue(id, out var kind) ? (person, kind)
        : null;

    private IEnumerable<INotificationKind> Mine() => _kinds.Values.Where(k => user.Actor.Roles.Overlaps(k.Recipients));

    private static async Task SetAsync(LogisticsDb db, long person, INotificationKind kind, MailMode mode, CancellationToken ct)
    {
        var stored = await db.MailPreferences.FirstOrDefaultAsync(p => p.PersonId == person && p.Kind == kind.Id, ct);
        if (stored is not null) stored.Set(mode);
        else if (mode != MailPreference.UsualFor(kind)) db.Add(new MailPreference(person, kind.Id, mode));
    }
}
