using System.Globalization;
using System.Net;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Fees.Rates;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>The page of fee rates: publishing while others look on, the time machine, the file of all versions.</summary>
public sealed class RatePageTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Viewport.Chinese, false)]
    [InlineData(Viewport.English, true)]
    public async Task A_new_version_is_published_before_the_eyes_of_everybody_and_the_time_machine_knows_it(string language, bool dark)
    {
        var electricity = await Fixture.Work.InDatabaseAsync(db => db.FeeKinds.Where(k => k.Code == "electricity").Select(k => k.Id).SingleAsync(Ct));
        var room = await Fixture.Work.InDatabaseAsync(db => db.Users.Where(p => p.UserName == TestUsers.Resident).Select(p => p.RoomId).SingleAsync(Ct));
        var first = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(dark ? 700 : 600).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var (admin, manager) = (await SignInAsync(TestUsers.Administrator, new Viewport(language, dark)), await SignInAsync(TestUsers.Manager));
        await admin.GoAsync($"/fees/rates?kind={electricity}&day=2024-10-01&room={room}");
        await manager.GoAsync($"/fees/rates?kind={electricity}");
        await Expect(admin.Page.Locator("[data-explained] .eq")).ToContainTextAsync("× 0.4943 =");
        await Expect(admin.Page.Locator("[data-current]")).ToHaveTextAsync("0.4943");

        await admin.Page.ClickAsync("[data-new-rate]");
        await admin.Page.FillAsync("#rate-first", first);
        await admin.Page.FillAsync("#rate-price-0", "0.6123");
        await admin.Page.FillAsync("#rate-reason", "省发改委调价");
        await admin.Page.ClickAsync("[data-preview]");
        await admin.PictureAsync("dialog-rate");
        await admin.DemandAccessibleAsync("the dialog of a rate");
        await admin.Page.ClickAsync("[data-confirm]");

        foreach (var page in new[] { admin.Page, manager.Page })
        {
            await Expect(page.Locator($"[data-first='{first}'][data-state=Scheduled]")).ToContainTextAsync("0.6123");
        }
        await admin.PictureAsync("rates-published");
        await admin.DemandAccessibleAsync("the page of rates");

        // Days out of all reach are not taken, and the page goes on.
        await admin.Page.FillAsync("#machine-day", "9999-12-31");
        await Expect(admin.Page.Locator("#machine-day")).Not.ToHaveValueAsync("9999-12-31");
        await admin.Page.FillAsync("#machine-known", "0001-01-01T00:00");
        await Expect(admin.Page.Locator("#machine-known")).ToHaveValueAsync("");
        await admin.Page.FillAsync("#machine-day", "2022-10-01");
        await Expect(admin.Page.Locator("[data-explained] .eq")).ToContainTextAsync("× 0.4583 =");
    }

    [Fact]
    public async Task The_office_gets_the_file_of_all_versions_and_nobody_else_the_page()
    {
        await using var app = await TestApp.StartAsync();
        using var dispatcher = await app.SignInAsync(TestUsers.Dispatcher);

        var file = await dispatcher.GetStringAsync("/exports/fee-rates.csv", Ct);
        foreach (var price in new[] { "0.4583", "0.4883", "0.4943", "0.5283", "0.5123", "1,200.00" }) Assert.Contains(price, file, StringComparison.Ordinal);
        foreach (var address in new[] { "/fees/rates", "/fees/rates?kind=x&day=y&known=z&room=99999999", "/fees/groups" })
        {
            using var page = await dispatcher.GetAsync(address, Ct);
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        }
        using var student = await app.SignInAsync(TestUsers.Resident);
        foreach (var address in new[] { "/fees/rates", "/fees/groups", "/exports/fee-rates.csv" })
        {
            using var answer = await student.GetAsync(address, Ct);
            Assert.NotEqual(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("", null, null)]
    [InlineData("?kind=3&scope=all&day=2026-02-28&known=2026-03-01T08:30&room=7", 3L, "2026-02-28")]
    [InlineData("?day=9999-12-31&known=0001-01-01T00:00", null, null)]
    [InlineData("?day=1989-12-31&known=2201-01-01T00:00", null, null)]
    [InlineData("?kind=-3&day=2026-02-30&known=9999-01-01T00:00&room=x", null, null)]
    public void The_address_of_the_page_is_read_leniently_and_written_back(string query, long? kind, string? day)
    {
        var view = RatesView.Read("http://localhost/fees/rates" + query);

        Assert.Equal((kind, day), (view.Kind, (string?)view.Query()["day"]));
        Assert.Equal(kind is null ? null : "2026-03-01T08:30", view.Query()["known"]);
    }
}
