using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

public sealed class ReportFilesBrowserTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task A_manager_makes_the_documents_of_a_month_with_the_keyboard_and_downloads_them()
    {
        await using var app = await TestApp.StartAsync(kestrel: true);
        var month = app.Services.GetRequiredService<OfficeTime>().Today.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);
        var visitor = await OpenAsync(app, new Viewport());
        await visitor.SignInAsync(TestUsers.Manager);
        await visitor.GoAsync($"/reports/monthly/{month}");
        var page = visitor.Page;

        await page.Locator("#report-language").SelectOptionAsync("en");
        await page.Locator("[data-request=Pdf]").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var link = page.Locator("li[data-file=Pdf][data-state=Ready] [data-download]");
        await Expect(link).ToBeFocusedAsync();
        await Expect(page.Locator("[data-files-said]")).ToContainTextAsync("PDF");
        var download = await page.RunAndWaitForDownloadAsync(() => page.Keyboard.PressAsync("Enter"));

        Assert.EndsWith(".pdf", download.SuggestedFilename, StringComparison.Ordinal);
        Assert.StartsWith("Monthly service report", download.SuggestedFilename, StringComparison.Ordinal);
        Assert.Empty(await visitor.ViolationsAsync("/reports/monthly with files"));
        Assert.Empty(visitor.Problems);
    }
}
