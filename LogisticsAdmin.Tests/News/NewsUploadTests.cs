using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.News.Writing;
using LogisticsAdmin.Media;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Repairs;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.News;

/// <summary>Pictures and attachments: what is accepted, who gets them, how they are served, swept and checked.</summary>
public sealed class NewsUploadTests
{
    private static readonly byte[] Pdf = [.. "%PDF-1.7\n"u8, 1, 2, 3];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_attachment_is_downloaded_by_those_addressed_and_not_found_by_others_or_after_a_withdrawal()
    {
        await using var app = await TestApp.StartAsync();
        var (student, technician) = (await app.SignInAsync(TestUsers.Resident), await app.SignInAsync(TestUsers.Technician));
        var (dispatcher, admin) = (await app.SignInAsync(TestUsers.Dispatcher), await app.SignInAsync(TestUsers.Administrator));
        await using var scope = app.Services.CreateAsyncScope();
        var writer = await AdminAsync(app, scope.ServiceProvider);
        var draft = await writer.DraftNewsAsync(form => form.Audience = NewsSteps.Role("Resident"));
        var uploads = writer.Get<NewsUploads>();
        var file = await uploads.AddFileAsync(draft.Id, "停水 通知.pdf", new MemoryStream(Pdf), Ct);
        var picture = await uploads.AddPictureAsync(draft.Id, "a.jpg", new MemoryStream(Phone.Jpeg()), Ct);
        await DemandAsync(HttpStatusCode.NotFound, student, technician, dispatcher);
        await DemandAsync(HttpStatusCode.OK, admin);

        await writer.Get<NewsService>().ReleaseAsync(draft.Id, Ct);
        await DemandAsync(HttpStatusCode.OK, student, dispatcher, admin);
        await DemandAsync(HttpStatusCode.NotFound, technician);
        using (var answer = await student.GetAsync($"/files/{file.Key}", Ct))
        {
            Assert.Equal(Pdf, await answer.Content.ReadAsByteArrayAsync(Ct));
            Assert.Equal("attachment; filename=file.pdf; filename*=UTF-8''%E5%81%9C%E6%B0%B4%20%E9%80%9A%E7%9F%A5.pdf", Header("Content-Disposition"));
            Assert.Equal("nosniff", Header("X-Content-Type-Options"));
            Assert.StartsWith("sandbox", Header("Content-Security-Policy"), StringComparison.Ordinal);
            Assert.Equal("application/octet-stream", Header("Content-Type"));

            string Header(string name) => answer.Content.Headers.TryGetValues(name, out var values) || answer.Headers.TryGetValues(name, out values)
                ? string.Join(',', values) : "";
        }

        await writer.Get<NewsService>().WithdrawAsync(draft.Id, "有误", Ct);
        await DemandAsync(HttpStatusCode.NotFound, student, technician, dispatcher);
        using var visitor = app.Visitor();
        using var unknown = await visitor.GetAsync($"/files/{file.Key}", Ct);
        Assert.NotEqual(HttpStatusCode.OK, unknown.StatusCode);

        async Task DemandAsync(HttpStatusCode expected, params HttpClient[] clients)
        {
            foreach (var client in clients)
            {
                foreach (var address in new[] { $"/files/{file.Key}", $"/photos/{picture.Key}" })
                {
                    using var answer = await client.GetAsync(address, Ct);
                    Assert.Equal(expected, answer.StatusCode);
                }
            }
        }
    }

