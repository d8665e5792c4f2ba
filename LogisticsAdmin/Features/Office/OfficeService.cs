using LogisticsAdmin.Data;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Office;

/// <summary>The office's name and contact. The office reads them, administrators change them; anybody else gets <see cref="Forbidden"/>.</summary>
public sealed class OfficeService(IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeCardCache cards)
{
    /// <summary>Topic of the feed: name or contact changed, or a step was confirmed.</summary>
    public const string Topic = "office";

    private static readonly OfficeFormValidator Rules = new();

    /// <summary>What is stored, as a form; empty with version 0 where nothing is.</summary>
    public async Task<OfficeForm> ReadAsync(CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.OfficeProfiles.AsNoTracking().Select(p => new OfficeForm
        {
            Version = p.Version,
            Name = p.Name,
            NameEn = p.NameEn,
            Phone = p.Phone,
            Email = p.Email,
            Hours = p.Hours,
            HoursEn = p.HoursEn,
        }).SingleOrDefaultAsync(ct) ?? new OfficeForm();
    }

    /// <summary>Stores name and contact. Refuses as Stale what somebody else changed meanwhile.</summary>
    public async Task SaveAsync(OfficeForm form, CancellationToken ct = default)
    {
        Rules.Demand(form);
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            user.Actor.DemandOfficeChange();
            var stored = await db.OfficeProfiles.SingleOrDefaultAsync(token);
            if ((stored?.Version ?? 0) != form.Version) throw new Stale(await db.LastChangedByAsync<OfficeProfile>(stored?.Id ?? 0, token), null);
            if (stored is null) db.Add(stored = new OfficeProfile());
            stored.Set(form);
            db.Announce(new KeyChanged(Topic, 0));
        }, ct);
        cards.Forget();
    }
}
