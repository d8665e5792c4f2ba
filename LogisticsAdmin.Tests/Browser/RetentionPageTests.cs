using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

public sealed class RetentionPageTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_administrator_sets_a_period_sees_what_it_removes_and_runs_it_after_a_question()
    {
        await using var app = await TestApp.StartAsync(kestrel: true);
        await app.InDatabaseAsync(async db =>
        {
            var old = app.Services.GetRequiredService<TimeProvider>().GetUtcNow().AddMonths(-13);
            db.Add(new InboxItem(await db.Users.Select(p => p.Id).FirstAsync(Ct), 1, "BX1", null, old));
            return await db.SaveChangesAsync(Ct);
        });
        var visitor = await OpenAsync(app, new Viewport());
        await visitor.SignInAsync(TestUsers.Administrator);
        await visitor.GoAsync("/settings/retention");
        var page = visitor.Page;

        await page.Locator("[data-edit]").ClickAsync();
        await page.Locator("#retention-inbox").FillAsync("2");
        await page.Locator("#retention-inbox").PressAsync("Enter");
        await Expect(page.Locator("#retention-inbox-problem")).Not.ToBeEmptyAsync();
        await page.Locator("#retention-inbox").FillAsync("12");
        await page.Locator("#retention-inbox").PressAsync("Enter");
        await Expect(page.Locator("tr[data-kind=Inbox] [data-preview]")).ToContainTextAsync("1");
        await page.Locator("[data-run]").ClickAsync();
        await page.Locator("[data-confirm]").ClickAsync();
        await Expect(page.Locator("tr[data-removed=Inbox]")).ToContainTextAsync("郑海涛");
        await Expect(page.Locator("tr[data-kind=Inbox] [data-preview]")).ToContainTextAsync("0");

        Assert.Empty(await visitor.ViolationsAsync("/settings/retention"));
        Assert.Empty(visitor.Problems);
    }
}
