using LogisticsAdmin.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>Two people of the office in the same list see each other without locks and without reloading.</summary>
public sealed class PresenceTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task Others_see_who_has_a_ticket_open_and_replies_until_their_browser_is_closed()
    {
        var (number, mine, theirs) = await TwoAsync("走廊灯不亮");
        var row = mine.Ticket(number);
        await Expect(row.Locator(".faces")).ToHaveCountAsync(0);

        await theirs.Ticket(number).ClickAsync();
        await Expect(row.Locator(".faces i")).ToHaveTextAsync("栋");
        await Expect(row.Locator(".faces")).ToHaveAttributeAsync("title", "沈国栋 正在查看");
        await Expect(theirs.Ticket(number).Locator(".faces")).ToHaveCountAsync(0);

        await Expect(theirs.Page.Locator("#reply-text")).ToBeVisibleAsync();
        await theirs.Page.Keyboard.PressAsync("c");
        await theirs.Page.Keyboard.TypeAsync("师傅");
        await Expect(row.Locator("[data-claim=Reply]")).ToHaveTextAsync("沈国栋 正在回复");

        await theirs.Page.CloseAsync();
        await Expect(row.Locator(".faces, [data-claim]")).ToHaveCountAsync(0);
        Assert.True(await mine.Page.EvaluateAsync<bool>("window.neverReloaded === true"));
        Assert.Empty(mine.Problems);
    }

    [Fact]
    public async Task A_claim_is_taken_over_with_one_key_and_hinders_nobody()
    {
        var (number, mine, theirs) = await TwoAsync("水管漏水");
        await theirs.Ticket(number).ClickAsync();
        await theirs.Page.FillAsync("#reply-text", "明天上午到");
        await mine.Ticket(number).ClickAsync();
        await Expect(Banner(mine)).ToContainTextAsync("沈国栋 正在回复");
        await Expect(Banner(mine)).ToContainTextAsync("还剩");
        await mine.DemandAccessibleAsync("a claimed ticket");

        await mine.Page.Keyboard.PressAsync("g");
        await Expect(Banner(mine)).ToHaveCountAsync(0);
        await Expect(Banner(theirs)).ToContainTextAsync("王静 已从您这里接手");
        await Expect(theirs.Ticket(number).Locator("[data-claim=Reply]")).ToHaveTextAsync("王静 正在回复");

        await theirs.Page.ClickAsync("[data-verb=Comment]");
        await Expect(mine.Page.Locator("section.sheet ol")).ToContainTextAsync("明天上午到");
        await mine.Page.Keyboard.PressAsync("a");
        await Expect(theirs.Ticket(number).Locator("[data-claim=Assign]")).ToHaveTextAsync("王静 正在派单");
        await Expect(mine.Page.Locator("#assign-technician input:checked")).ToBeFocusedAsync();
        await mine.Page.Keyboard.PressAsync("Escape");
        await Expect(theirs.Ticket(number).Locator("[data-claim]")).ToHaveCountAsync(0);

        await Expect(mine.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await mine.Page.Keyboard.PressAsync("Escape");
        await Expect(theirs.Ticket(number).Locator(".faces")).ToHaveCountAsync(0);
    }

    private static ILocator Banner(Visitor visitor) => visitor.Page.Locator("section.sheet .claim");

    /// <summary>A ticket and two desks that show it: 王静's and 沈国栋's.</summary>
    private async Task<(string Number, Visitor Mine, Visitor Theirs)> TwoAsync(string fault)
    {
        var number = await Fixture.Work.ReportAsync(fault);
        var (mine, theirs) = (await SignInAsync(TestUsers.Dispatcher), await SignInAsync(TestUsers.Manager));
        foreach (var desk in new[] { mine, theirs }) await desk.GoAsync($"/repairs?view=All&q={number}");
        await mine.Page.EvaluateAsync("window.neverReloaded = true");
        return (number, mine, theirs);
    }
}
