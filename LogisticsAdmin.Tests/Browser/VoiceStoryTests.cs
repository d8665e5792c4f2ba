using LogisticsAdmin.Features.Voice;
using LogisticsAdmin.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>The story of a complaint in real browsers: sent on a phone, seen at once and answered in the office, solved and rated on the phone.</summary>
public sealed class VoiceStoryTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Theory]
    [InlineData(Viewport.Chinese)]
    [InlineData(Viewport.English)]
    public async Task A_complaint_from_a_phone_appears_on_the_open_list_is_settled_with_keys_undone_and_rated_with_one_tap(string language)
    {
        var office = await SignInAsync(TestUsers.Dispatcher, new Viewport(language));
        await office.GoAsync("/voice?view=New");
        var phone = await SignInAsync(TestUsers.Resident, new Viewport(language, Width: Viewport.Phone));
        await phone.GoAsync("/my/voice/new");
        await phone.Page.CheckAsync("[name='Input.Kind'][value=Complaint]");
        await phone.Page.FillAsync("#voice-Text", "浴室地漏返水");
        await phone.Page.CheckAsync("[name='Input.Anonymous']");
        await phone.DemandAccessibleAsync("the form of a complaint");
        await phone.Page.ClickAsync("button.primary[type=submit]");
        await Expect(phone.Page.Locator("article[data-state=New]")).ToBeVisibleAsync();
        var address = new Uri(phone.Page.Url).AbsolutePath;
        var id = address.Split('/')[^1];

        var row = office.Page.Locator($"tr[data-case='{id}']");
        await Expect(row).ToBeVisibleAsync();
        await Expect(row).Not.ToContainTextAsync("王小雨");
        await row.ClickAsync();
        await Expect(office.Page.Locator($"[data-sheet='{id}']")).ToBeVisibleAsync();
        await office.Page.Keyboard.PressAsync("t");
        await Expect(office.Page.Locator("[data-undo=Take]")).ToBeVisibleAsync();
        await office.Page.Keyboard.PressAsync("v");
        await office.Page.FillAsync("#voice-text", "主管道已疏通");
        await office.DemandAccessibleAsync("settling a case");
        await office.Page.ClickAsync("[data-confirm]");
        await Expect(office.Page.Locator($"[data-sheet='{id}'][data-state=Settled]")).ToBeVisibleAsync();
        await office.DemandAccessibleAsync("a settled case");
        Assert.Empty(office.Problems);

        await phone.GoAsync(address);
        await phone.Page.ClickAsync("#solved button.primary");
        await phone.Page.ClickAsync("[name='Input.Satisfaction'][value=Satisfied]");
        await Expect(phone.Page.Locator("article[data-state=Closed]")).ToContainTextAsync(
            LocalizedText.Of<VoiceText>(language, "Satisfaction.Satisfied"));
        await phone.DemandAccessibleAsync("a case that was rated");
        Assert.Empty(phone.Problems);
    }
}
