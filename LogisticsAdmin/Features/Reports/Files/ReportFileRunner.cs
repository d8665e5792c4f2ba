using System.Collections.Concurrent;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Reports.Monthly;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Reports.Files;

/// <summary>
/// Writes requested files in the background, few at a time so that open pages stay responsive. A file that the end of the process or a locked
/// database interrupted is written anew, see <see cref="UnfinishedReportFiles"/>.
/// </summary>
public sealed class ReportFileRunner(
    IServiceScopeFactory scopes, IChangeFeed feed, OfficeTime office, WriteGate gate, IHostApplicationLifetime lifetime,
    ILogger<ReportFileRunner> log) : IDisposable
{
    /// <summary>
    /// How many files are written at the same time, in the background and in requests together: each takes a whole processor, and open pages need
    /// the others.
    /// </summary>
    public static readonly int AtOnce = Math.Clamp(Environment.ProcessorCount / 2, 1, 2);

    private readonly SemaphoreSlim _slots = new(AtOnce);
    private readonly ConcurrentDictionary<long, Job> _jobs = new();

    /// <summary>How much of a file is written, from 0 to 1; null when it is not in work.</summary>
    public double? ProgressOf(long id) => _jobs.TryGetValue(id, out var job) ? job.Share : null;

    /// <summary>Writes a requested file, unless it is in work already or has ended.</summary>
    public void Start(long id)
    {
        var job = new Job(() => feed.Publish([new KeyChanged(ReportsTopics.Files, id)]), lifetime.ApplicationStopping);
        if (_jobs.TryAdd(id, job)) job.Work = Task.Run(() => RunAsync(id, job), CancellationToken.None);
        else job.Dispose();
    }

    /// <summary>Interrupts the work on a file, whose row says already that it was cancelled.</summary>
    public void Stop(long id)
    {
        if (_jobs.TryGetValue(id, out var job)) job.Cancel();
    }

    /// <summary>Starts every file that is requested, not written and not in work.</summary>
    public async Task ResumeAsync(CancellationToken ct)
    {
        await using var scope = SystemScope();
        await using var db = await ContextAsync(scope, ct);
        var files = db.Set<ReportFile>();
        var unfinished = await files.Where(f => f.State == ReportFileState.Waiting || f.State == ReportFileState.Writing)
            .OrderBy(f => f.Id).Select(f => f.Id).ToListAsync(ct);
        foreach (var id in unfinished) Start(id);
    }

    /// <summary>Runs work in a request when one of the places for writing is free.</summary>
    public async Task<T> InTurnAsync<T>(Func<Task<T>> work, CancellationToken ct)
    {
        await _slots.WaitAsync(ct);
        try
        {
            return await work();
        }
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose() => _slots.Dispose();

    /// <summary>Ends when the file is no longer in work.</summary>
    internal async Task WhenDoneAsync(long id)
    {
        if (_jobs.TryGetValue(id, out var job)) await job.Work;
    }

    private async Task RunAsync(long id, Job job)
    {
        try
        {
            await InTurnAsync(
                async () =>
                {
                    await WriteAsync(id, job);
                    return true;
                },
                job.Token);
        }
        catch (OperationCanceledException) when (job.Token.IsCancellationRequested) { }
        catch (Exception e) when (gate.IsLockedOut)
        {
            // It is requested still, and begun again.
            log.FileWaits(e, id);
        }
        catch (Exception e)
        {
            var reference = ErrorReference.New();
            log.FileFailed(e, id, reference);
            await FailAsync(id, reference);
        }
        finally
        {
            _jobs.TryRemove(id, out _);
            job.Dispose();
        }
    }

    private async Task WriteAsync(long id, Job job)
    {
        await using var scope = SystemScope();
        var isWanted = false;
        string language = "", period = "";
        ReportFileKind kind = default;
        long? closingId = null;
        await ChangeAsync(scope, id, file =>
        {
            isWanted = file.State is ReportFileState.Waiting or ReportFileState.Writing;
            (language, period, kind, closingId) = (file.Language, file.Period, file.Kind, file.ClosingId);
            if (isWanted) file.Begin();
        }, job.Token);
        if (!isWanted) return;
        var source = await SourceAsync(scope, period, closingId, job.Token);
        var bytes = await scope.ServiceProvider.GetRequiredService<ReportFileWriter>().WriteAsync(source, kind, language, job, job.Token);
        await ChangeAsync(scope, id, file =>
        {
            // Cancelled meanwhile, or written by somebody who opened its address.
            if (file.State == ReportFileState.Writing) file.Finish(bytes, office.Now);
        }, job.Token);
    }

    private static async Task<ReportSource> SourceAsync(AsyncServiceScope scope, string period, long? closingId, CancellationToken ct)
    {
        if (closingId is null)
        {
            var month = ReportPeriod.Parse(period) ?? throw new InvalidDataException($"{period} is no period.");
            return new ReportSource(await scope.ServiceProvider.GetRequiredService<ReportReader>().ReadLiveAsync(month, ct), null);
        }
        await using var db = await ContextAsync(scope, ct);
        var closing = await db.Set<ReportClosing>().AsNoTracking().Include(c => c.Content).SingleAsync(c => c.Id == closingId, ct);
        return new ReportSource(ClosedContent.Read(closing.Content.Bytes), closing);
    }

    private async Task FailAsync(long id, string reference)
    {
        try
        {
            await using var scope = SystemScope();
            await ChangeAsync(scope, id, file =>
            {
                if (file.State is ReportFileState.Waiting or ReportFileState.Writing) file.Fail(reference, office.Now);
            }, CancellationToken.None);
        }
        catch (Exception e)
        {
            log.FileWaits(e, id);
        }
    }

    private static async Task ChangeAsync(AsyncServiceScope scope, long id, Action<ReportFile> change, CancellationToken ct)
    {
        await using var db = await ContextAsync(scope, ct);
        await db.WriteAsync(async token =>
        {
            if (await db.Set<ReportFile>().SingleOrDefaultAsync(f => f.Id == id, token) is not { } file) return;
            change(file);
            db.Announce(new KeyChanged(ReportsTopics.Files, id));
        }, ct);
    }

    private AsyncServiceScope SystemScope()
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().SetActor(Actor.System);
        return scope;
    }

    private static Task<LogisticsDb> ContextAsync(AsyncServiceScope scope, CancellationToken ct) =>
        scope.ServiceProvider.GetRequiredService<IDbContextFactory<LogisticsDb>>().CreateDbContextAsync(ct);

    private sealed class Job(Action announce, CancellationToken stopping) : IProgress<double>, IDisposable
    {
        private const double Step = 0.1;

        private readonly CancellationTokenSource _ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        private double _share;

        public Task Work { get; set; } = Task.CompletedTask;

        public double Share => Volatile.Read(ref _share);

        public CancellationToken Token => _ending.Token;

        // Pages are told of every tenth.
        public void Report(double value)
        {
            if (value - _share < Step) return;
            Volatile.Write(ref _share, value);
            announce();
        }

        public void Cancel()
        {
            try
            {
                _ending.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It has just ended by itself.
            }
        }

        public void Dispose() => _ending.Dispose();
    }
}
