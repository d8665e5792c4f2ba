using LogisticsAdmin.Data;

namespace LogisticsAdmin.Media;

/// <summary>Sweeps drafts and half-written files every half hour, and once a day the files that no row refers to.</summary>
internal sealed class MediaSweepJob(
    IServiceScopeFactory scopes, MediaStore store, FileStore files, TimeProvider clock, ILogger<MediaSweepJob> log)
    : PeriodicJob(TimeSpan.FromMinutes(30), scopes, clock, log)
{
    private static readonly TimeSpan FilesInterval = TimeSpan.FromDays(1);

    private readonly TimeProvider _clock = clock;
    private DateTimeOffset _nextFiles;

    protected override async Task RunAsync(IServiceProvider services, CancellationToken ct)
    {
        store.RemoveLeftovers();
        files.RemoveLeftovers();
        var sweep = services.GetRequiredService<MediaSweep>();
        await sweep.SweepDraftsAsync(ct);
        var attachments = services.GetRequiredService<FileSweep>();
        await attachments.SweepUnusedAsync(ct);
        if (_clock.GetUtcNow() < _nextFiles) return;
        await sweep.SweepFilesAsync(ct);
        await attachments.SweepFilesAsync(ct);
        _nextFiles = _clock.GetUtcNow() + FilesInterval;
    }
}
