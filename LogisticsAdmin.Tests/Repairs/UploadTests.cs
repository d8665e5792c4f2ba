using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using AngleSharp.Html.Dom;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Media;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>Many uploads at the same time.</summary>
public sealed class UploadTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Many_large_pictures_of_one_person_are_mostly_refused_and_never_delay_anothers_small_one()
    {
        using var large = new SemaphoreSlim(0);
        using var small = new SemaphoreSlim(1);
        await using var app = await TestApp.StartAsync(
            kestrel: true, change: s => s.Replace(ServiceDescriptor.Singleton(new PictureProcessor(large, small))));
        using var eager = await SignInAsync(app, TestUsers.Resident);
        using var other = await SignInAsync(app, TestUsers.Technician);
        var (mine, theirs) = (await TokenAsync(eager), await TokenAsync(other));
        var picture = Phone.Jpeg(2400, 2000);

        var sent = Enumerable.Range(0, 12).Select(_ => eager.PostAsync("/photos", Upload(picture, mine), Ct)).ToList();
        List<HttpResponseMessage> refused = [];
        await foreach (var answered in Task.WhenEach(sent).WithCancellation(Ct))
        {
            refused.Add(await answered);
            if (refused.Count == sent.Count - 1 - UploadPlaces.Waiting) break;
        }
        Assert.All(refused, r => Assert.Equal(HttpStatusCode.TooManyRequests, r.StatusCode));
        Assert.All(refused, r => Assert.True(r.Headers.RetryAfter!.Delta > TimeSpan.Zero));
        Assert.StartsWith("照片上传过于频繁", await ProblemAsync(refused[0]), StringComparison.Ordinal);

        using var quick = await other.PostAsync("/photos", Upload(Phone.Jpeg(), theirs), Ct);
        Assert.Equal(HttpStatusCode.OK, quick.StatusCode);
        Assert.Equal(1 + UploadPlaces.Waiting, sent.Count(s => !s.IsCompleted));

        large.Release();
        var answers = await Task.WhenAll(sent);
        Assert.Equal(1 + UploadPlaces.Waiting, answers.Count(a => a.StatusCode == HttpStatusCode.OK));
        Assert.Equal(2 + UploadPlaces.Waiting, await app.InDatabaseAsync(db => db.RepairPhotos.CountAsync(Ct)));
    }

    [Theory]
    [InlineData("/my/repairs/new", "#report-Photos-error")]
    [InlineData("/Account/Profile", "#picture-problem")]
    public async Task A_form_beyond_the_limit_leads_back_to_its_page_with_a_message(string address, string field)
    {
        await using var app = await TestApp.StartAsync(kestrel: true, change: s => s.Configure<LimitOptions>(o => o.UploadsPerHour = 2));
        using var student = await SignInAsync(app, TestUsers.Resident);
        student.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        var token = await TokenAsync(student);
        for (var i = 0; i < 2; i++) (await student.PostAsync("/photos", Upload([1, 2, 3], token), Ct)).Dispose();

        using var answer = await student.PostAsync(address, Upload(Phone.Jpeg(), token), Ct);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.True(answer.Headers.RetryAfter!.Delta > TimeSpan.FromSeconds(5));
        Assert.Equal($"{address}?problem=TooMany", answer.Headers.Location!.OriginalString);
        var page = await student.PageAsync(answer.Headers.Location.OriginalString);
        Assert.StartsWith("照片上传过于频繁", page.QuerySelector(field)!.TextContent.Trim(), StringComparison.Ordinal);
    }

    private static async Task<HttpClient> SignInAsync(TestApp app, string name)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(app.Address!) };
        (await client.PostFormAsync("/Account/Login", ("Input.UserName", name), ("Input.Password", DemoPeople.Password))).Dispose();
        return client;
    }

    private static async Task<string> TokenAsync(HttpClient client) =>
        ((IHtmlInputElement)(await client.PageAsync("/my")).QuerySelector("[name='__RequestVerificationToken']")!).Value;

    private static async Task<string?> ProblemAsync(HttpResponseMessage answer)
    {
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Ct));
        return json.RootElement.GetProperty("problem").GetString();
    }

    private static MultipartFormDataContent Upload(byte[] bytes, string token)
    {
        var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        return new MultipartFormDataContent { { file, "file", "a.jpg" }, { new StringContent(token), "__RequestVerificationToken" } };
    }
}
