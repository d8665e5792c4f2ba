using System.Globalization;
using System.Resources;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Replies;

/// <summary>
/// The office's canned replies. Every office member keeps personal ones; shared ones are kept by managers and administrators and offered
/// to all. Somebody else's personal ones are not found.
/// </summary>
public sealed class ReplyService(IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, OfficeTime office)
{
    private static readonly ReplyFormValidator Rules = new();
    private static readonly ResourceManager Words = new(typeof(RepliesText));

    /// <summary>Shared and own ones for keeping, the living or the retired, by name.</summary>
    public async Task<IReadOnlyList<ReplyRow>> ListAsync(ReplyFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        var (me, mayShare) = (user.PersonId, user.Actor.IsManagement);
        await using var db = await databases.CreateDbContextAsync(ct);
        var rows = await OfMine(db, me).Where(r => (r.RetiredAt != null) == filter.Retired).OrderBy(r => r.OwnerId == null).ThenBy(r => r.Name).ThenBy(r => r.Id)
            .Select(r => new ReplyRow(r.Id, r.Version, r.OwnerId == null, r.Name, r.NameEn, r.Text, r.TextEn, r.Shortcut, r.Internal, r.Verb, r.Code, r.RetiredAt)
            {
                MayKeep = r.OwnerId == me || mayShare,
            }).ToListAsync(ct);
        var wanted = CleanText.Code(filter.Text).TrimStart('/');
        return [.. rows.Where(r => new[] { r.Name, r.NameEn, r.Text, r.TextEn, r.Shortcut }.Any(t => t?.Contains(wanted, StringComparison.OrdinalIgnoreCase) == true))];
    }

    /// <summary>What may be put into a reply: one's own first. A personal shortcut hides a shared one that is spelled alike.</summary>
    public async Task<IReadOnlyList<ReplyOffer>> OffersAsync(CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        var me = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        var rows = await OfMine(db, me).Living().OrderBy(r => r.OwnerId == null).ThenBy(r => r.Name).ThenBy(r => r.Id)
            .Select(r => new { r.Id, r.OwnerId, r.Name, r.NameEn, r.Shortcut, r.Internal, r.Verb, r.Code }).ToListAsync(ct);
        HashSet<string> taken = [];
        return [.. rows.Select(r => new ReplyOffer(r.Id, new LocalName(r.Name, r.NameEn), r.Shortcut is { } s && taken.Add(s) ? s : null, r.OwnerId is null,
            r.Internal, r.Verb is { } verb ? new ReplyAct(verb, r.Code) : null))];
    }

    /// <summary>Makes a reply out for a ticket: in its reporter's language if that is known, else in the caller's.</summary>
    public async Task<FilledReply> FillAsync(long id, string number, CancellationToken ct = default)
    {
        var actor = user.Actor;
        actor.DemandOffice();
        await using var db = await databases.CreateDbContextAsync(ct);
        var reply = await OfMine(db, user.PersonId).Living().FirstOrDefaultAsync(r => r.Id == id, ct) ?? throw new NotFound();
        var row = await RepairRow.From(db, db.RepairTickets.AsNoTracking().VisibleTo(actor).Where(t => t.Number == number)).FirstOrDefaultAsync(ct) ?? throw new NotFound();
        var reporter = await db.Users.Where(p => p.Id == row.ReporterId).Select(p => new { p.FullName, p.Language }).FirstOrDefaultAsync(ct);

        var wanted = reporter?.Language ?? Languages.Known(CultureInfo.CurrentUICulture.Name);
        var isChinese = (wanted == Languages.Chinese && reply.Text.Length > 0) || reply.TextEn.Length == 0;
        var language = CultureInfo.GetCultureInfo(isChinese ? Languages.Chinese : Languages.English);
        var facts = new ReplyFacts(
            reporter?.FullName ?? Words.GetString("Unknown.Reporter", language)!,
            row.Number,
            isChinese ? $"{row.Building.Zh} {row.Room.Zh}" : $"{In(row.Building)} {In(row.Room)}",
            office.Local(row.DueAt).ToString(Words.GetString("Format.Due", language), language),
            row.Technician ?? Words.GetString("Unknown.Technician", language)!,
            actor.Name);
        return new FilledReply(ReplyPlaceholders.Fill(isChinese ? reply.Text : reply.TextEn, facts), reply.Internal, reply.Verb is { } verb ? new ReplyAct(verb, reply.Code) : null);

        static string In(LocalName name) => name.En.Length > 0 ? name.En : name.Zh;
    }

