using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Imports;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Operations.Retention;

/// <summary>Which rows of each kind are older than a cutoff, and how a batch of them is removed.</summary>
internal static class RetainedData
{
    internal const int Rows = 500, PeopleAtOnce = 10, ChangesAtOnce = 2_000;

    public static Task<int> CountAsync(LogisticsDb db, RetentionKind kind, DateTimeOffset cutoff, CancellationToken ct) =>
        Ids(db, kind, cutoff).CountAsync(ct);

    /// <summary>The next batch. Read before the write: finding it may take longer than removing it.</summary>
    public static Task<List<long>> NextAsync(LogisticsDb db, RetentionKind kind, DateTimeOffset cutoff, CancellationToken ct) =>
        Ids(db, kind, cutoff).Order().Take(kind switch
        {
            RetentionKind.ImportRows => 1,
            RetentionKind.People => PeopleAtOnce,
            _ => Rows,
        }).ToListAsync(ct);

    /// <summary>Removes those of a batch that are still due, inside a write, and returns how many.</summary>
    public static async Task<int> RemoveAsync(
        LogisticsDb db, RetentionKind kind, DateTimeOffset cutoff, List<long> batch, DateTimeOffset now, CancellationToken ct)
    {
        switch (kind)
        {
            case RetentionKind.Inbox:
                var messages = Inbox(db, cutoff).Where(i => batch.Contains(i.Id));
                var readers = await messages.Where(i => i.ReadAt == null).Select(i => i.PersonId).Distinct().ToListAsync(ct);
                foreach (var reader in readers) db.Announce(new KeyChanged(InboxService.Topic, reader));
                return await BulkWriter.RemoveAsync(db, messages, ct);
            case RetentionKind.SignIns:
                return await BulkWriter.RemoveAsync(db, SignIns(db, cutoff).Where(s => batch.Contains(s.Id)), ct);
            case RetentionKind.Audit:
                return await BulkWriter.RemoveAsync(db, Audit(db, cutoff).Where(a => batch.Contains(a.Id)), ct);
            case RetentionKind.ImportRows:
                return await RemoveRowsAsync(db, await ImportBatches(db, cutoff).FirstOrDefaultAsync(b => batch.Contains(b.Id), ct), now, ct);
            default:
                var people = await FormerPeople.Due(db, cutoff).Where(p => batch.Contains(p.Id)).Include(p => p.SignInNames).ToListAsync(ct);
                foreach (var person in people) await FormerPeople.AnonymiseAsync(db, person, now, ct);
                return people.Count;
        }
    }

    private static IQueryable<long> Ids(LogisticsDb db, RetentionKind kind, DateTimeOffset cutoff) => kind switch
    {
        RetentionKind.Inbox => Inbox(db, cutoff).Select(i => i.Id),
        RetentionKind.SignIns => SignIns(db, cutoff).Select(s => s.Id),
        RetentionKind.ImportRows => ImportBatches(db, cutoff).Select(b => b.Id),
        RetentionKind.Audit => Audit(db, cutoff).Select(a => a.Id),
        _ => FormerPeople.Due(db, cutoff).Select(p => p.Id),
    };

    private static IQueryable<InboxItem> Inbox(LogisticsDb db, DateTimeOffset cutoff) => db.Inbox.Where(i => i.At < cutoff);

    /// <summary>The record of a session that is still open is kept with it.</summary>
    private static IQueryable<SignInRecord> SignIns(LogisticsDb db, DateTimeOffset cutoff)
    {
        var sessions = db.Set<Session>();
        return db.Set<SignInRecord>().Where(r => r.At < cutoff && !sessions.Any(s => s.PersonId == r.PersonId && s.StartedAt == r.At));
    }

    private static IQueryable<AuditEntry> Audit(LogisticsDb db, DateTimeOffset cutoff) => db.Audit.Where(a => a.At < cutoff);

    /// <summary>Also batches whose rows are removed only in part.</summary>
    private static IQueryable<ImportBatch> ImportBatches(LogisticsDb db, DateTimeOffset cutoff)
    {
        var changes = db.ImportChanges;
        return db.ImportBatches.Where(b => b.At < cutoff && (b.RowsRemovedAt == null || changes.Any(c => c.BatchId == b.Id)));
    }

    /// <summary>A large import takes several batches; it counts with the last one, and can't be undone from the first one on.</summary>
    private static async Task<int> RemoveRowsAsync(LogisticsDb db, ImportBatch? batch, DateTimeOffset now, CancellationToken ct)
    {
        if (batch is null) return 0;
        batch.RemoveRows(now);
        await BulkWriter.RemoveAsync(db, db.ImportRecords.Where(r => r.BatchId == batch.Id), ct);
        var next = await db.ImportChanges.Where(c => c.BatchId == batch.Id).OrderBy(c => c.Id).Select(c => c.Id).Take(ChangesAtOnce).ToListAsync(ct);
        await BulkWriter.RemoveAsync(db, db.ImportChanges.Where(c => next.Contains(c.Id)), ct);
        db.Announce(new KeyChanged(ImportService.Topic, batch.Id));
        return next.Count < ChangesAtOnce ? 1 : 0;
    }
}
