using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AngleSharp.Html.Dom;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Media;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

public sealed class PhotoTests
{
    private static readonly byte[] TextFile = Encoding.UTF8.GetBytes("this is no picture");

    public static TheoryData<string, byte[], string> Refused => new()
    {
        { "text.jpg", TextFile, "这个文件不是 JPEG、PNG 或 WebP 图片。" },
        { "huge.png", Phone.HugePng(), "照片像素过大（最多 4000 万像素）。" },
        { "phone.heic", Phone.Heic(), "暂不支持 HEIC 格式，请在相机设置中改为“兼容性最佳”（JPEG），或上传照片截图。" },
        { "big.jpg", new byte[30 * 1024 * 1024], "照片超过 12 MB，请换一张小一点的。" },
    };

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public async Task A_bad_photo_is_refused_at_its_field_while_text_and_good_photos_stay(string name, byte[] bytes, string message)
    {
        await using var app = await TestApp.StartAsync();
        var student = await app.SignInAsync(TestUsers.Resident);
        if (name == "big.jpg") new byte[] { 0xFF, 0xD8, 0xFF }.CopyTo(bytes, 0);

        using var response = await student.ReportAsync([(name, bytes), ("good.jpg", Phone.Jpeg())],
            ("Input.CategoryId", await app.CategoryAsync()), ("Input.Description", "水管漏水"));
        var page = await response.PageAsync();

        Assert.Equal(message, page.Said("Photos"));
        Assert.Equal("水管漏水", page.Typed("Description"));
        var kept = Assert.Single(page.QuerySelectorAll("[name='Input.Photos']").OfType<IHtmlInputElement>());
        Assert.True(kept.IsChecked);
        Assert.Equal(0, await app.TicketsAsync());

        using var again = await student.SendAsync(kept.Form!, []);
        Assert.Equal(HttpStatusCode.Redirect, again.StatusCode);
        Assert.Equal(1, await app.InDatabaseAsync(db => db.RepairPhotos.CountAsync(p => p.TicketId != null)));
    }

