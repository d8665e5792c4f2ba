using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Features.Voice.Work;
using LogisticsAdmin.Live;
using LogisticsAdmin.Tests.Repairs;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Voice;

/// <summary>The phone pages without scripts, and who gets which pages and files.</summary>
public sealed class VoicePageTests
{
    private const string New = "/my/voice/new";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_complaint_is_sent_from_a_tickets_page_with_a_photo_answered_and_rated_without_scripts()
    {
        await using var app = await TestApp.StartAsync();
        var resident = await app.SignInAsync(TestUsers.Resident);
        var ticket = await app.ReportAsync(resident);
        var link = (await resident.PageAsync($"/my/repairs/{ticket}")).QuerySelector("[data-complain]")!.GetAttribute("href")!;
        var form = (await resident.PageAsync($"/{link}")).Forms.First(f => f.QuerySelector("[name='Input.Text']") is not null);
        Assert.Equal(ticket, form.QuerySelector("[name='Input.AboutKey']")!.GetAttribute("value"));

        using var sent = await resident.SendAsync(form, [("a.jpg", Phone.Jpeg())], ("Input.Kind", "Complaint"), ("Input.Text", VoiceSteps.Text));

        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        var address = sent.Headers.Location!.OriginalString.Split('?')[0];
        var id = long.Parse(address.Split('/')[^1], CultureInfo.InvariantCulture);
        var page = await resident.PageAsync($"/my/voice/{id}");
        Assert.Contains(VoiceSteps.Text, page.Body!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector(".photos img"));
        await using var work = new AppWithUsers(app);
        await (await work.AsAsync(TestUsers.Dispatcher)).DoAsync(id, VoiceVerb.Settle, "已延长到 23:30");
        Assert.Contains("对您的答复", (await resident.PageAsync("/my")).Body!.TextContent, StringComparison.Ordinal);
        using var solved = await resident.SendFormAsync(Form(await resident.PageAsync($"/my/voice/{id}"), "solve"), $"/my/voice/{id}");
        Assert.Equal(HttpStatusCode.Redirect, solved.StatusCode);
        using var rated = await resident.SendFormAsync(
            Form(await resident.PageAsync($"/my/voice/{id}"), "rate"), $"/my/voice/{id}", ("Input.Satisfaction", "Satisfied"));
        Assert.Equal(HttpStatusCode.Redirect, rated.StatusCode);
        var stored = await app.InDatabaseAsync(db => db.VoiceCases.AsNoTracking().SingleAsync(c => c.Id == id));
        Assert.Equal((VoiceState.Closed, Satisfaction.Satisfied, "ticket", ticket), (stored.State, stored.Satisfaction, stored.SubjectKind, stored.SubjectKey));
    }

