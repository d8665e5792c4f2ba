using LogisticsAdmin.Tests.Support;
using LogisticsAdmin.Tests.Voice;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>The desk of complaints has the craft of the repair desk: saved views, ranges by key, drafts of replies.</summary>
public sealed class VoiceDeskTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task A_saved_view_of_cases_is_reached_from_another_page_and_counts_what_arrives()
    {
        var mark = $"W{Guid.NewGuid():N}"[..8];
        var sender = await Fixture.Work.AsAsync(TestUsers.Resident);
        await sender.SendAsync($"热水停得太早 {mark}");
        var desk = await SignInAsync(TestUsers.Manager);
        var page = desk.Page;
        await desk.GoAsync($"/voice?view=All&q={mark}");
        await page.ClickAsync("[data-save-view]");
        await Expect(page.Locator("#view-name")).ToBeFocusedAsync();
        await page.Keyboard.InsertTextAsync(mark);
        await page.Keyboard.PressAsync("Enter");
        var (view, count) = (page.Locator($"a:has([data-saved-count='{mark}'])"), page.Locator($"[data-saved-count='{mark}']"));
        await Expect(view).ToHaveAttributeAsync("aria-current", "true");

        await desk.GoAsync("/repairs");
        await Expect(count).ToHaveTextAsync("1");
        await sender.SendAsync($"又停了 {mark}");
        await Expect(count).ToHaveTextAsync("2");
        await view.ClickAsync();
        await Expect(page.Locator("tr[data-case]")).ToHaveCountAsync(2);

        await page.ClickAsync("[data-keep-views=voice]");
        var row = page.Locator($".keep-views li[data-view='{mark}']");
        await row.Locator("[data-delete]").ClickAsync();
        await row.Locator("[data-delete].sure").ClickAsync();
        await Expect(count).ToHaveCountAsync(0);
        Assert.Empty(desk.Problems);
    }

    [Fact]
    public async Task A_range_is_selected_with_keys_and_a_reply_that_was_begun_is_there_when_its_case_is_opened_again()
    {
        var mark = $"X{Guid.NewGuid():N}"[..8];
        var sender = await Fixture.Work.AsAsync(TestUsers.Resident);
        for (var n = 0; n < 3; n++) await sender.SendAsync($"洗衣房排队 {mark}");
        var desk = await SignInAsync(TestUsers.Dispatcher);
        var (page, keys) = (desk.Page, desk.Page.Keyboard);
        await desk.GoAsync($"/voice?view=All&q={mark}");
        await keys.PressAsync("j");
        await Expect(page.Locator("tr[data-case].sel")).ToHaveCountAsync(1);
        await keys.PressAsync("Shift+J");
        await Expect(page.Locator("[data-marked='2']")).ToBeVisibleAsync();
        await keys.PressAsync("c");
        await Expect(page.Locator("#voice-text")).ToBeVisibleAsync();
        await keys.PressAsync("Escape");
        await Expect(page.Locator("#voice-text")).ToHaveCountAsync(0);

        await keys.PressAsync("i");
        await Expect(page.Locator("#voice-text")).ToBeFocusedAsync();
        await keys.InsertTextAsync("已转水电组");
        await Expect(page.Locator("[data-bulk-will]")).ToContainTextAsync("将给 2 件投诉建议添加内部备注");
        await page.ClickAsync("[data-confirm]");
        await Expect(page.Locator("[data-undo=Note]")).ToContainTextAsync("2 件");
        await Expect(page.Locator("[data-marked]")).ToHaveCountAsync(0);
        await keys.PressAsync("z");
        await Expect(page.Locator("[data-undone='2']")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-marked='2']")).ToBeVisibleAsync();
        await keys.PressAsync("Escape");
        await Expect(page.Locator("[data-marked]")).ToHaveCountAsync(0);

        await keys.PressAsync("c");
        await Expect(page.Locator("#reply-text")).ToBeFocusedAsync();
        await keys.InsertTextAsync("正在核实");
        await keys.PressAsync("Escape");
        await keys.PressAsync("k");
        await Expect(page.Locator("#reply-text")).ToHaveValueAsync("");
        await keys.PressAsync("j");
        await Expect(page.Locator("#reply-text")).ToHaveValueAsync("正在核实");

        await page.ClickAsync(".menu.look summary");
        await page.CheckAsync("[name=look-density][value=Compact]");
        await Expect(page.Locator("table.tickets.compact")).ToBeVisibleAsync();
        await page.CheckAsync("[name=look-density][value=Comfortable]");
        await Expect(page.Locator("table.tickets.compact")).ToHaveCountAsync(0);
        await page.SelectOptionAsync("[data-owner]", new SelectOptionValue { Label = "沈国栋" });
        await Expect(page.Locator("tr[data-case]")).ToHaveCountAsync(0);
        await page.ClickAsync(".empty a.btn");
        await Expect(page.Locator("[data-clear-filters]")).ToHaveCountAsync(0);
        Assert.Empty(desk.Problems);
    }
}
