using LogisticsAdmin.Data;
using LogisticsAdmin.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

public sealed class OperationsPageTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task An_administrator_backs_up_tests_and_downloads_with_the_keyboard_and_sees_a_fault_of_the_storage_at_once()
    {
        await using var app = await TestApp.StartAsync(
            kestrel: true, change: services => services.Remove(services.Single(s => s.ImplementationType == typeof(StorageWatch))));
        var visitor = await OpenAsync(app, new Viewport());
        await visitor.SignInAsync(TestUsers.Administrator);
        await visitor.GoAsync("/settings/operations");
        var page = visitor.Page;

        await page.Locator("[data-back-up]").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("tr[data-backup]")).ToHaveCountAsync(1);
        await page.Locator("[data-test-restore]").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("[data-last-test]")).ToContainTextAsync("-manual.zip");
        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator("tr[data-backup] a").PressAsync("Enter"));
        Assert.EndsWith("-manual.zip", download.SuggestedFilename, StringComparison.Ordinal);
        Assert.Empty(await visitor.ViolationsAsync("/settings/operations"));

        app.Services.GetRequiredService<StorageState>().Report(StorageFault.Damaged);
        await Expect(page.Locator("[data-storage-fault=Damaged]")).ToBeVisibleAsync();
        Assert.Empty(await visitor.ViolationsAsync("/settings/operations with a fault"));
        Assert.Empty(visitor.Problems);
    }
}
