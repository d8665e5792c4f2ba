using System.Text.Json;
using LogisticsAdmin.Data;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;
using LogisticsAdmin.Spreadsheets.Reading;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Imports;

/// <summary>
/// Brings spreadsheets in: open, choose, check, commit, undo. Whoever may import a kind sees its batches; everybody else finds nothing. A
/// batch is one transaction: a cancel, a fault or a kill leaves nothing of it, and two never mix.
/// </summary>
public sealed class ImportService(
    IDbContextFactory<LogisticsDb> databases, IEnumerable<ImportKind> kinds, CurrentUser user, TimeProvider clock, ImportWords words,
    IncomingFiles incoming, ILogger<ImportService> log)
{
    public const string Topic = "imports";

    /// <summary>What the person may import.</summary>
    public IReadOnlyList<ImportKind> Kinds => [.. kinds.Where(k => k.MayImport(user.Actor))];

    /// <summary>Refuses as NotFound what does not exist or may not be imported by the person.</summary>
    public ImportKind KindOf(string key) => Kinds.FirstOrDefault(k => k.Key == key) ?? throw new NotFound();

    /// <summary>
    /// Takes an upload in and reads its first sheet that holds anything. Refuses as Rejected, with one clear reason, what is no workbook, is
    /// damaged, protected or too large.
    /// </summary>
    public async Task<ImportSession> OpenAsync(string kind, string fileName, Stream upload, CancellationToken ct = default)
    {
        var wanted = KindOf(kind);
        var content = await incoming.TakeAsync(upload, ct);
        try
        {
            var file = await Task.Run(() => SheetFile.Open(content, fileName, ct), ct);
            var session = new ImportSession(wanted, fileName, content, file);
            await ReadFirstAsync(session, ct);
            return session;
        }
        catch
        {
            await content.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads another sheet of the file.</summary>
    public async Task ReadAsync(ImportSession session, SheetInfo sheet, CancellationToken ct = default)
    {
        var table = await Task.Run(() => session.Load(sheet, ct), ct);
        var found = HeaderFinder.Find(table, session.Kind.Columns);
        session.Read(sheet, table, found);
        await using var db = await databases.CreateDbContextAsync(ct);
        var known = await session.Kind.ReadingsAsync(ct);
        var remembered = await db.ImportMappings.AsNoTracking()
            .Where(m => m.Kind == session.Kind.Key && m.Headers == found.Fingerprint).Select(m => new { m.Columns, m.Reading }).FirstOrDefaultAsync(ct);
        Offer(session, known, remembered?.Reading, isFirst: remembered is null);
        if (remembered is null) return;
        var keys = session.Kind.Columns.Select(c => c.Key).ToHashSet();
        var columns = JsonSerializer.Deserialize<Dictionary<string, int>>(remembered.Columns)!;
        session.Read(sheet, table, found.With(columns.Where(c => keys.Contains(c.Key)).ToDictionary()));
    }

    /// <summary>A reading from a file of its own, chosen from now on. Refuses as Rejected what is none; the session stays as it was.</summary>
    public async Task ReadByAsync(ImportSession session, Stream file, string fileName, CancellationToken ct = default)
    {
        Demand(session);
        using var content = new MemoryStream();
        await file.CopyToAsync(content, ct);
        session.ReadBy(session.Kind.ReadingOf(content.ToArray(), new LocalName(fileName, fileName)));
    }

    /// <summary>What was remembered for such a file comes first; else the one reading whose headers it has.</summary>
    private static void Offer(ImportSession session, IReadOnlyList<ImportReading> known, byte[]? remembered, bool isFirst)
    {
        ImportReading? chosen = null;
        try
        {
            if (remembered is not null) chosen = session.Kind.ReadingOf(remembered, LocalName.Of<ImportsText>("ReadingRemembered"));
        }
        catch (Rejected)
        {
            // Written by an older version that read otherwise: the file is offered as if it came for the first time.
        }
        session.Offer(known);
        if (chosen is not null) session.ReadBy(chosen);
        else if (isFirst && known.Where(session.Has).ToList() is [var only]) session.ReadBy(only);
    }

    /// <summary>The dry run: says of each row what the commit would do, and changes nothing.</summary>
    public async Task CheckAsync(ImportSession session, Action<int>? progress = null, CancellationToken ct = default)
    {
        Demand(session);
        await using var db = await databases.CreateDbContextAsync(ct);
        session.Verdicts = (await Task.Run(() => session.Kind.PlanAsync(db, session.Input(progress ?? (_ => { })), ct), ct)).Verdicts;
    }

    /// <summary>
    /// Stores the batch and returns its id. All or nothing, unless <paramref name="goodRowsOnly"/> leaves the refused ones out. Refuses when
    /// what is stored changed since the dry run so that a row would end otherwise: then the verdicts are the new ones.
    /// </summary>
    public async Task<long> CommitAsync(ImportSession session, bool goodRowsOnly, Action<int>? progress = null, CancellationToken ct = default)
    {
        Demand(session);
        if (session.Verdicts is not { } seen) throw Rejected.Because<ImportsText>("NotChecked");
        var input = session.Input(_ => { });
        var id = await Task.Run(async () =>
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            return await db.WriteAsync(async token =>
            {
                Demand(session);
                var plan = await session.Kind.PlanAsync(db, input, token);
                session.Verdicts = plan.Verdicts;
                if (!plan.Verdicts.Select(v => v.Outcome).SequenceEqual(seen.Select(v => v.Outcome))) throw Rejected.Because<ImportsText>("ChangedMeanwhile");
                var counts = ImportCounts.Of(plan.Verdicts);
                if (counts.Rejected > 0 && !goodRowsOnly) throw Rejected.Because<ImportsText>("HasRejected", counts.Rejected);
                if (counts.New + counts.Changed == 0) throw Rejected.Because<ImportsText>("NothingToDo");
                var batch = new ImportBatch(session.Kind.Key, session.FileName, session.Sheet.Name, user.Actor.PersonId, clock.GetUtcNow(), counts);
                db.ImportBatches.Add(batch);
                await db.SaveChangesAsync(token);
                var things = await plan.ApplyAsync(db, batch.Id, progress ?? (_ => { }), token);
                using var bulk = new BulkWriter(db);
                bulk.Add(things.Select(t => new ImportChange
                {
                    BatchId = batch.Id,
                    Row = t.Row,
                    ThingId = t.Id,
                    IsNew = t.IsNew,
                    ThingVersion = t.Version,
                    Before = t.Before,
                }), token);
                await RememberAsync(db, session, token);
                db.Announce(new KeyChanged(Topic, batch.Id));
                return batch.Id;
            }, ct);
        }, ct);
        log.Imported(session.Kind.Key, id, user.Unchecked?.PersonId);
        return id;
    }

    /// <summary>The newest batches of the kinds that are the reader's to import, narrowed.</summary>
    public async Task<IReadOnlyList<BatchRow>> BatchesAsync(BatchFilter? filter = null, int take = 100, CancellationToken ct = default)
    {
        var mine = Kinds.Where(k => filter?.Kind is null || k.Key == filter.Kind).ToDictionary(k => k.Key, k => k.Name);
        var keys = mine.Keys.ToList();
        var like = string.IsNullOrWhiteSpace(filter?.Text) ? null : LikePattern.Containing(filter.Text.Trim());
        await using var db = await databases.CreateDbContextAsync(ct);
        var rows = await (
            from b in db.ImportBatches.AsNoTracking()
            where keys.Contains(b.Kind)
            join p in db.Users on b.ById equals p.Id into importers
            from person in importers.DefaultIfEmpty()
            where like == null || EF.Functions.Like(b.FileName, like, LikePattern.Escape) || EF.Functions.Like(person.FullName, like, LikePattern.Escape)
            orderby b.Id descending
            join u in db.Users on b.UndoneById equals u.Id into undoers
            from undoer in undoers.DefaultIfEmpty()
            select new { Batch = b, By = person.FullName, UndoneBy = undoer.FullName }).Take(take).ToListAsync(ct);
        return [.. rows.Select(r => new BatchRow(r.Batch.Id, r.Batch.Kind, mine[r.Batch.Kind], r.Batch.FileName, r.Batch.Sheet, r.By, r.Batch.At,
            r.Batch.Counts, r.Batch.UndoneAt, r.UndoneBy, r.Batch.LeftAlone))];
    }

    /// <summary>
    /// Takes a whole batch back, also days later, except what was touched since: those are listed. Refuses a batch that was undone already.
    /// </summary>
    public async Task<UndoReport> UndoAsync(long batchId, CancellationToken ct = default)
    {
        var keys = Kinds.Select(k => k.Key).ToList();
        var report = await Task.Run(async () =>
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            return await db.WriteAsync(async token =>
            {
                var batch = await db.ImportBatches.FirstOrDefaultAsync(b => b.Id == batchId && keys.Contains(b.Kind), token) ?? throw new NotFound();
                if (batch.UndoneAt is not null) throw Rejected.Because<ImportsText>("AlreadyUndone", batch.FileName);
                var things = await db.ImportChanges.AsNoTracking().Where(c => c.BatchId == batchId).OrderBy(c => c.Id)
                    .Select(c => new ImportedThing(c.Row, c.ThingId, c.IsNew, c.ThingVersion, c.Before)).ToListAsync(token);
                var left = await KindOf(batch.Kind).UndoAsync(db, things, token);
                batch.Undo(clock.GetUtcNow(), user.Actor.PersonId, left.Count);
                db.Announce(new KeyChanged(Topic, batchId));
                return new UndoReport(things.Count - left.Count, left);
            }, ct);
        }, ct);
        log.Undone(batchId, report.LeftAlone.Count, user.Unchecked?.PersonId);
        return report;
    }

    /// <summary>The error workbook: the original rows and a column that says in the reader's words what is wrong with each.</summary>
    public Task WriteReasonsAsync(ImportSession session, Stream to, bool onlyRejected, CancellationToken ct = default)
    {
        Demand(session);
        var reasons = (session.Verdicts ?? []).Where(v => v.Outcome == ImportOutcome.Rejected)
            .ToDictionary(v => v.Row, v => words.Of(session.Kind, v.Problems));
        return ReasonsWorkbook.WriteAsync(to, session.Table, session.Header.Row, reasons, onlyRejected, ct);
    }

    private void Demand(ImportSession session)
    {
        if (!session.Kind.MayImport(user.Actor)) throw new Forbidden();
    }

    private async Task ReadFirstAsync(ImportSession session, CancellationToken ct)
    {
        Rejected? empty = null;
        foreach (var sheet in session.Sheets)
        {
            try
            {
                await ReadAsync(session, sheet, ct);
                return;
            }
            catch (Rejected refused) when (refused.Code == "SheetEmpty")
            {
                empty = refused;
            }
        }
        throw empty!;
    }

    private async Task RememberAsync(LogisticsDb db, ImportSession session, CancellationToken ct)
    {
        var mapping = await db.ImportMappings.FirstOrDefaultAsync(m => m.Kind == session.Kind.Key && m.Headers == session.Header.Fingerprint, ct);
        if (mapping is null) db.ImportMappings.Add(mapping = new ImportMapping(session.Kind.Key, session.Header.Fingerprint));
        mapping.Remember(JsonSerializer.Serialize(session.Header.Columns), session.Reading, clock.GetUtcNow());
    }
}
