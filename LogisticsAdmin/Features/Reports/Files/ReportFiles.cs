using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Reports.Figures;
using LogisticsAdmin.Features.Reports.Monthly;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Reports.Files;

/// <summary>
/// Documents of months, for managers and administrators; to everybody else they are not found. A document of a closed month is written once
/// for each kind and language, and answered byte for byte from then on; drafts are made anew each time.
/// </summary>
public sealed class ReportFiles(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, ReportReader reader, ReportFileWriter writer, ReportFileRunner runner,
    FigureFormat format, IStringLocalizer<FilesText> words, OfficeTime office)
{
    /// <summary>
    /// Requests a document, which is written in the background, and returns its id. Of a closed month, that of the one that exists or is being
    /// written already. A new draft replaces the earlier ones of the same kind that the person had.
    /// </summary>
    /// <exception cref="NotFound">Also for a month that has not begun.</exception>
    public async Task<long> RequestAsync(ReportPeriod month, ReportFileKind kind, string language, CancellationToken ct = default)
    {
        DemandMonth(month);
        var spoken = Languages.Known(language);
        await using var db = await databases.CreateDbContextAsync(ct);
        var file = await db.WriteAsync(async token =>
        {
            user.Actor.DemandReports();
            var closing = await InForceAsync(db, month, token);
            if (await FindAsync(db, month, closing, kind, spoken, token) is { } same) return same;
            db.RemoveRange(await OutdatedAsync(db, closing, kind, spoken, token));
            var added = new ReportFile(month, closing, kind, spoken, user.PersonId, office.Now);
            db.Add(added);
            await db.SaveChangesAsync(token);
            db.Announce(new KeyChanged(ReportsTopics.Files, added.Id));
            return added;
        }, ct);
        if (file.State is ReportFileState.Waiting or ReportFileState.Writing) runner.Start(file.Id);
        return file.Id;
    }

    /// <summary>The documents of a month as it stands: those of its closing, or the reader's own drafts; the newest first.</summary>
    public async Task<IReadOnlyList<ReportFileRow>> OfMonthAsync(ReportPeriod month, CancellationToken ct = default)
    {
        DemandMonth(month);
        var (me, name) = (user.PersonId, month.ToString());
        await using var db = await databases.CreateDbContextAsync(ct);
        var closing = await InForceAsync(db, month, ct);
        var files = await db.Set<ReportFile>().AsNoTracking()
            .Where(f => f.Period == name && f.ClosingId == closing && (closing != null || f.RequestedById == me))
            .OrderByDescending(f => f.Id)
            .Select(f => new ReportFileRow(f.Id, f.Kind, f.Language, f.State, f.Size, f.RequestedAt, f.Fault, null, f.RequestedById == me))
            .ToListAsync(ct);
        return files.ConvertAll(f => f.IsInWork ? f with { Progress = runner.ProgressOf(f.Id) ?? 0 } : f);
    }

    /// <summary>Ends the work on a document that the person has requested; one that has ended already stays as it is.</summary>
    public async Task CancelAsync(long id, CancellationToken ct = default)
    {
        user.Actor.DemandReports();
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            user.Actor.DemandReports();
            var file = await db.Set<ReportFile>().SingleOrDefaultAsync(f => f.Id == id, token);
            if (file is null || file.RequestedById != user.PersonId) throw new NotFound();
            if (file.State is not (ReportFileState.Waiting or ReportFileState.Writing)) return;
            file.Cancel(office.Now);
            db.Announce(new KeyChanged(ReportsTopics.Files, id));
        }, ct);
        runner.Stop(id);
    }

    /// <summary>A document that was written.</summary>
    /// <exception cref="NotFound">Also for one that is not ready.</exception>
    public async Task<ReportDownload> DownloadAsync(long id, CancellationToken ct = default)
    {
        user.Actor.DemandReports();
        await using var db = await databases.CreateDbContextAsync(ct);
        var file = await db.Set<ReportFile>().AsNoTracking().Include(f => f.Content).SingleOrDefaultAsync(f => f.Id == id, ct);
        return file is { State: ReportFileState.Ready, Content: { } content } ? DownloadOf(file, content.Bytes) : throw new NotFound();
    }

    /// <summary>
    /// The document of a month as it stands: of a closed month the stored one, which is written and stored now if nobody has asked for it yet;
    /// of an open month a draft that is not stored.
    /// </summary>
    public async Task<ReportDownload> AsItStandsAsync(ReportPeriod month, ReportFileKind kind, string language, CancellationToken ct = default)
    {
        DemandMonth(month);
        var spoken = Languages.Known(language);
        if (await StoredAsync(month, kind, spoken, ct) is { } stored) return stored;
        return await runner.InTurnAsync(
            async () =>
            {
                // Somebody may have written it while this request waited.
                if (await StoredAsync(month, kind, spoken, ct) is { } meanwhile) return meanwhile;
                var (content, closing) = await reader.ReadAsync(month, ct);
                var bytes = await writer.WriteAsync(new ReportSource(content, closing), kind, spoken, null, ct);
                return closing is null
                    ? new ReportDownload(bytes, kind, NameOf(month, kind, isDraft: true, spoken), PlainNameOf(month, kind), null)
                    : await StoreAsync(month, closing.Id, kind, spoken, bytes, ct);
            },
            ct);
    }

    private async Task<ReportDownload?> StoredAsync(ReportPeriod month, ReportFileKind kind, string language, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await InForceAsync(db, month, ct) is not { } closing) return null;
        var file = await Of(db, closing, kind, language).AsNoTracking().Include(f => f.Content)
            .FirstOrDefaultAsync(f => f.State == ReportFileState.Ready, ct);
        return file?.Content is { } content ? DownloadOf(file, content.Bytes) : null;
    }

    private async Task<ReportDownload> StoreAsync(
        ReportPeriod month, long closing, ReportFileKind kind, string language, byte[] bytes, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var (file, stored) = await db.WriteAsync(async token =>
        {
            user.Actor.DemandReports();
            var known = await FindAsync(db, month, closing, kind, language, token);
            if (known is { State: ReportFileState.Ready })
            {
                await db.Entry(known).Reference(f => f.Content).LoadAsync(token);
                return (known, known.Content!.Bytes);
            }
            // One that is being written in the background becomes this one, so that there are never two.
            if (known is null) db.Add(known = new ReportFile(month, closing, kind, language, user.PersonId, office.Now));
            known.Finish(bytes, office.Now);
            await db.SaveChangesAsync(token);
            db.Announce(new KeyChanged(ReportsTopics.Files, known.Id));
            return (known, bytes);
        }, ct);
        runner.Stop(file.Id);
        return DownloadOf(file, stored);
    }

    private void DemandMonth(ReportPeriod month)
    {
        user.Actor.DemandReports();
        if (month.Kind != PeriodKind.Month || month.From > office.Today) throw new NotFound();
    }

    /// <summary>The file that a further request gets: written or in work for the closing, or the person's own draft in work.</summary>
    private async Task<ReportFile?> FindAsync(
        LogisticsDb db, ReportPeriod month, long? closing, ReportFileKind kind, string language, CancellationToken ct)
    {
        if (closing is not null)
        {
            return await Of(db, closing, kind, language).OrderByDescending(f => f.State).ThenBy(f => f.Id).FirstOrDefaultAsync(
                f => f.State == ReportFileState.Ready || f.State == ReportFileState.Waiting || f.State == ReportFileState.Writing, ct);
        }
        var (me, name) = (user.PersonId, month.ToString());
        return await Of(db, null, kind, language).FirstOrDefaultAsync(
            f => f.Period == name && f.RequestedById == me && (f.State == ReportFileState.Waiting || f.State == ReportFileState.Writing), ct);
    }

    /// <summary>What a new file replaces: the person's ended drafts of its kind, and attempts at the same file that failed or were cancelled.</summary>
    private async Task<List<ReportFile>> OutdatedAsync(LogisticsDb db, long? closing, ReportFileKind kind, string language, CancellationToken ct)
    {
        var me = user.PersonId;
        var ended = db.Set<ReportFile>().Where(f => f.Kind == kind && f.State != ReportFileState.Waiting && f.State != ReportFileState.Writing);
        return closing is null
            ? await ended.Where(f => f.ClosingId == null && f.RequestedById == me).ToListAsync(ct)
            : await ended.Where(f => f.ClosingId == closing && f.Language == language && f.State != ReportFileState.Ready).ToListAsync(ct);
    }

    private static IQueryable<ReportFile> Of(LogisticsDb db, long? closing, ReportFileKind kind, string language) =>
        db.Set<ReportFile>().Where(f => f.ClosingId == closing && f.Kind == kind && f.Language == language);

    private static async Task<long?> InForceAsync(LogisticsDb db, ReportPeriod month, CancellationToken ct) =>
        await db.Set<ReportClosing>().Where(c => c.Month == month.From && c.ReopenedAt == null).Select(c => (long?)c.Id).SingleOrDefaultAsync(ct);

    private ReportDownload DownloadOf(ReportFile file, byte[] bytes)
    {
        var month = ReportPeriod.Parse(file.Period) ?? throw new InvalidDataException($"{file.Period} is no period.");
        return new ReportDownload(bytes, file.Kind, NameOf(month, file.Kind, file.ClosingId is null, file.Language), PlainNameOf(month, file.Kind), file.Id);
    }

    private string NameOf(ReportPeriod month, ReportFileKind kind, bool isDraft, string language)
    {
        using var inLanguage = new LanguageScope(language);
        var period = format.Period(month);
        return words[kind == ReportFileKind.Pdf ? "FileName.Pdf" : "FileName.Workbook", isDraft ? words["DraftOf", period].Value : period];
    }

    private static string PlainNameOf(ReportPeriod month, ReportFileKind kind) => kind == ReportFileKind.Pdf ? $"report-{month}" : $"report-{month}-annex";
}