    /// <summary>Keeps a new one: one's own, or a shared one by managers and administrators.</summary>
    public Task<long> CreateAsync(ReplyForm form, CancellationToken ct = default)
    {
        Rules.Demand(form);
        return WriteAsync(async (db, token) =>
        {
            var reply = new CannedReply(form.Shared ? null : user.PersonId);
            DemandKeeper(reply);
            Describe(reply, form);
            await DemandFreeShortcutAsync(db, reply, token);
            db.CannedReplies.Add(reply);
            await db.SaveChangesAsync(token);
            return reply.Id;
        }, ct);
    }

    /// <summary>Changes one. Refuses as Stale when it changed since the form was opened.</summary>
    public Task SaveAsync(long id, ReplyForm form, CancellationToken ct = default)
    {
        Rules.Demand(form);
        return ChangeAsync(id, async (db, reply, token) =>
        {
            if (reply.Version != form.Version) throw await StaleAsync(db, reply, token);
            Describe(reply, form);
            await DemandFreeShortcutAsync(db, reply, token);
        }, ct);
    }

    /// <summary>停用: offered no more, and kept.</summary>
    public Task RetireAsync(long id, CancellationToken ct = default) => ChangeAsync(id, (_, reply, _) =>
    {
        reply.Retire(user.PersonId, clock.GetUtcNow());
        return Task.CompletedTask;
    }, ct);

    /// <summary>恢复. Refuses when its shortcut belongs to another one by now.</summary>
    public Task RestoreAsync(long id, CancellationToken ct = default) => ChangeAsync(id, (db, reply, token) =>
    {
        reply.Restore();
        return DemandFreeShortcutAsync(db, reply, token);
    }, ct);

    private static IQueryable<CannedReply> OfMine(LogisticsDb db, long me) => db.CannedReplies.AsNoTracking().Where(r => r.OwnerId == null || r.OwnerId == me);

    private async Task<T> WriteAsync<T>(Func<LogisticsDb, CancellationToken, Task<T>> work, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.WriteAsync(token => work(db, token), ct);
    }

    private async Task ChangeAsync(long id, Func<LogisticsDb, CannedReply, CancellationToken, Task> change, CancellationToken ct) => await WriteAsync(async (db, token) =>
    {
        var reply = await db.CannedReplies.FirstOrDefaultAsync(r => r.Id == id, token) ?? throw new NotFound();
        DemandKeeper(reply);
        await change(db, reply, token);
        return true;
    }, ct);

    private void DemandKeeper(CannedReply reply)
    {
        var actor = user.Actor;
        actor.DemandOffice();
        if (reply.OwnerId is null && !actor.IsManagement) throw new Forbidden();
        if (reply.OwnerId is { } owner && owner != actor.PersonId) throw new NotFound();
    }

    private static void Describe(CannedReply reply, ReplyForm form) => reply.Describe(
        new LocalName(form.Name ?? "", form.NameEn ?? ""), new LocalName(form.Text ?? "", form.TextEn ?? ""), form.Shortcut, form.Internal, form.Act);

    private static async Task DemandFreeShortcutAsync(LogisticsDb db, CannedReply reply, CancellationToken ct)
    {
        if (reply.Shortcut is not { } shortcut) return;
        var other = await db.CannedReplies.Living().Where(r => r.OwnerId == reply.OwnerId && r.Shortcut == shortcut && r.Id != reply.Id)
            .Select(r => r.Name).FirstOrDefaultAsync(ct);
        if (other is not null) throw Rejected.At<RepliesText>(nameof(ReplyForm.Shortcut), "ShortcutTaken", shortcut, other);
    }

    private static async Task<Stale> StaleAsync(LogisticsDb db, CannedReply reply, CancellationToken ct) =>
        new Stale(await db.LastChangedByAsync<CannedReply>(reply.Id, ct), reply.Name);
}
