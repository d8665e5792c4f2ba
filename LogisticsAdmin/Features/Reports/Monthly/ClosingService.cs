using LogisticsAdmin.Data;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Reports.Monthly;

/// <summary>Closes and reopens months, and keeps what people write in a report, for managers and administrators.</summary>
public sealed class ClosingService(IDbContextFactory<LogisticsDb> databases, CurrentUser user, ReportReader reader, OfficeTime office)
{
    /// <summary>Stores the month's report as it is now. Refuses a month that is not over, and one that somebody has closed meanwhile.</summary>
    /// <returns>The id of the closing.</returns>
    public async Task<long> CloseAsync(ReportPeriod month, CancellationToken ct = default)
    {
        DemandMonth(month);
        if (month.Until > office.Today) throw Rejected.Because<ReportsText>("MonthNotOver");
        // Read and packed before the write, because nobody else can write meanwhile.
        var content = await reader.ReadLiveAsync(month, ct);
        while (true)
        {
            var packed = ClosedContent.Write(content);
            await using var db = await databases.CreateDbContextAsync(ct);
            var closed = await db.WriteAsync(token => StoreAsync(db, month, content, packed, token), ct);
            if (closed.Id is { } id) return id;
            content = closed.Content;
        }
    }

    /// <summary>Stores the closing; if comments or number were changed since the content was read, returns the content with them instead.</summary>
    private async Task<(long? Id, ReportContent Content)> StoreAsync(
        LogisticsDb db, ReportPeriod month, ReportContent content, (byte[] Bytes, string Hash) packed, CancellationToken ct)
    {
        user.Actor.DemandReports();
        var by = await (from c in db.Set<ReportClosing>()
                        where c.Month == month.From && c.ReopenedAt == null
                        join p in db.Users on c.ClosedById equals p.Id
                        select p.FullName).FirstOrDefaultAsync(ct);
        if (by is not null) throw Rejected.Because<ReportsText>("AlreadyClosed", by);
        var comments = await db.Set<ReportComment>().AsNoTracking().Where(c => c.Month == month.From && c.Text != "")
            .ToDictionaryAsync(c => c.Place, c => c.Text, ct);
        var number = await db.Set<ReportMonth>().AsNoTracking().Where(m => m.Month == month.From).Select(m => m.DocumentNumber).FirstOrDefaultAsync(ct) ?? "";
        if (number != content.DocumentNumber || comments.Count != content.Comments.Count || comments.Except(content.Comments).Any())
            return (null, content with { Comments = comments, DocumentNumber = number });
        var last = await db.Set<ReportClosing>().Where(c => c.Month == month.From).MaxAsync(c => (int?)c.Number, ct) ?? 0;
        var closing = new ReportClosing(month.From, last + 1, packed.Bytes, packed.Hash, user.PersonId, office.Now);
        db.Add(closing);
        db.Announce(new KeyChanged(ReportsTopics.Months, month.From.DayNumber));
        await db.SaveChangesAsync(ct);
        return (closing.Id, content);
    }

    /// <summary>Opens a closed month again; its closing is kept with the reason.</summary>
    public async Task ReopenAsync(ReopenForm form, CancellationToken ct = default)
    {
        DemandMonth(form.Month);
        ReopenFormValidator.Rules.Demand(form);
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            user.Actor.DemandReports();
            var closing = await db.Set<ReportClosing>().SingleOrDefaultAsync(c => c.Month == form.Month.From && c.ReopenedAt == null, token)
                ?? throw Rejected.Because<ReportsText>("NotClosed");
            closing.Reopen(form.Reason!, user.PersonId, office.Now);
            db.Announce(new KeyChanged(ReportsTopics.Months, form.Month.From.DayNumber));
        }, ct);
    }

    /// <summary>
    /// Stores what was typed at a place of an open month, and returns the new version. Refuses as Stale what somebody else changed meanwhile.
    /// </summary>
    public async Task<long> SaveCommentAsync(ReportPeriod month, CommentForm form, CancellationToken ct = default)
    {
        DemandMonth(month);
        CommentFormValidator.Rules.Demand(form);
        await using var db = await databases.CreateDbContextAsync(ct);
        var comment = await db.WriteAsync(async token =>
        {
            user.Actor.DemandReports();
            await DemandOpenAsync(db, month, token);
            var stored = await db.Set<ReportComment>().SingleOrDefaultAsync(c => c.Month == month.From && c.Place == form.Place, token);
            if ((stored?.Version ?? 0) != form.Version)
            {
                var writer = stored?.WrittenById;
                throw new Stale(await db.Users.Where(p => p.Id == writer).Select(p => p.FullName).FirstOrDefaultAsync(token), null);
            }
            if (stored is null) db.Add(stored = new ReportComment(month.From, form.Place));
            stored.Write(form.Text ?? "", user.PersonId, office.Now);
            db.Announce(new KeyChanged(ReportsTopics.Comments, month.From.DayNumber));
            return stored;
        }, ct);
        return comment.Version;
    }

    /// <summary>Sets the number that the document bears; empty for none.</summary>
    public async Task SetDocumentNumberAsync(NumberForm form, CancellationToken ct = default)
    {
        DemandMonth(form.Month);
        NumberFormValidator.Rules.Demand(form);
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            user.Actor.DemandReports();
            await DemandOpenAsync(db, form.Month, token);
            var stored = await db.Set<ReportMonth>().SingleOrDefaultAsync(m => m.Month == form.Month.From, token);
            if (stored is null) db.Add(stored = new ReportMonth(form.Month.From));
            stored.SetDocumentNumber(form.Number ?? "");
            db.Announce(new KeyChanged(ReportsTopics.Months, form.Month.From.DayNumber));
        }, ct);
    }

    private void DemandMonth(ReportPeriod month)
    {
        user.Actor.DemandReports();
        if (month.Kind != PeriodKind.Month || month.From > office.Today) throw new NotFound();
    }

    private static async Task DemandOpenAsync(LogisticsDb db, ReportPeriod month, CancellationToken ct)
    {
        if (await db.Set<ReportClosing>().AnyAsync(c => c.Month == month.From && c.ReopenedAt == null, ct))
            throw Rejected.Because<ReportsText>("MonthClosed");
    }
}