    [Fact]
    public async Task What_is_refused_stays_typed_and_a_stale_page_says_why()
    {
        await using var app = await TestApp.StartAsync();
        var resident = await app.SignInAsync(TestUsers.Resident);
        using var refused = await resident.PostFormAsync(New, ("Input.Text", "\u200B"), ("Input.Kind", "Complaint"));
        Assert.NotNull((await refused.PageAsync()).QuerySelector("[role=alert]"));
        using var sent = await resident.PostFormAsync(New, ("Input.Text", VoiceSteps.Text), ("Input.Kind", "Complaint"), ("Input.Anonymous", "true"));
        var address = "/my/" + sent.Headers.Location!.OriginalString.Split("/my/")[^1].Split('?')[0];
        var old = Form(await resident.PageAsync(address), "withdraw");
        using (await resident.SendFormAsync(old, address)) { }

        using var again = await resident.SendFormAsync(Form(old.Owner as AngleSharp.Html.Dom.IHtmlDocument, "add"), address, ("Input.Text", "还有"));

        Assert.Contains("已撤回", (await again.PageAsync()).QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("还有", (await again.PageAsync()).Body!.InnerHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_and_files_are_for_the_office_and_own_pages_for_the_reporter()
    {
        await using var app = await TestApp.StartAsync();
        await app.InDatabaseAsync(VoiceSteps.AddFirstCaseAsync);
        var people = new Dictionary<string, HttpClient>();
        foreach (var who in new[] { TestUsers.Resident, TestUsers.Technician, TestUsers.Dispatcher, TestUsers.Manager, TestUsers.Administrator })
            people[who] = await app.SignInAsync(who);
        foreach (var (who, client) in people)
        {
            var isOffice = who is not (TestUsers.Resident or TestUsers.Technician);
            foreach (var address in new[] { "/exports/voice-cases.xlsx", "/exports/voice-cases.csv?view=All&q=热水" })
                Assert.Equal(isOffice ? HttpStatusCode.OK : HttpStatusCode.Forbidden, await StatusAsync(client, address));
            Assert.Equal(isOffice, await StatusAsync(client, "/voice") == HttpStatusCode.OK);
            Assert.Equal(who == TestUsers.Resident ? HttpStatusCode.OK : HttpStatusCode.NotFound, await StatusAsync(client, "/my/voice/1"));
            foreach (var address in new[] { "/my/voice", New, "/my/voice/board?kind=nonsense&q=%00" })
                Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, address));
        }
        using var board = await people[TestUsers.Technician].PostFormAsync("/my/voice/board");
        Assert.True(board.StatusCode is HttpStatusCode.OK or HttpStatusCode.Redirect);
        var csv = Encoding.UTF8.GetString(await people[TestUsers.Manager].GetByteArrayAsync("/exports/voice-cases.csv?view=All", Ct));
        Assert.Contains("王小雨", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plus_one_keeps_the_filter_and_one_for_what_was_taken_off_the_board_says_so()
    {
        await using var app = await TestApp.StartAsync();
        await app.InDatabaseAsync(VoiceSteps.AddFirstCaseAsync);
        var resident = await app.SignInAsync(TestUsers.Resident);
        const string address = "/my/voice/board?kind=Complaint&q=%E7%83%AD%E6%B0%B4";
        var shown = Form(await resident.PageAsync(address), "support");
        var id = shown.QuerySelector("button[name=Id]")!.GetAttribute("value")!;

        using var supported = await resident.SendFormAsync(shown, address, ("Id", id));

        Assert.Equal(HttpStatusCode.Redirect, supported.StatusCode);
        Assert.EndsWith(address, supported.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal("true", (await resident.PageAsync(address)).QuerySelector("button[name=Id]")!.GetAttribute("aria-pressed"));
        await using var work = new AppWithUsers(app);
        var sent = await app.InDatabaseAsync(db => db.VoiceCases.Select(c => c.Id).SingleAsync());
        await (await work.AsAsync(TestUsers.Dispatcher)).Get<VoiceBoard>().RetireAsync(sent, Ct);
        using var stale = await resident.SendFormAsync(shown, address, ("Id", id));
        Assert.Equal(HttpStatusCode.OK, stale.StatusCode);
        Assert.NotNull((await stale.PageAsync()).QuerySelector("[role=alert]"));
    }

    [Fact]
    public async Task Only_the_office_uploads_photos_for_answers_and_it_hears_what_is_wrong_with_one()
    {
        await using var app = await TestApp.StartAsync();
        foreach (var who in new[] { TestUsers.Resident, TestUsers.Technician, TestUsers.Dispatcher, TestUsers.Manager, TestUsers.Administrator })
        {
            var client = await app.SignInAsync(who);
            var token = (await client.PageAsync("/my")).QuerySelector("[name='__RequestVerificationToken']")!.GetAttribute("value")!;
            using var good = await client.PostAsync("/voice/photos", Upload(Phone.Jpeg(), token), Ct);
            if (who is TestUsers.Resident or TestUsers.Technician)
            {
                Assert.Equal(HttpStatusCode.Forbidden, good.StatusCode);
                continue;
            }
            using var bad = await client.PostAsync("/voice/photos", Upload([1, 2, 3], token), Ct);
            using var forged = await client.PostAsync("/voice/photos", Upload(Phone.Jpeg(), null), Ct);
            Assert.Equal(
                (HttpStatusCode.OK, HttpStatusCode.UnprocessableEntity, HttpStatusCode.BadRequest), (good.StatusCode, bad.StatusCode, forged.StatusCode));
            Assert.Contains("\"key\"", await good.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        }
        Assert.Equal(3, await app.InDatabaseAsync(db => db.VoicePhotos.CountAsync()));
    }

    [Fact]
    public async Task A_recorded_case_is_on_the_persons_pages_with_who_recorded_it_and_the_photo_of_the_answer()
    {
        await using var app = await TestApp.StartAsync();
        await using var work = new AppWithUsers(app);
        var (office, resident) = (await work.AsAsync(TestUsers.Dispatcher), await work.AsAsync(TestUsers.Resident));
        var id = await office.RecordAsync(resident.PersonId, "阅览室空调太冷", place: "room");
        var photo = await office.PhotoAsync();
        await office.DoAsync(id, VoiceVerb.Reply, new VoiceVerbForm { Text = "已调高两度", Photos = [photo] });
        var client = await app.SignInAsync(TestUsers.Resident);

        Assert.NotNull((await client.PageAsync("/my/voice")).QuerySelector($"[data-case='{id}']"));
        var page = await client.PageAsync($"/my/voice/{id}");
        Assert.Contains("由 王静 代您提交", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector($"img[src='photos/{photo}/thumb']"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client, $"/photos/{photo}"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(await app.SignInAsync(TestUsers.Technician), $"/photos/{photo}"));
    }

    [Fact]
    public async Task An_open_page_of_the_board_is_told_of_changes_and_no_longer_has_what_was_taken_off()
    {
        await using var app = await TestApp.StartAsync();
        await app.InDatabaseAsync(VoiceSteps.AddFirstCaseAsync);
        await using var work = new AppWithUsers(app);
        var (me, reader) = ((await work.AsAsync(TestUsers.Technician)).PersonId, await app.SignInAsync(TestUsers.Technician));
        var (signal, change) = (app.Services.GetRequiredService<VoiceBoardSignal>(), new KeyChanged(VoiceTopics.Board, 1));
        Assert.False(signal.Wants(change, me));

        Assert.Single((await reader.PageAsync("/my/voice/board")).QuerySelectorAll("[data-live-page] [data-published]"));
        Assert.True(signal.Wants(change, me));
        var sent = await app.InDatabaseAsync(db => db.VoiceCases.Select(c => c.Id).SingleAsync());
        await (await work.AsAsync(TestUsers.Dispatcher)).Get<VoiceBoard>().RetireAsync(sent, Ct);
        Assert.Empty((await reader.PageAsync("/my/voice/board")).QuerySelectorAll("[data-published]"));
    }

    [Fact]
    public async Task Half_days_of_the_limit_are_shown()
    {
        await using var app = await TestApp.StartAsync();
        await using var work = new AppWithUsers(app);
        var levels = (await work.AsAsync(TestUsers.Manager)).Get<VoiceLevelService>();
        await levels.SetAsync(new VoiceLevelForm { LevelId = (await levels.ReadAsync(Ct))[0].Id, AnswerHours = 12, SettleHours = 20, Why = "寒假前" }, Ct);

        var page = await (await app.SignInAsync(TestUsers.Resident)).PageAsync(New);

        Assert.Contains("2.5 个工作日", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Phone_pages_are_small()
    {
        await using var app = await TestApp.StartAsync();
        await app.InDatabaseAsync(VoiceSteps.AddFirstCaseAsync);
        var resident = await app.SignInAsync(TestUsers.Resident);
        foreach (var address in new[] { "/my/voice", New, "/my/voice/1", "/my/voice/board" })
        {
            var page = await resident.GetByteArrayAsync(address, Ct);
            Assert.InRange(page.Length, 1_000, 100_000);
            Assert.DoesNotContain(" style=", Encoding.UTF8.GetString(page), StringComparison.Ordinal);
        }
    }

    private static AngleSharp.Html.Dom.IHtmlFormElement Form(AngleSharp.Html.Dom.IHtmlDocument? page, string name) =>
        page!.Forms.First(f => f.QuerySelector("[name='_handler']")?.GetAttribute("value") == name);

    private static MultipartFormDataContent Upload(byte[] bytes, string? token)
    {
        var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        var content = new MultipartFormDataContent { { file, "file", "a.jpg" } };
        if (token is not null) content.Add(new StringContent(token), "__RequestVerificationToken");
        return content;
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string address)
    {
        using var response = await client.GetAsync(address);
        return response.StatusCode;
    }
}
