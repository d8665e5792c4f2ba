using System.Net;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Media;
using LogisticsAdmin.Security;
using LogisticsAdmin.Tests.Repairs;
using LogisticsAdmin.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Media;

/// <summary>A slice unknown to Media stores a picture: it is served, swept and checked like a repair's photo.</summary>
public sealed class MediaOwnerTests
{
    private static readonly Guid Poster = Guid.Parse("ab12cd34-0000-4000-8000-00000000ef56");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_picture_is_served_to_whom_its_owner_lets_see_it()
    {
        await using var app = await TestApp.StartAsync(change: s => s.AddScoped<IMediaOwner, PosterOwner>());
        await app.Services.GetRequiredService<MediaStore>().SaveAsync(Poster, new ProcessedPicture(Phone.Jpeg(), Phone.Jpeg(), 1, 1), Ct);

        using var seen = await (await app.SignInAsync(TestUsers.Manager)).GetAsync($"/photos/{Poster}", Ct);
        using var refused = await (await app.SignInAsync(TestUsers.Resident)).GetAsync($"/photos/{Poster}", Ct);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (seen.StatusCode, refused.StatusCode));
    }

    [Fact]
    public async Task Its_file_is_kept_while_a_row_refers_to_it_and_missed_when_it_is_gone()
    {
        await using var host = await TestHost.OpenAsync(s => s.AddScoped<IMediaOwner, PosterOwner>());
        var store = host.Services.GetRequiredService<MediaStore>();
        await store.SaveAsync(Poster, new ProcessedPicture([1], [2], 1, 1), Ct);
        foreach (var file in Directory.GetFiles(host.Directory, "*.jpg", SearchOption.AllDirectories))
            File.SetLastWriteTimeUtc(file, (TestHost.Start - TimeSpan.FromDays(2)).UtcDateTime);

        Assert.Equal(0, await host.AsSystem().Get<MediaSweep>().SweepFilesAsync(Ct));
        Assert.Empty(await ProblemsAsync(host));

        store.Delete(Poster);
        Assert.Contains($"{Poster:N}", Assert.Single(await ProblemsAsync(host)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_drafts_of_every_owner_are_swept()
    {
        await using var host = await TestHost.OpenAsync(s => s.AddScoped<IMediaOwner, PosterOwner>());
        var store = host.Services.GetRequiredService<MediaStore>();
        await store.SaveAsync(PosterOwner.Draft, new ProcessedPicture([1], [2], 1, 1), Ct);
        await using var upload = new MemoryStream(Phone.Jpeg());
        await (await host.AsAsync(TestUsers.Resident)).Get<RepairPhotos>().UploadDraftAsync(upload, Ct);
        host.Clock.Advance(MediaSweep.DraftLifetime + TimeSpan.FromMinutes(1));

        Assert.Equal(2, await host.AsSystem().Get<MediaSweep>().SweepDraftsAsync(Ct));
        Assert.Empty(store.All());
    }

    private static async Task<IReadOnlyList<string>> ProblemsAsync(TestHost host)
    {
        List<string> all = [];
        await foreach (var (_, problems) in host.AsSystem().Get<StorageInspection>().InspectAsync(Ct)) all.AddRange(problems);
        return all;
    }

    private sealed class PosterOwner : IMediaOwner
    {
        public static readonly Guid Draft = Guid.Parse("cd34ab12-0000-4000-8000-00000000ef56");

        public Task<bool> MaySeeAsync(Guid key, Actor actor, CancellationToken ct) => Task.FromResult(key == Poster && actor.IsManagement);

        public IQueryable<MediaReference> References(LogisticsDb db) =>
            db.Users.Where(p => p.UserName == TestUsers.Resident).Select(p => new MediaReference { Id = p.Id, Key = Poster });

        public Task<IReadOnlyCollection<Guid>> DeleteDraftsAsync(DateTimeOffset before, CancellationToken ct) =>
            Task.FromResult<IReadOnlyCollection<Guid>>(before > TestHost.Start ? [Draft] : []);
    }
}
