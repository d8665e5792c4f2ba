using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Tests.Support;
using LogisticsAdmin.Tests.Voice;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>The desk of complaints: a call is recorded, answered with a photo, and what was published goes off open phone pages when it is undone.</summary>
public sealed class VoiceRecordTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task A_call_is_recorded_for_the_person_and_answered_with_a_photo()
    {
        var mark = $"Y{Guid.NewGuid():N}"[..8];
        var desk = await SignInAsync(TestUsers.Dispatcher);
        var (page, keys) = (desk.Page, desk.Page.Keyboard);
        await desk.GoAsync("/voice?view=All");
        await page.ClickAsync("[data-record-case]");
        await Expect(page.Locator("#record-who")).ToBeFocusedAsync();
        await keys.InsertTextAsync("王小雨");
        await Expect(page.Locator("#record-whos [role=option]")).ToHaveCountAsync(1);
        await keys.PressAsync("Enter");
        await Expect(page.Locator(".chosen")).ToContainTextAsync("王小雨");
        await page.SelectOptionAsync("#record-kind", "Suggestion");
        await page.SelectOptionAsync("#record-place", "room");
        await page.FillAsync("#record-text", $"建议装快递架 {mark}");
        await page.SetInputFilesAsync("#record-photos", Photo("shelf.jpg"));
        await Expect(page.Locator(".mud-dialog .photo")).ToHaveCountAsync(1);
        await desk.DemandAccessibleAsync("the dialog of a recorded complaint");
        await page.ClickAsync("[data-confirm]");

        await Expect(page.Locator("#sheet-title")).ToContainTextAsync(mark);
        await Expect(page.Locator("[data-recorded-by]")).ToContainTextAsync("王静");
        await Expect(page.Locator(".tl .photos img")).ToHaveCountAsync(1);
        await page.FillAsync("#reply-text", "已列入计划");
        await page.SetInputFilesAsync("#reply-photos", Photo("plan.jpg"));
        await Expect(page.Locator(".reply .photo")).ToHaveCountAsync(1);
        await page.ClickAsync(".reply [data-verb=Reply]");
        await Expect(page.Locator(".tl li[data-verb=Reply] .photos img")).ToHaveCountAsync(1);
        await Expect(page.Locator(".reply .photo")).ToHaveCountAsync(0);
        Assert.Empty(desk.Problems);
    }

    [Fact]
    public async Task What_was_published_appears_on_an_open_phone_page_and_goes_when_it_is_undone_with_a_key()
    {
        var mark = $"Q{Guid.NewGuid():N}"[..8];
        var id = await (await Fixture.Work.AsAsync(TestUsers.Resident)).SendAsync($"热水停得太早 {mark}");
        await (await Fixture.Work.AsAsync(TestUsers.EnglishDispatcher)).DoAsync(id, VoiceVerb.Settle, "已延长到 23:30");
        var phone = await SignInAsync(TestUsers.Technician, new Viewport(Width: Viewport.Phone));
        await phone.GoAsync("/my/voice/board");
        var shown = phone.Page.Locator("article[data-published]", new PageLocatorOptions { HasText = mark });
        await Expect(shown).ToHaveCountAsync(0);
        var desk = await SignInAsync(TestUsers.Dispatcher);
        await desk.GoAsync($"/voice/{id}");

        await desk.Page.ClickAsync("[data-verb=Publish]");
        await Expect(desk.Page.Locator("#publish-answer")).ToHaveValueAsync("已延长到 23:30");
        await desk.Page.ClickAsync("[data-confirm]");
        await Expect(shown).ToHaveCountAsync(1);
        await desk.Page.Keyboard.PressAsync("z");

        await Expect(desk.Page.Locator("[data-undone='1']")).ToBeVisibleAsync();
        await Expect(shown).ToHaveCountAsync(0);
        await Expect(desk.Page.Locator("[data-verb=Unpublish]")).ToHaveCountAsync(0);
        Assert.Empty(desk.Problems);
        Assert.Empty(phone.Problems);
    }

    private static FilePayload Photo(string name) => new() { Name = name, MimeType = "image/jpeg", Buffer = Repairs.Phone.Jpeg() };
}
