using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Replies;

/// <summary>
/// The office's canned replies. Everybody of the office has personal ones; shared ones are offered to all and changed by managers and
/// administrators. Other people's personal replies are never found.
/// </summary>
public sealed class ReplyService(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, OfficeTime office,
    IMacroActions actions, IEnumerable<IReplySubjects> subjects)
{
    private readonly ReplyFormValidator _rules = new(actions);

    /// <summary>Own and shared replies to edit, either those in use or the retired ones, by name.</summary>
    public async Task<IReadOnlyList<ReplyRow>> ListAsync(ReplyFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        var (me, isManagement) = (user.PersonId, user.Actor.IsManagement);
        await using var db = await databases.CreateDbContextAsync(ct);
        var rows = await OwnAndShared(db, me).Where(r => (r.RetiredAt != null) == filter.Retired)
            .OrderBy(r => r.OwnerId == null).ThenBy(r => r.Name).ThenBy(r => r.Id)
            .Select(r => new ReplyRow(r.Id, r.Version, r.OwnerId == null, r.Name, r.NameEn, r.Text, r.TextEn,
                r.Shortcut, r.Internal, r.Verb, r.Code, r.RetiredAt)
            {
                MayChange = r.OwnerId == me || isManagement,
            }).ToListAsync(ct);
        var wanted = CleanText.Clean(filter.Text).TrimStart('/');
        return [.. rows.Where(r => new[] { r.Name, r.NameEn, r.Text, r.TextEn, r.Shortcut }
            .Any(t => t?.Contains(wanted, StringComparison.OrdinalIgnoreCase) == true))];
    }

    /// <summary>Replies to choose from, one's own first. A personal shortcut hides the same shortcut of a shared reply.</summary>
    public async Task<IReadOnlyList<ReplyOffer>> OffersAsync(CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        var me = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        var rows = await OwnAndShared(db, me).Living().OrderBy(r => r.OwnerId == null).ThenBy(r => r.Name).ThenBy(r => r.Id)
            .Select(r => new { r.Id, r.OwnerId, r.Name, r.NameEn, r.Shortcut, r.Internal, r.Verb, r.Code }).ToListAsync(ct);
        HashSet<string> taken = [];
        return [.. rows.Select(r => new ReplyOffer(r.Id, new LocalName(r.Name, r.NameEn), r.Shortcut is { } s && taken.Add(s) ? s : null, r.OwnerId is null,
            r.Internal, r.Verb is { } verb ? new MacroAction(verb, r.Code) : null))];
    }

    /// <summary>Fills a reply's placeholders for the work with this number, in its reporter's language if known, otherwise in the caller's.</summary>
    public async Task<FilledReply> FillAsync(long id, string number, CancellationToken ct = default)
    {
        var actor = user.Actor;
        actor.DemandOffice();
        await using var db = await databases.CreateDbContextAsync(ct);
        var reply = await OwnAndShared(db, user.PersonId).Living().FirstOrDefaultAsync(r => r.Id == id, ct) ?? throw new NotFound();
        var subject = await FindSubjectAsync(number, ct) ?? throw new NotFound();

        var wanted = subject.Language ?? Languages.Known(CultureInfo.CurrentUICulture.Name);
        var isChinese = IsChinese(reply, wanted);
        var language = CultureInfo.GetCultureInfo(isChinese ? Languages.Chinese : Languages.English);
        var facts = ReplyFacts.Of(subject, language, actor.Name, office);
        return new FilledReply(ReplyPlaceholders.Fill(isChinese ? reply.Text : reply.TextEn, facts), reply.Internal, ActionOf(reply));
    }

    /// <summary>A reply in the caller's language with its placeholders, for a text that is filled for each of many pieces of work.</summary>
    public async Task<FilledReply> UnfilledAsync(long id, CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        await using var db = await databases.CreateDbContextAsync(ct);
        var reply = await OwnAndShared(db, user.PersonId).Living().FirstOrDefaultAsync(r => r.Id == id, ct) ?? throw new NotFound();
        var isChinese = IsChinese(reply, Languages.Known(CultureInfo.CurrentUICulture.Name));
        return new FilledReply(isChinese ? reply.Text : reply.TextEn, reply.Internal, ActionOf(reply));
    }

    private static bool IsChinese(CannedReply reply, string? wanted) => (wanted == Languages.Chinese && reply.Text.Length > 0) || reply.TextEn.Length == 0;

    private static MacroAction? ActionOf(CannedReply reply) => reply.Verb is { } verb ? new MacroAction(verb, reply.Code) : null;

    /// <summary>Adds a personal reply, or a shared one, which only managers and administrators may.</summary>
    public Task<long> CreateAsync(ReplyForm form, CancellationToken ct = default)
    {
        _rules.Demand(form);
        return WriteAsync(async (db, token) =>
        {
            var reply = new CannedReply(form.Shared ? null : user.PersonId);
            DemandMayChange(reply);
            Describe(reply, form);
            await DemandFreeShortcutAsync(db, reply, token);
            db.CannedReplies.Add(reply);
            await db.SaveChangesAsync(token);
            return reply.Id;
        }, ct);
    }

    /// <summary>Changes a reply. Refuses as Stale when it changed since the form was opened.</summary>
    public Task SaveAsync(long id, ReplyForm form, CancellationToken ct = default)
    {
        _rules.Demand(form);
        return ChangeAsync(id, async (db, reply, token) =>
        {
            if (reply.Version != form.Version) throw await StaleAsync(db, reply, token);
            Describe(reply, form);
            await DemandFreeShortcutAsync(db, reply, token);
        }, ct);
    }

    /// <summary>停用: no longer offered, and kept.</summary>
    public Task RetireAsync(long id, CancellationToken ct = default) => ChangeAsync(id, (_, reply, _) =>
    {
        reply.Retire(user.PersonId, clock.GetUtcNow());
        return Task.CompletedTask;
    }, ct);

    /// <summary>恢复: refused when another reply has its shortcut by now.</summary>
    public Task RestoreAsync(long id, CancellationToken ct = default) => ChangeAsync(id, (db, reply, token) =>
    {
        reply.Restore();
        return DemandFreeShortcutAsync(db, reply, token);
    }, ct);

    private static IQueryable<CannedReply> OwnAndShared(LogisticsDb db, long me) =>
        db.CannedReplies.AsNoTracking().Where(r => r.OwnerId == null || r.OwnerId == me);

    private async Task<ReplySubject?> FindSubjectAsync(string number, CancellationToken ct)
    {
        foreach (var slice in subjects)
            if (await slice.FindAsync(number, ct) is { } subject) return subject;
        return null;
    }

    private async Task<T> WriteAsync<T>(Func<LogisticsDb, CancellationToken, Task<T>> work, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.WriteAsync(token => work(db, token), ct);
    }

    private async Task ChangeAsync(long id, Func<LogisticsDb, CannedReply, CancellationToken, Task> change, CancellationToken ct) =>
        await WriteAsync(async (db, token) =>
        {
            var reply = await db.CannedReplies.FirstOrDefaultAsync(r => r.Id == id, token) ?? throw new NotFound();
            DemandMayChange(reply);
            await change(db, reply, token);
            return true;
        }, ct);

    private void DemandMayChange(CannedReply reply)
    {
        var actor = user.Actor;
        actor.DemandOffice();
        if (reply.OwnerId is null && !actor.IsManagement) throw new Forbidden();
        if (reply.OwnerId is { } owner && owner != actor.PersonId) throw new NotFound();
    }

    private static void Describe(CannedReply reply, ReplyForm form) => reply.Describe(
        new LocalName(form.Name ?? "", form.NameEn ?? ""), new LocalName(form.Text ?? "", form.TextEn ?? ""), form.Shortcut, form.Internal, form.Action);

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
