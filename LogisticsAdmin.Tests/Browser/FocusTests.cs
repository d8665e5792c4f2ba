using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>Office pages by keyboard: the focus is always visible, goes through a page in order, and is never lost.</summary>
[Collection(BrowserWalks.Name)]
public sealed class FocusTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    /// <summary>Enough for the bar, the menu and the first rows of a list.</summary>
    private const int MaxStops = 60;

    /// <summary>What has the focus of a page that was opened: its heading, or the field that a scanner types into, which gets it last.</summary>
    private const string Start = "body:not(:has([role=search] [autofocus])) h1:focus, input:focus, body:not(:has(h1))";

    private static readonly Dictionary<string, object> Down = TabKey("rawKeyDown"), Up = TabKey("keyUp");

    /// <summary>Collects what is wrong with each element that receives the focus, and the number of elements.</summary>
    private const string Watch = """
        () => {
          const seen = window.walk = { stops: 0, isOver: false, problems: [] };
          const regions = ['.skip', '.top', '.nav', 'main'];
          const nameOf = element => element.outerHTML.slice(0, 120).replace(/\s+/g, ' ');
          const regionOf = element => regions.findIndex(region => element.closest(region));
          const hasRing = element => {
            for (let at = element, i = 0; at && i < 4; at = at.parentElement, i++) {
              const style = getComputedStyle(at);
              if (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && !/, 0\)$/.test(style.outlineColor)) return true;
            }
            return false;
          };
          let last = document.querySelector('.skip');
          last.focus();
          document.addEventListener('focusin', event => {
            const element = event.target;
            seen.isOver ||= element === document.querySelector('.skip');
            if (seen.isOver) return;
            seen.stops++;
            if (!hasRing(element)) seen.problems.push(`no ring: ${nameOf(element)}`);
            const box = (element.closest('label, .search') ?? element).getBoundingClientRect();
            const isShown = box.width > 0 && box.height > 0 && box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
            if (!isShown) seen.problems.push(`out of sight: ${nameOf(element)}`);
            if (!(last.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) || regionOf(element) < regionOf(last))
              seen.problems.push(`out of order: ${nameOf(element)} after ${nameOf(last)}`);
            last = element;
          });
        }
        """;

    [Fact]
    public async Task Tab_goes_through_every_office_page_in_order_and_shows_where_it_is()
    {
        var tickets = new Dictionary<string, string>();
        foreach (var route in new[] { "/repairs/{Number}", "/jobs/{Number}", "/repairs/{Number}/slip", "/my/repairs/{Number}" })
            tickets[route] = tickets.Count == 0 ? await Fixture.Work.TicketAsync("走廊灯管闪烁", 2) : tickets.Values.First();
        var office = await SignInAsync(TestUsers.Administrator);
        // Not through Playwright, whose trace would keep a copy of the page for each key.
        var keyboard = await office.Page.Context.NewCDPSessionAsync(office.Page);
        List<string> problems = [];
        foreach (var address in Pages.All(tickets).Where(p => !p.IsPortal).Select(p => p.Address))
        {
            await office.GoAsync(address);
            if (await office.Page.Locator("body.office").CountAsync() == 0) continue;
            await Expect(office.Page.Locator(Start)).ToHaveCountAsync(1);
            await office.Page.EvaluateAsync(Watch);
            for (var i = 0; i < MaxStops; i++)
            {
                await keyboard.SendAsync("Input.dispatchKeyEvent", Down);
                await keyboard.SendAsync("Input.dispatchKeyEvent", Up);
                if (i % 10 == 9 && await office.Page.EvaluateAsync<bool>("window.walk.isOver")) break;
            }
            var stops = await office.Page.EvaluateAsync<int>("window.walk.stops");
            if (stops < 8) problems.Add($"{address}: only {stops} stops");
            problems.AddRange((await office.Page.EvaluateAsync<string[]>("window.walk.problems")).Distinct().Take(5).Select(p => $"{address}: {p}"));
        }
        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    [Fact]
    public async Task A_page_that_was_reached_within_the_app_keeps_the_focus_on_its_heading_while_it_loads()
    {
        var office = await SignInAsync(TestUsers.Administrator);
        var page = office.Page;
        await office.GoAsync("/settings");
        foreach (var (address, loaded) in new[] { ("people/2", ".sheet[data-person='2']"), ("news/XW20261101-9001", ".news-page .panel") })
        {
            await page.EvaluateAsync("address => Blazor.navigateTo(address)", address);
            await Expect(page.Locator(loaded)).ToBeVisibleAsync();
            await Expect(page.Locator("main h1")).ToBeFocusedAsync();
        }
        Assert.Empty(office.Problems);
    }

    [Fact]
    public async Task A_closed_dialog_returns_the_focus_and_never_to_the_body()
    {
        var number = await Fixture.Work.TicketAsync("门锁打不开", 0);
        var desk = await SignInAsync(TestUsers.Dispatcher);
        var (page, keys) = (desk.Page, desk.Page.Keyboard);
        await desk.GoAsync($"/repairs?view=All&q={number}&t={number}");

        await page.FocusAsync(".acts [data-verb=ChangeUrgency]");
        await keys.PressAsync("Enter");
        await Expect(page.Locator("input[name=urgency]:checked")).ToBeFocusedAsync();
        await keys.PressAsync("Escape");
        await Expect(page.Locator(".acts [data-verb=ChangeUrgency]")).ToBeFocusedAsync();

        // The button that opened the dialog is gone when the ticket has been rejected.
        await page.FocusAsync(".acts [data-verb=Reject]");
        await keys.PressAsync("Enter");
        await Expect(page.Locator("#note-text")).ToBeFocusedAsync();
        await keys.InsertTextAsync("重复报修");
        await keys.PressAsync("Control+Enter");
        await Expect(desk.Ticket(number, TicketStatus.Rejected)).ToBeVisibleAsync();
        await Expect(page.Locator(".acts [data-verb=Reject]")).ToHaveCountAsync(0);
        await Expect(page.Locator("#sheet-title")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_question_starts_on_the_way_back_and_Escape_means_no()
    {
        var office = await SignInAsync(TestUsers.Administrator);
        var (page, keys, dialog) = (office.Page, office.Page.Keyboard, office.Page.GetByRole(AriaRole.Dialog));
        await office.GoAsync("/people/2");
        var reset = page.Locator("main button", new PageLocatorOptions { HasText = "重置密码" }).First;
        foreach (var key in new[] { "Escape", "Enter" })
        {
            await reset.FocusAsync();
            await keys.PressAsync("Enter");
            await Expect(dialog.Locator("[data-back]")).ToBeFocusedAsync();
            await keys.PressAsync(key);
            await Expect(dialog).ToHaveCountAsync(0);
            await Expect(reset).ToBeFocusedAsync();
        }
        Assert.Empty(office.Problems);
    }

    [Fact]
    public async Task Escape_closes_an_open_menu_and_leaves_the_ticket_below_it_open()
    {
        var number = await Fixture.Work.TicketAsync("水管漏水", 0);
        var desk = await SignInAsync(TestUsers.Dispatcher);
        var (page, keys) = (desk.Page, desk.Page.Keyboard);
        await desk.GoAsync($"/repairs?view=All&q={number}&t={number}");
        await Expect(page.Locator("#sheet-title")).ToBeVisibleAsync();
        foreach (var menu in new[] { ".menu.look > summary", ".top .menu:not(.bell) > summary", "button[data-replies]" })
        {
            await page.FocusAsync(menu);
            await keys.PressAsync("Enter");
            await Expect(page.Locator("details[open], [data-replies][aria-expanded=true]")).ToHaveCountAsync(1);
            await page.FocusAsync(menu);
            await keys.PressAsync("Escape");
            await Expect(page.Locator("details[open], [data-replies][aria-expanded=true]")).ToHaveCountAsync(0);
            await Expect(page.Locator(menu)).ToBeFocusedAsync();
            await Expect(page.Locator("#sheet-title")).ToBeVisibleAsync();
        }
        Assert.Contains($"t={number}", page.Url, StringComparison.Ordinal);
    }

    private static Dictionary<string, object> TabKey(string type) =>
        new() { ["type"] = type, ["key"] = "Tab", ["code"] = "Tab", ["windowsVirtualKeyCode"] = 9 };
}
