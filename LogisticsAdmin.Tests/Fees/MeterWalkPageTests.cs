using System.Globalization;
using System.Net;
using AngleSharp.Html.Dom;
using LogisticsAdmin.Features.Fees.Metering;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Repairs;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>Reading meters floor by floor on a phone, with plain forms and scripts off.</summary>
public sealed class MeterWalkPageTests
{
    private const string Address = "/jobs/meters/1/2";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_technician_walks_a_building_floor_by_floor_and_goes_on_to_the_next_room()
    {
        await using var app = await StartAsync();
        var technician = await app.SignInAsync(TestUsers.Technician);
        var buildings = await technician.PageAsync("/jobs/meters");
        Assert.Equal("竹园1号楼 · 未抄 0 / 240", Shown(buildings, "[data-walk] a"));
        Assert.NotNull(buildings.QuerySelector("nav.tabs a[href='jobs/meters'][aria-current='page']"));
        Assert.Equal("2 层 · 未抄 0 / 40", Shown(await technician.PageAsync("/jobs/meters/1"), "[data-walk] a:nth-child(2)"));
        var page = await technician.PageAsync(Address);
        var cards = page.QuerySelectorAll("[data-meter]");
        Assert.Equal(["201", "201", "202"], cards.Take(3).Select(c => c.QuerySelector("h2")!.TextContent[..3]));
        var first = await NewestAsync(app, cards[0].GetAttribute("data-meter")!);
        Assert.Contains(
            $"上次 {first.Value.ToString("0.####", CultureInfo.InvariantCulture)}（{first.Day:yyyy-MM-dd}）", cards[0].TextContent,
            StringComparison.Ordinal);

        using var sent = await technician.SendFormAsync(FormOf(page, $"read-{first.MeterId}"), Address, ("Input.Value", Text(first.Value + 1)));

        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        var next = sent.Headers.Location!.ToString();
        Assert.EndsWith(cards[1].Id!, next, StringComparison.Ordinal);
        page = await technician.PageAsync(next.Split('#')[0]);
        Assert.Equal("已记下。", page.QuerySelector(".done")!.TextContent);
        Assert.NotNull(page.QuerySelector($"#{cards[1].Id} input[autofocus]"));
        Assert.Null(page.QuerySelector($"#{cards[0].Id} form input[name='_handler'][value^='read-']"));
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_is_one_reading()
    {
        await using var app = await StartAsync();
        var technician = await app.SignInAsync(TestUsers.Technician);
        var page = await technician.PageAsync(Address);
        var first = await NewestAsync(app, page.QuerySelector("[data-meter]")!.GetAttribute("data-meter")!);
        var form = FormOf(page, $"read-{first.MeterId}");

        for (var time = 0; time < 2; time++)
        {
            using var sent = await technician.SendFormAsync(form, Address, ("Input.Value", Text(first.Value + 1)));
            Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        }

        Assert.Equal(1, await CountAsync(app, first));
        // Another number in the form that was sent is not taken for the same.
        using var other = await technician.SendFormAsync(form, Address, ("Input.Value", Text(first.Value + 2)));
        Assert.Contains("这一天已有读数", (await other.PageAsync()).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(1, await CountAsync(app, first));
    }

    [Fact]
    public async Task A_doubtful_reading_is_asked_about_in_the_form_and_taken_with_a_reason()
    {
        await using var app = await StartAsync();
        var technician = await app.SignInAsync(TestUsers.Technician);
        var page = await technician.PageAsync(Address);
        var first = await NewestAsync(app, page.QuerySelector("[data-meter]")!.GetAttribute("data-meter")!);

        using var asked = await technician.SendFormAsync(FormOf(page, $"read-{first.MeterId}"), Address, ("Input.Value", "99999"));
        page = await asked.PageAsync();

        Assert.Equal(["TooMuch"], page.QuerySelectorAll("[data-doubt]").Select(d => d.GetAttribute("data-doubt")));
        Assert.Equal("99999", page.GetElementById($"read-{first.MeterId}-Value")!.GetAttribute("value"));
        Assert.Equal(0, await CountAsync(app, first));
        var form = FormOf(page, $"read-{first.MeterId}");
        using var unanswered = await technician.SendFormAsync(form, Address);
        Assert.NotNull((await unanswered.PageAsync()).QuerySelector("[data-doubt]"));
        using var sent = await technician.SendFormAsync(form, Address, ("Input.Reason", "热水器一直开着"));
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        Assert.Equal(1, await CountAsync(app, first));
    }

    [Fact]
    public async Task What_was_read_today_is_corrected_with_a_reason()
    {
        await using var app = await StartAsync();
        var technician = await app.SignInAsync(TestUsers.Technician);
        var page = await technician.PageAsync(Address);
        var first = await NewestAsync(app, page.QuerySelector("[data-meter]")!.GetAttribute("data-meter")!);
        using var sent = await technician.SendFormAsync(FormOf(page, $"read-{first.MeterId}"), Address, ("Input.Value", Text(first.Value + 9)));
        page = await technician.PageAsync(Address);
        var form = FormOf(page, $"correct-{first.MeterId}");

        using var refused = await technician.SendFormAsync(form, Address, ("Input.Value", Text(first.Value + 8)));
        Assert.Contains("请写明更正的原因", (await refused.PageAsync()).Said("Reason", $"correct-{first.MeterId}"), StringComparison.Ordinal);
        using var corrected = await technician.SendFormAsync(form, Address, ("Input.Value", Text(first.Value + 8)), ("Input.Reason", "看错"));

        Assert.Equal(HttpStatusCode.Redirect, corrected.StatusCode);
        var stored = await app.InDatabaseAsync(db => db.MeterReadings.Where(r => r.MeterId == first.MeterId && r.Day > first.Day).ToListAsync(Ct));
        Assert.Equal([(first.Value + 9, false), (first.Value + 8, true)], stored.OrderBy(r => r.Id).Select(r => (r.Value, r.ReplacedAt is null)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("-1")]
    [InlineData("1.23456")]
    [InlineData("100000")]
    public async Task What_can_not_be_is_refused_at_its_field(string typed)
    {
        await using var app = await StartAsync();
        var technician = await app.SignInAsync(TestUsers.Technician);
        var page = await technician.PageAsync(Address);
        var first = await NewestAsync(app, page.QuerySelector("[data-meter]")!.GetAttribute("data-meter")!);

        using var answer = await technician.SendFormAsync(FormOf(page, $"read-{first.MeterId}"), Address, ("Input.Value", typed));

        Assert.NotEqual("", (await answer.PageAsync()).Said("Value", $"read-{first.MeterId}"));
        Assert.Equal(0, await CountAsync(app, first));
    }

    [Theory]
    [InlineData("read")]
    [InlineData("correct")]
    public async Task A_form_without_any_field_is_refused_like_an_empty_one(string act)
    {
        await using var app = await StartAsync();
        var technician = await app.SignInAsync(TestUsers.Technician);
        var page = await technician.PageAsync(Address);
        var first = await NewestAsync(app, page.QuerySelector("[data-meter]")!.GetAttribute("data-meter")!);
        var token = page.QuerySelector("input[name='__RequestVerificationToken']")!.GetAttribute("value")!;

        using var answer = await technician.PostAsync(Address, new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["_handler"] = $"{act}-{first.MeterId}",
            ["__RequestVerificationToken"] = token,
        }), Ct);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotEqual("", (await answer.PageAsync()).Said("Value", $"{act}-{first.MeterId}"));
        Assert.Equal(0, await CountAsync(app, first));
    }

    [Fact]
    public async Task Residents_find_no_such_pages_and_the_office_does()
    {
        await using var app = await StartAsync();
        var (resident, office) = (await app.SignInAsync(TestUsers.Resident), await app.SignInAsync(TestUsers.Dispatcher));
        foreach (var address in new[] { "/jobs/meters", "/jobs/meters/1", Address })
        {
            using var hidden = await resident.GetAsync(address, Ct);
            using var shown = await office.GetAsync(address, Ct);
            Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (hidden.StatusCode, shown.StatusCode));
        }
        using var unknown = await office.GetAsync("/jobs/meters/999", Ct);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    private static string Shown(IHtmlDocument page, string selector) =>
        string.Join(' ', page.QuerySelector(selector)!.TextContent.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));

    private static string Text(decimal value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    private static IHtmlFormElement FormOf(IHtmlDocument page, string name) =>
        page.Forms.OfType<IHtmlFormElement>().Single(f => f.QuerySelector($"[name='_handler'][value='{name}']") is not null);

    private static Task<MeterReading> NewestAsync(TestApp app, string number) => app.InDatabaseAsync(db => (
        from reading in db.MeterReadings
        join meter in db.Meters on reading.MeterId equals meter.Id
        where meter.Number == number && reading.ReplacedAt == null
        orderby reading.Day descending
        select reading).FirstAsync(Ct));

    private static Task<int> CountAsync(TestApp app, MeterReading since) =>
        app.InDatabaseAsync(db => db.MeterReadings.CountAsync(r => r.MeterId == since.MeterId && r.Day > since.Day, Ct));

    /// <summary>The app with the example meters of 竹园1号楼.</summary>
    private static async Task<TestApp> StartAsync()
    {
        var app = await TestApp.StartAsync();
        await app.InDatabaseAsync(async db =>
        {
            await new DemoMeters(app.Services.GetRequiredService<OfficeTime>()).LoadAsync(db, Ct);
            return 0;
        });
        return app;
    }
}