    [Fact]
    public async Task Uploads_at_the_same_time_do_not_exceed_the_limit_of_drafts()
    {
        await using var host = await TestHost.OpenAsync();
        var resident = await host.AsAsync(TestUsers.Resident);
        var others = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => host.AsAsync(TestUsers.Resident)));
        for (var i = 1; i < RepairPhotos.MaxDrafts; i++) await KeepAsync(resident);

        var refusals = await Task.WhenAll(others.Select(o => Record.ExceptionAsync(() => KeepAsync(o)).AsTask()));

        Assert.Single(refusals, r => r is null);
        Assert.All(refusals.OfType<Rejected>(), r => Assert.Equal("TooManyDrafts", Assert.Single(r.Problems).Code));
        Assert.Equal(RepairPhotos.MaxDrafts, await host.InDatabaseAsync(db => db.RepairPhotos.CountAsync()));
        Assert.Equal(RepairPhotos.MaxDrafts, host.Services.GetRequiredService<MediaStore>().All().Count());

        static async Task KeepAsync(Desk desk)
        {
            await using var upload = new MemoryStream(Phone.Jpeg());
            await desk.Get<RepairPhotos>().UploadDraftAsync(upload, TestContext.Current.CancellationToken);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_request_beyond_all_limits_leads_back_to_the_form_with_a_message(bool inPieces)
    {
        await using var app = await TestApp.StartAsync(kestrel: true);
        using var student = new HttpClient(new Sender(inPieces)) { BaseAddress = new Uri(app.Address!) };
        using var welcome = await student.PostFormAsync("/Account/Login", ("Input.UserName", TestUsers.Resident), ("Input.Password", DemoPeople.Password));
        student.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        var part = new byte[20 * 1024 * 1024];

        using var response = await student.ReportAsync(Enumerable.Range(0, 4).Select(n => ($"{n}.jpg", part)), ("Input.Description", "水管漏水"));

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Equal("/my/repairs/new?problem=TooLarge", response.Headers.Location!.OriginalString);
        var page = await student.PageAsync(response.Headers.Location.OriginalString);
        Assert.StartsWith("照片总大小超出限制", page.Said("Photos"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_sent_in_pieces_is_read_like_any_other()
    {
        await using var app = await TestApp.StartAsync(kestrel: true);
        using var student = new HttpClient(new Sender(inPieces: true)) { BaseAddress = new Uri(app.Address!) };
        using var welcome = await student.PostFormAsync("/Account/Login", ("Input.UserName", TestUsers.Resident), ("Input.Password", DemoPeople.Password));

        using var response = await student.ReportAsync(
            [("good.jpg", Phone.Jpeg())], ("Input.CategoryId", await app.CategoryAsync()), ("Input.Description", "水管漏水"));

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal(1, await app.InDatabaseAsync(db => db.RepairPhotos.CountAsync(p => p.TicketId != null)));
    }

    [Fact]
    public async Task The_seventh_photo_is_refused_and_six_stay()
    {
        await using var app = await TestApp.StartAsync();
        var student = await app.SignInAsync(TestUsers.Resident);

        using var response = await student.ReportAsync(Enumerable.Range(0, 7).Select(n => ($"{n}.jpg", Phone.Jpeg())),
            ("Input.CategoryId", await app.CategoryAsync()), ("Input.Description", "水管漏水"));
        var page = await response.PageAsync();

        Assert.Equal("最多 6 张照片。", page.Said("Photos"));
        Assert.Equal(6, page.QuerySelectorAll("[name='Input.Photos']").Length);
    }

    [Fact]
    public async Task A_photo_is_served_safely_to_those_who_may_see_the_ticket_only()
    {
        await using var app = await TestApp.StartAsync();
        var student = await app.SignInAsync(TestUsers.Resident);
        using var sent = await student.ReportAsync([("a.jpg", Phone.Jpeg())], ("Input.CategoryId", await app.CategoryAsync()), ("Input.Description", "水管漏水"));
        var key = await app.InDatabaseAsync(db => db.RepairPhotos.Select(p => p.Key).SingleAsync());

        using var photo = await student.GetAsync($"/photos/{key}", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, photo.StatusCode);
        Assert.Equal("image/jpeg", photo.Content.Headers.ContentType!.MediaType);
        Assert.Equal("nosniff", photo.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("sandbox; default-src 'none'", photo.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("inline", photo.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal((true, TimeSpan.Zero), (photo.Headers.CacheControl!.Private, photo.Headers.CacheControl.MaxAge));

        using var unchanged = new HttpRequestMessage(HttpMethod.Get, $"/photos/{key}") { Headers = { IfNoneMatch = { photo.Headers.ETag! } } };
        using var notModified = await student.SendAsync(unchanged, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotModified, notModified.StatusCode);

        using var office = await (await app.SignInAsync(TestUsers.Dispatcher)).GetAsync($"/photos/{key}/thumb", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, office.StatusCode);
        using var technician = await (await app.SignInAsync(TestUsers.Technician)).GetAsync($"/photos/{key}", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, technician.StatusCode);
        using var nobody = await app.Visitor().GetAsync($"/photos/{key}", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, nobody.StatusCode);
    }

    [Fact]
    public async Task The_office_sends_a_photo_of_its_own_and_hears_what_is_wrong_with_another()
    {
        await using var app = await TestApp.StartAsync();
        var office = await app.SignInAsync(TestUsers.Dispatcher);
        var token = (await office.PageAsync("/my")).QuerySelectorAll("[name='__RequestVerificationToken']").OfType<IHtmlInputElement>().First().Value;

        using var good = await office.PostAsync("/photos", Upload(Phone.Jpeg(), token), TestContext.Current.CancellationToken);
        using var bad = await office.PostAsync("/photos", Upload(TextFile, token), TestContext.Current.CancellationToken);
        using var forged = await office.PostAsync("/photos", Upload(Phone.Jpeg(), null), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        Assert.Contains("\"key\"", await good.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, bad.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
    }

    [Fact]
    public async Task Photos_of_internal_notes_are_for_staff_and_drafts_for_their_uploader()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.Taken);
        var (technician, resident, office) = (await host.AsAsync(TestUsers.Technician), await host.AsAsync(TestUsers.Resident),
            await host.AsAsync(TestUsers.Dispatcher));
        var draft = (await UploadAsync(technician)).Key;
        await Assert.ThrowsAsync<NotFound>(() => office.Get<MediaService>().OpenAsync(draft, thumbnail: false, TestContext.Current.CancellationToken));

        await technician.Repairs.CommentAsync(ticket.Id, new CommentForm { Internal = true, Photos = [draft] }, TestContext.Current.CancellationToken);

        await using (var seen = await office.Get<MediaService>().OpenAsync(draft, thumbnail: true, TestContext.Current.CancellationToken))
            Assert.True(seen.Length > 0);
        await Assert.ThrowsAsync<NotFound>(() => resident.Get<MediaService>().OpenAsync(draft, thumbnail: false, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Drafts_are_swept_after_a_day_files_and_all_and_photos_of_tickets_stay()
    {
        await using var host = await TestHost.OpenAsync();
        var resident = await host.AsAsync(TestUsers.Resident);
        var (bound, old) = ((await UploadAsync(resident)).Key, (await UploadAsync(resident)).Key);
        var form = await host.FormAsync();
        form.Photos = [bound];
        await resident.Intake.SubmitAsync(form, TestContext.Current.CancellationToken);
        host.Clock.Advance(TimeSpan.FromHours(23));
        var young = (await UploadAsync(resident)).Key;
        Assert.Equal(0, await host.AsSystem().Get<MediaSweep>().SweepDraftsAsync(TestContext.Current.CancellationToken));

        host.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(1, await host.AsSystem().Get<MediaSweep>().SweepDraftsAsync(TestContext.Current.CancellationToken));

        var store = host.Services.GetRequiredService<MediaStore>();
        Assert.Equal((true, false, true), (store.Exists(bound), store.Exists(old), store.Exists(young)));
    }

    /// <summary>Sends forms with a Content-Length, or chunked without one.</summary>
    private sealed class Sender(bool inPieces) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (inPieces && request.Content is not null) request.Headers.TransferEncodingChunked = true;
            return base.SendAsync(request, cancellationToken);
        }
    }

    private static RepairPhotos PhotosOf(Desk desk) => desk.Get<RepairPhotos>();

    private static async Task<PhotoRow> UploadAsync(Desk desk)
    {
        await using var upload = new MemoryStream(Phone.Jpeg());
        return await PhotosOf(desk).UploadDraftAsync(upload, TestContext.Current.CancellationToken);
    }

    private static MultipartFormDataContent Upload(byte[] bytes, string? token)
    {
        var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        var content = new MultipartFormDataContent { { file, "file", "a.jpg" } };
        if (token is not null) content.Add(new StringContent(token), "__RequestVerificationToken");
        return content;
    }
}