    [Fact]
    public async Task Only_those_who_may_publish_upload_and_only_with_the_pages_token()
    {
        await using var app = await TestApp.StartAsync();
        await using var scope = app.Services.CreateAsyncScope();
        var draft = await (await AdminAsync(app, scope.ServiceProvider)).DraftNewsAsync();
        foreach (var (user, expected) in new[]
        {
            (TestUsers.Administrator, HttpStatusCode.OK), (TestUsers.Dispatcher, HttpStatusCode.Forbidden),
        })
        {
            var client = await app.SignInAsync(user);
            var page = await client.PageAsync("/Account/Profile");
            var token = page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
            using var answer = await client.PostAsync($"/news/{draft.Id}/files", Form(token), Ct);
            Assert.Equal(expected, answer.StatusCode);
            using var forged = await client.PostAsync($"/news/{draft.Id}/files", Form(null), Ct);
            Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
            if (expected != HttpStatusCode.OK) continue;
            using var said = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Ct));
            Assert.Equal("表.pdf", said.RootElement.GetProperty("name").GetString());
        }
        Assert.Equal(1, await app.InDatabaseAsync(db => db.NewsFiles.CountAsync(Ct)));

        static MultipartFormDataContent Form(string? token)
        {
            var form = new MultipartFormDataContent { { new ByteArrayContent(Pdf), "file", "表.pdf" }, { new StringContent("false"), "picture" } };
            if (token is not null) form.Add(new StringContent(token), "__RequestVerificationToken");
            return form;
        }
    }

    [Fact]
    public void Files_are_accepted_by_ending_and_content_together()
    {
        var docx = Archive("[Content_Types].xml", "word/document.xml");
        Assert.True(FileKinds.Accepts("a.PDF", Pdf));
        Assert.True(FileKinds.Accepts("a.docx", docx));
        Assert.True(FileKinds.Accepts("a.xlsx", Archive("[Content_Types].xml", "xl/workbook.xml")));
        Assert.True(FileKinds.Accepts("a.pptx", Archive("[Content_Types].xml", "ppt/presentation.xml")));
        Assert.True(FileKinds.Accepts("a.zip", docx));
        Assert.True(FileKinds.Accepts("a.jpg", Phone.Jpeg()));
        Assert.True(FileKinds.Accepts("a.png", Phone.HugePng()));
        Assert.True(FileKinds.Accepts("a.csv", Encoding.UTF8.GetBytes("楼,人\n1,2")));
        foreach (var (name, bytes) in new (string, byte[])[]
        {
            ("a.exe", [.. "MZ"u8, 0]), ("a.pdf.exe", Pdf), ("a.pdf", [.. "MZ"u8, .. Pdf]), ("a.docx", Pdf), ("a.xlsx", docx), ("a.txt", [.. "MZ"u8]),
            ("a.txt", [1, 0, 2]), ("a.csv", docx), ("a.html", "<script>"u8.ToArray()), ("a.svg", "<svg>"u8.ToArray()), ("a.png", Phone.Jpeg()), ("a", Pdf),
            ("a.docm", docx), ("a.docx", Archive("[Content_Types].xml", "word/vbaProject.bin")), ("a.jpg", "<html>"u8.ToArray()), ("", Pdf), (".pdf", []),
        })
        {
            Assert.False(FileKinds.Accepts(name, bytes), name);
        }
    }

    [Theory]
    [InlineData("../../etc/passwd.pdf", "passwd.pdf")]
    [InlineData("C:\\Users\\x\\表 1.pdf", "表 1.pdf")]
    [InlineData("a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie_ x=1.pdf")]
    [InlineData("gpj.\u202Efdp.exe", "gpj.fdp.exe")]
    [InlineData("\"><script>.pdf", "___script_.pdf")]
    [InlineData("...", "file")]
    [InlineData(null, "file")]
    [InlineData(".pdf", "pdf")]
    public void Names_lose_what_could_harm(string? sent, string kept) => Assert.Equal(kept, FileKinds.SafeName(sent, 120));

    [Fact]
    public void Long_names_keep_their_ending()
    {
        var name = FileKinds.SafeName(new string('长', 300) + ".pdf", 120);
        Assert.Equal((120, ".pdf"), (name.Length, Path.GetExtension(name)));
        Assert.Equal(119, FileKinds.SafeName(string.Concat(Enumerable.Repeat("😀", 100)) + "x.pd", 120).Length);
    }

    [Fact]
    public async Task Too_large_too_many_and_wrong_files_are_refused_at_the_field_and_leave_nothing_behind()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync("admin");
        var uploads = admin.Get<NewsUploads>();
        var draft = await admin.DraftNewsAsync();
        var large = new byte[NewsLimits.FileBytes + 1];
        Pdf.CopyTo(large, 0);
        foreach (var (bytes, name, code) in new[] { (large, "a.pdf", "FileTooLarge"), ([], "a.pdf", "FileEmpty"), (Pdf, "a.docx", "FileKind") })
        {
            var refused = await Assert.ThrowsAsync<Rejected>(() => uploads.AddFileAsync(draft.Id, name, new MemoryStream(bytes), Ct));
            Assert.Equal((NewsUploads.Field, code), (Assert.Single(refused.Problems).Field, refused.Problems[0].Code));
        }
        var pixels = await Assert.ThrowsAsync<Rejected>(() => uploads.AddPictureAsync(draft.Id, "a.png", new MemoryStream(Phone.HugePng()), Ct));
        Assert.Equal(NewsUploads.Field, Assert.Single(pixels.Problems).Field);
        Assert.Empty(Stored(host));

        for (var n = 0; n < NewsLimits.Files; n++)
            await uploads.AddFileAsync(draft.Id, string.Create(CultureInfo.InvariantCulture, $"{n}.pdf"), new MemoryStream(Pdf), Ct);
        await Assert.ThrowsAsync<Rejected>(() => uploads.AddFileAsync(draft.Id, "b.pdf", new MemoryStream(Pdf), Ct));
        Assert.Equal(NewsLimits.Files, Stored(host).Length);
        await admin.Get<NewsService>().DiscardAsync(draft.Id, Ct);
        await Assert.ThrowsAsync<Rejected>(() => uploads.AddFileAsync(draft.Id, "b.pdf", new MemoryStream(Pdf), Ct));
    }

    [Fact]
    public async Task What_was_taken_out_or_never_used_is_swept_and_what_is_shown_stays_and_is_missed_when_it_is_gone()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync("admin");
        var uploads = admin.Get<NewsUploads>();
        var draft = await admin.DraftNewsAsync();
        var kept = await uploads.AddFileAsync(draft.Id, "kept.pdf", new MemoryStream(Pdf), Ct);
        var removed = await uploads.AddFileAsync(draft.Id, "removed.pdf", new MemoryStream(Pdf), Ct);
        var shown = await uploads.AddPictureAsync(draft.Id, "a.jpg", new MemoryStream(Phone.Jpeg()), Ct);
        await uploads.AddPictureAsync(draft.Id, "b.jpg", new MemoryStream(Phone.Jpeg()), Ct);
        await uploads.RemoveAsync(draft.Id, removed.Key, ct: Ct);
        var form = (await admin.Get<NewsQueries>().OpenAsync(draft.Number, Ct)).Form;
        form.Body += $"\n\n![a](photos/{shown.Key:N})";
        await admin.Get<NewsService>().SaveAsync(draft.Id, form, ct: Ct);

        host.Clock.Advance(MediaSweep.DraftLifetime + TimeSpan.FromMinutes(1));
        var system = host.AsSystem();
        Assert.Equal(1, await system.Get<FileSweep>().SweepUnusedAsync(Ct));
        Assert.Equal(1, await system.Get<MediaSweep>().SweepDraftsAsync(Ct));
        Assert.Equal([kept.Key, shown.Key], await host.InDatabaseAsync(db => db.NewsFiles.OrderBy(f => f.Id).Select(f => f.Key).ToListAsync(Ct)));

        var files = host.Services.GetRequiredService<FileStore>();
        var orphan = Guid.NewGuid();
        await files.SaveAsync(orphan, Pdf, Ct);
        foreach (var path in Stored(host)) File.SetLastWriteTimeUtc(path, (TestHost.Start - TimeSpan.FromDays(2)).UtcDateTime);
        Assert.Equal(1, await system.Get<FileSweep>().SweepFilesAsync(Ct));
        Assert.NotNull(files.LengthOf(kept.Key));

        Assert.DoesNotContain(await ProblemsAsync(host), p => p.Contains("Attachment", StringComparison.Ordinal));
        await files.SaveAsync(kept.Key, new byte[] { 1 }, Ct);
        Assert.Contains(await ProblemsAsync(host), p => p.Contains($"{kept.Key:N}", StringComparison.Ordinal));
        files.Delete(kept.Key);
        Assert.Contains(await ProblemsAsync(host), p => p.Contains("has no file", StringComparison.Ordinal));
    }

    private static string[] Stored(TestHost host) =>
        Directory.Exists(Path.Combine(host.Directory, "uploads", "files"))
            ? Directory.GetFiles(Path.Combine(host.Directory, "uploads", "files"), "*", SearchOption.AllDirectories) : [];

    private static async Task<IReadOnlyList<string>> ProblemsAsync(TestHost host)
    {
        List<string> all = [];
        await foreach (var (_, problems) in host.AsSystem().Get<StorageInspection>().InspectAsync(Ct)) all.AddRange(problems);
        return all;
    }

    private static byte[] Archive(params string[] entries)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in entries)
            {
                using var content = zip.CreateEntry(entry).Open();
                content.Write("x"u8);
            }
        }
        return bytes.ToArray();
    }

    private static async Task<Desk> AdminAsync(TestApp app, IServiceProvider scope)
    {
        var admin = await app.InDatabaseAsync(db => db.Users.SingleAsync(p => p.UserName == "admin", Ct));
        var claims = await scope.GetRequiredService<Microsoft.AspNetCore.Identity.IUserClaimsPrincipalFactory<LogisticsAdmin.Security.Person>>()
            .CreateAsync(admin);
        scope.GetRequiredService<LogisticsAdmin.Security.CurrentUser>().SetActor(LogisticsAdmin.Security.Actor.From(claims));
        return new Desk(scope, admin.Id);
    }
}
