using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Media;
using LogisticsAdmin.Tests.Repairs;
using LogisticsAdmin.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace LogisticsAdmin.Tests.Media;

/// <summary>Files without a row are removed, and nothing else.</summary>
public sealed class MediaSweepTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Files_that_no_row_refers_to_are_swept_after_a_day_and_all_others_stay()
    {
        await using var host = await TestHost.OpenAsync();
        var store = host.Services.GetRequiredService<MediaStore>();
        var resident = await host.AsAsync(TestUsers.Resident);
        var (bound, draft, lost, half, young) = (await UploadAsync(resident), await UploadAsync(resident), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var form = await host.FormAsync();
        form.Photos = [bound];
        await resident.Intake.SubmitAsync(form, Ct);
        foreach (var key in new[] { lost, half, young }) await store.SaveAsync(key, new ProcessedPicture([1], [2], 1, 1), Ct);
        var dayOld = (host.Clock.GetUtcNow() - TimeSpan.FromHours(25)).UtcDateTime;
        foreach (var file in FilesOf(host))
            File.SetLastWriteTimeUtc(file, file.Contains($"{young:N}", StringComparison.Ordinal) ? dayOld.AddHours(2) : dayOld);
        File.Delete(FilesOf(host).Single(f => f.EndsWith($"{half:N}.jpg", StringComparison.Ordinal)));

        Assert.Equal(2, await host.AsSystem().Get<MediaSweep>().SweepFilesAsync(Ct));

        Assert.Equal(new[] { bound, draft, young }.Order(), store.All().Order());
        Assert.All([bound, draft, young], key => Assert.True(store.Exists(key)));
        Assert.Equal(6, FilesOf(host).Length);
    }

    [Fact]
    public async Task Lost_files_are_swept_when_the_app_starts_and_once_a_day()
    {
        await using var host = await TestHost.OpenAsync();
        var store = host.Services.GetRequiredService<MediaStore>();
        using var sweep = host.Services.GetServices<IHostedService>().OfType<MediaSweepJob>().Single();
        await LoseAsync();
        await sweep.StartAsync(Ct);
        await SweptAsync(TimeSpan.Zero);
        await LoseAsync();
        await SweptAsync(TimeSpan.FromMinutes(30));
        Assert.True(host.Clock.GetUtcNow() - TestHost.Start >= TimeSpan.FromDays(1));
        await sweep.StopAsync(Ct);

        async Task LoseAsync()
        {
            await store.SaveAsync(Guid.NewGuid(), new ProcessedPicture([1], [2], 1, 1), Ct);
            foreach (var file in FilesOf(host))
                File.SetLastWriteTimeUtc(file, (TestHost.Start - TimeSpan.FromDays(2)).UtcDateTime);
        }

        async Task SweptAsync(TimeSpan step)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
            patience.CancelAfter(TestTimeouts.Default);
            while (FilesOf(host).Length > 0)
            {
                host.Clock.Advance(step);
                await timer.WaitForNextTickAsync(patience.Token);
            }
        }
    }

    private static async Task<Guid> UploadAsync(Desk desk)
    {
        await using var upload = new MemoryStream(Phone.Jpeg());
        return (await desk.Get<RepairPhotos>().UploadDraftAsync(upload, Ct)).Key;
    }

    private static string[] FilesOf(TestHost host) =>
        Directory.GetFiles(Path.Combine(host.Directory, "uploads", "photos"), "*", SearchOption.AllDirectories);
}
