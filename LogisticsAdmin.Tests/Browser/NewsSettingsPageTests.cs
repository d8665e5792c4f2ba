using LogisticsAdmin.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>The settings of notices and news by keyboard, followed live by another administrator's page.</summary>
public sealed class NewsSettingsPageTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task A_column_is_added_and_moved_by_keyboard_a_template_previewed_and_the_right_to_publish_given()
    {
        var (admin, other) = (await SignInAsync(TestUsers.Administrator), await SignInAsync(TestUsers.Administrator));
        var (keys, dialog) = (admin.Page.Keyboard, admin.Page.GetByRole(AriaRole.Dialog));
        await other.GoAsync("/settings/news");
        await admin.GoAsync("/settings/news");
        await admin.Page.FocusAsync("[data-new]");
        await keys.PressAsync("Enter");
        await Expect(admin.Page.Locator("#column-name")).ToBeFocusedAsync();
        await keys.TypeAsync("食堂与超市");
        await admin.Page.FocusAsync("#column-code");
        await keys.TypeAsync("canteen");
        await admin.DemandAccessibleAsync("the dialog of a column");
        await admin.PictureAsync("news-column-dialog");
        await keys.PressAsync("Enter");
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(other.Page.Locator("[data-column=canteen]")).ToContainTextAsync("食堂与超市");
        await admin.Page.FocusAsync("[data-column=canteen] [data-up]");
        await keys.PressAsync("Enter");
        await Expect(other.Page.Locator("[data-column]").Nth(5)).ToHaveAttributeAsync("data-column", "canteen");

        await admin.GoAsync("/settings/news/templates");
        await admin.Page.FocusAsync("[data-template=water-cut] [data-edit]");
        await keys.PressAsync("Enter");
        await Expect(dialog.Locator("[data-placeholders]")).ToContainTextAsync("{日期}");
        await Expect(dialog.Locator(".sheet").First).ToContainTextAsync("来水初期水可能发黄");
        await admin.DemandAccessibleAsync("the dialog of a template");
        await admin.PictureAsync("news-template-dialog");
        await keys.PressAsync("Escape");

        await admin.GoAsync("/settings/news/publishers");
        await admin.Page.FocusAsync("[data-new]");
        await keys.PressAsync("Enter");
        var chosen = Assert.Single(await admin.Page.Locator("#publisher-person").SelectOptionAsync(new SelectOptionValue { Index = 1 }));
        await admin.Page.Locator("[data-confirm]").ClickAsync();
        await Expect(admin.Page.Locator($"[data-publisher='{chosen}']")).ToBeVisibleAsync();
    }
}
