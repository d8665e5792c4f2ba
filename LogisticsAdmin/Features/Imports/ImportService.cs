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
/// Imports spreadsheets: open, choose columns, check, commit, undo. A kind and its batches are visible to those who may import it. A batch
/// is one transaction: cancelling, an error or a killed process leaves nothing of it behind.
/// </summary>
public sealed class ImportService(
    IDbContextFactory<LogisticsDb> databases, IEnumerable<ImportKind> kinds, CurrentUser user, TimeProvider clock, ImportWords words,
    IncomingFiles incoming, ImportBatches batches, OfficeTime office, ILogger<ImportService> log)
{
    public const string Topic = "imports";

    // Instructions come first, then the list; a workbook with many sheets is rather something else.
    private const int MaxSheetsTried = 12;

    /// <summary>Kinds that the person may import.</summary>
    public IReadOnlyList<ImportKind> Kinds => [.. kinds.Where(k => k.MayImport(user.Actor))];

    /// <summary>Throws NotFound when the kind does not exist or the person may not import it.</summary>
    public ImportKind KindOf(string key) => Kinds.FirstOrDefault(k => k.Key == key) ?? throw new NotFound();

    /// <summary>
    /// Stores an upload and reads its first sheet with content. Throws Rejected with one reason when it is not a workbook, damaged,
    /// protected or too large.
    /// </summary>
    public async Task<ImportSession> OpenAsync(string kind, string fileName, Stream upload, CancellationToken ct = default)
    {
        var wanted = KindOf(kind);
        var content = await incoming.SaveAsync(upload, ct);
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
        var table = await Task.Run(() => session.ReadSheet(sheet, ct), ct);
        var found = HeaderFinder.Find(table, session.Kind.Columns);
        session.SetSheet(sheet, table, found);
        await using var db = await databases.CreateDbContextAsync(ct);
        var known = await session.Kind.MappingsAsync(ct);
        var remembered = await db.ImportMappings.AsNoTracking()
            .Where(m => m.Kind == session.Kind.Key && m.Headers == found.Fingerprint).Select(m => new { m.Columns, m.Reading }).FirstOrDefaultAsync(ct);
        OfferMappings(session, known, remembered?.Reading, isFirst: remembered is null);
        if (remembered is null) return;
        var keys = session.Kind.Columns.Select(c => c.Key).ToHashSet();
        var columns = JsonSerializer.Deserialize<Dictionary<string, int>>(remembered.Columns)!;
        session.SetSheet(sheet, table, found.With(columns.Where(c => keys.Contains(c.Key)).ToDictionary()));
    }

    /// <summary>Uses a mapping from an uploaded file. Throws Rejected when it is not a mapping; the session then stays unchanged.</summary>
    public async Task UseMappingAsync(ImportSession session, Stream file, string fileName, CancellationToken ct = default)
    {
        Demand(session);
        using var content = new MemoryStream();
        await file.CopyToAsync(content, ct);
        session.UseMapping(session.Kind.ParseMapping(content.ToArray(), new LocalName(fileName, fileName)));
    }

    /// <summary>Prefers the mapping remembered for files with these headers, then the only shipped mapping whose headers the file has.</summary>
    private static void OfferMappings(ImportSession session, IReadOnlyList<FileMapping> known, byte[]? remembered, bool isFirst)
    {
        FileMapping? chosen = null;
        try
        {
            if (remembered is not null) chosen = session.Kind.ParseMapping(remembered, LocalName.Of<ImportsText>("ReadingRemembered"));
        }
        catch (Rejected)
        {
            // Saved by an older version in a form that is no longer understood: continue as with an unknown file.
        }
        session.SetMappings(known);
        if (chosen is not null) session.UseMapping(chosen);
        else if (isFirst && known.Where(session.HasHeadersOf).ToList() is [var only]) session.UseMapping(only);
    }

    /// <summary>The dry run: determines the outcome of each row without changing anything.</summary>
    public async Task CheckAsync(ImportSession session, Action<int>? progress = null, CancellationToken ct = default)
    {
        Demand(session);
        await using var db = await databases.CreateDbContextAsync(ct);
        session.Verdicts = (await Task.Run(() => session.Kind.PlanAsync(db, session.Input(progress ?? (_ => { })), ct), ct)).Verdicts;
    }

    /// <summary>
    /// Stores the batch and returns its id: all rows or, with <paramref name="goodRowsOnly"/>, all but the rejected ones. Refuses when the
    /// database changed since the dry run so that a row has another outcome; the session then has the new verdicts.
    /// </summary>
    public async Task<long> CommitAsync(ImportSession session, bool goodRowsOnly, Action<int>? progress = null, CancellationToken ct = default)
    {
        Demand(session);
        if (session.Verdicts is not { } seen) throw Rejected.Because<ImportsText>("NotChecked");
        var input = session.Input(_ => { });
        var id = await Task.Run(async () =>
        {
            var kept = KeptRows.Of(seen, session.Table, session.Header.Row);
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
                var batchId = await batches.AddAsync(db, session.Kind.Key, session.FileName, session.Sheet.Name, kept, counts, token);
                batches.AddChanges(db, batchId, await plan.ApplyAsync(db, batchId, progress ?? (_ => { }), token), token);
                await SaveMappingAsync(db, session, token);
                return batchId;
            }, ct);
        }, ct);
        log.Imported(session.Kind.Key, id, user.ActorOrNull?.PersonId);
        return id;
    }

    /// <summary>The newest batches that match the filter, of the kinds that the person may import.</summary>
    public async Task<IReadOnlyList<BatchRow>> BatchesAsync(BatchFilter? filter = null, int take = 100, CancellationToken ct = default)
    {
        var mine = Kinds.Where(k => filter?.Kind is null || k.Key == filter.Kind).ToDictionary(k => k.Key, k => k.Name);
        var keys = mine.Keys.ToList();
        var like = string.IsNullOrWhiteSpace(filter?.Text) ? null : LikePattern.Containing(filter.Text.Trim());
        var only = filter?.Id;
        await using var db = await databases.CreateDbContextAsync(ct);
        var rows = await (
            from b in db.ImportBatches.AsNoTracking()
            where keys.Contains(b.Kind) && (only == null || b.Id == only)
            join p in db.Users on b.ById equals p.Id into importers
            from person in importers.DefaultIfEmpty()
            where like == null || EF.Functions.Like(b.FileName, like, LikePattern.Escape) || EF.Functions.Like(person.FullName, like, LikePattern.Escape)
            orderby b.Id descending
            join u in db.Users on b.UndoneById equals u.Id into undoers
            from undoer in undoers.DefaultIfEmpty()
            select new { Batch = b, By = person.FullName, UndoneBy = undoer.FullName }).Take(take).ToListAsync(ct);
        return [.. rows.Select(r => new BatchRow(r.Batch.Id, r.Batch.Kind, mine[r.Batch.Kind], r.Batch.FileName, r.Batch.Sheet, r.By, r.Batch.At,
            r.Batch.Counts, r.Batch.UndoneAt, r.UndoneBy, r.Batch.LeftAlone, r.Batch.RowsRemovedAt))];
    }

    /// <summary>One batch with its rows. Throws NotFound for one of a kind that the person may not import.</summary>
    public async Task<BatchDetail> BatchAsync(long batchId, CancellationToken ct = default)
    {
        var (batch, record) = await RecordAsync(batchId, ct);
        return new BatchDetail(batch, record is null ? null : KeptRows.Read(record.Verdicts), record?.LeftOut ?? 0, record?.Refused is not null);
    }

    /// <summary>Writes the refused rows of a batch with their reasons, as they could be downloaded before it was imported.</summary>
    public async Task WriteReasonsAsync(long batchId, Stream to, CancellationToken ct = default)
    {
        var (batch, record) = await RecordAsync(batchId, ct);
        if (record?.Refused is null) throw new NotFound();
        var (table, header) = KeptRows.ReadRefused(record.Refused);
        var reasons = ReasonsOf(KindOf(batch.Kind), KeptRows.Read(record.Verdicts));
        await ReasonsWorkbook.WriteAsync(to, table, header, reasons, onlyRejected: true, ct);
    }

    /// <summary>Writes all rows of the dry run with their outcomes, changes and problems.</summary>
    public Task WriteRowsAsync(ImportSession session, Stream to, ExportFormat format, CancellationToken ct = default)
    {
        Demand(session);
        return new ExportWriter(office).WriteAsync(
            to, format, session.Kind.Name.ToString(), words.Columns(session.Kind), (session.Verdicts ?? []).ToAsyncEnumerable(), ct);
    }

    private async Task<(BatchRow Batch, ImportRecord? Record)> RecordAsync(long batchId, CancellationToken ct)
    {
        var batch = (await BatchesAsync(new BatchFilter { Id = batchId }, 1, ct)) is [var found] ? found : throw new NotFound();
        await using var db = await databases.CreateDbContextAsync(ct);
        return (batch, await db.ImportRecords.AsNoTracking().FirstOrDefaultAsync(r => r.BatchId == batchId, ct));
    }

    private Dictionary<int, string> ReasonsOf(ImportKind kind, IEnumerable<RowVerdict> verdicts) =>
        verdicts.Where(v => v.Outcome == ImportOutcome.Rejected).ToDictionary(v => v.Row, v => words.Of(kind, v.Problems));

    /// <summary>
    /// Undoes a whole batch, even days later, except for things that were changed since; those are listed. Refuses a batch that is already
    /// undone.
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
                batch.Undo(clock.GetUtcNow(), user.Actor.PersonId);
                // Saved first, so that the act is told by it.
                await db.SaveChangesAsync(token);
                var entities = await db.ImportChanges.AsNoTracking().Where(c => c.BatchId == batchId).OrderBy(c => c.Id)
                    .Select(c => new ImportedEntity(c.Row, c.ThingId, c.IsNew, c.ThingVersion, c.Before)).ToListAsync(token);
                var left = await KindOf(batch.Kind).UndoAsync(db, entities, token);
                batch.LeaveAlone(left.Count);
                db.Announce(new KeyChanged(Topic, batchId));
                return new UndoReport(entities.Count - left.Count, left);
            }, ct);
        }, ct);
        log.Undone(batchId, report.Skipped.Count, user.ActorOrNull?.PersonId);
        return report;
    }

    /// <summary>Writes the uploaded rows with a column that says in the reader's language what is wrong with each.</summary>
    public Task WriteReasonsAsync(ImportSession session, Stream to, bool onlyRejected, CancellationToken ct = default)
    {
        Demand(session);
        var reasons = ReasonsOf(session.Kind, session.Verdicts ?? []);
        return ReasonsWorkbook.WriteAsync(to, session.Table, session.Header.Row, reasons, onlyRejected, ct);
    }

    private void Demand(ImportSession session)
    {
        if (!session.Kind.MayImport(user.Actor)) throw new Forbidden();
    }

    /// <summary>Reads the first sheet that has all required columns, otherwise the first one with content.</summary>
    private async Task ReadFirstAsync(ImportSession session, CancellationToken ct)
    {
        Rejected? empty = null;
        SheetInfo? first = null;
        foreach (var sheet in session.Sheets.Take(MaxSheetsTried))
        {
            if (sheet.IsHidden && first is not null) break;
            try
            {
                await ReadAsync(session, sheet, ct);
                if (session.IsComplete) return;
                first ??= sheet;
            }
            catch (Rejected refused) when (refused.Code == "SheetEmpty")
            {
                empty = refused;
            }
        }
        if (first is null) throw empty!;
        if (session.Sheet != first) await ReadAsync(session, first, ct);
    }

    private async Task SaveMappingAsync(LogisticsDb db, ImportSession session, CancellationToken ct)
    {
        var mapping = await db.ImportMappings.FirstOrDefaultAsync(m => m.Kind == session.Kind.Key && m.Headers == session.Header.Fingerprint, ct);
        if (mapping is null) db.ImportMappings.Add(mapping = new ImportMapping(session.Kind.Key, session.Header.Fingerprint));
        mapping.Update(JsonSerializer.Serialize(session.Header.Columns), session.Mapping, clock.GetUtcNow());
    }
}
