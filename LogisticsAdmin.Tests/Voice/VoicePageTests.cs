using System.Globalization;
using System.Net;
using System.Text;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Features.Voice.Work;
using LogisticsAdmin.Tests.Repairs;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
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

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string address)
    {
        using var response = await client.GetAsync(address);
        return response.StatusCode;
    }
}
