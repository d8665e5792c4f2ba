using LogisticsAdmin.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>The settings of repairs by keyboard, and an open desk that follows them.</summary>
public sealed class SettingsPageTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task A_crew_and_a_category_are_added_by_keyboard_and_an_open_desk_offers_them_without_reload()
    {
        var (admin, desk) = (await SignInAsync(TestUsers.Administrator), await SignInAsync(TestUsers.Dispatcher));
        await desk.GoAsync("/repairs");
        var (keys, dialog) = (admin.Page.Keyboard, admin.Page.GetByRole(AriaRole.Dialog));

        await admin.GoAsync("/settings/crews");
        await admin.Page.FocusAsync("[data-new]");
        await keys.PressAsync("Enter");
        await Expect(admin.Page.Locator("#crew-code")).ToBeFocusedAsync();
        await keys.TypeAsync("boilers");
        await keys.PressAsync("Tab");
        await keys.TypeAsync("锅炉组");
        await keys.PressAsync("Tab");
        await keys.TypeAsync("Boilers");
        await admin.DemandAccessibleAsync("the dialog of a crew");
        await admin.PictureAsync("settings-crew-dialog");
        await keys.PressAsync("Enter");
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(admin.Page.Locator("[data-crew=boilers]")).ToContainTextAsync("锅炉组");
        await Expect(desk.Page.Locator(".filters option", new PageLocatorOptions { HasText = "锅炉组" })).ToHaveCountAsync(1);

        await admin.GoAsync("/settings/categories");
        await admin.Page.FocusAsync("[data-new]");
        await keys.PressAsync("Enter");
        await Expect(admin.Page.Locator("#category-group")).ToBeFocusedAsync();
        await keys.PressAsync("Tab");
        await keys.TypeAsync("锅炉漏水");
        await admin.Page.FocusAsync("#category-code");
        await keys.TypeAsync("water-boiler");
        await admin.DemandAccessibleAsync("the dialog of a category");
        await keys.PressAsync("Enter");
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(admin.Page.Locator("[data-category=water-boiler]")).ToContainTextAsync("锅炉漏水");
        await Expect(desk.Page.Locator(".filters option", new PageLocatorOptions { HasText = "锅炉漏水" })).ToHaveCountAsync(1);
    }
}
