using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>Tickets are triaged one after the other with the keyboard only.</summary>
public sealed class KeyboardTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task Escape_closes_a_dialog_that_has_only_just_appeared()
    {
        var desk = await SignInAsync(TestUsers.Dispatcher);
        await desk.GoAsync("/repairs");
        // The page itself presses Escape at the moment at which the dialog appears, before any response of the server.
        await desk.Page.EvaluateAsync("""
            new MutationObserver((_, seen) => {
              const dialog = document.querySelector('.mud-dialog');
              if (!dialog) return;
              seen.disconnect();
              dialog.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
              window.pressed = true;
            }).observe(document.body, { childList: true, subtree: true })
            """);
        await desk.Page.Keyboard.PressAsync("?");
        await desk.Page.WaitForFunctionAsync("window.pressed");
        await Expect(desk.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_desk_is_worked_by_keyboard_alone()
    {
        var mark = $"K{Guid.NewGuid():N}"[..8];
        var first = await Fixture.Work.ReportAsync($"一号 {mark}", Urgency.Emergency);
        var second = await Fixture.Work.ReportAsync($"二号 {mark}", Urgency.Normal);
        var desk = await SignInAsync(TestUsers.Dispatcher);
        var (page, keys) = (desk.Page, desk.Page.Keyboard);
        await desk.GoAsync($"/repairs?view=All&q={mark}");
        await Expect(desk.Ticket(second)).ToBeVisibleAsync();

        await keys.PressAsync("j");
        await SelectedAsync(first);
        await keys.PressAsync("j");
        await SelectedAsync(second);
        await keys.PressAsync("k");
        await SelectedAsync(first);
        await keys.PressAsync("Enter");
        await Expect(page.Locator("#sheet-title")).ToBeFocusedAsync();

        await keys.PressAsync("u");
        await Expect(page.Locator("input[name=urgency]:checked")).ToBeFocusedAsync();
        await keys.PressAsync("ArrowDown");
        await keys.PressAsync("Control+Enter");
        await DialogClosedAsync();
        await Expect(page.Locator($"[data-sheet='{first}']")).ToBeVisibleAsync();

        await desk.AssignByKeyboardAsync("孙强");
        await Expect(desk.Ticket(first, TicketStatus.Assigned)).ToBeVisibleAsync();
        await keys.PressAsync("h");
        await Expect(page.Locator("#hold-form")).ToBeVisibleAsync();
        await page.FocusAsync("#hold-note");
        await keys.PressAsync("Enter");
        await DialogClosedAsync();
        await Expect(desk.Ticket(first, TicketStatus.OnHold)).ToBeVisibleAsync();

        await keys.PressAsync("c");
        await Expect(page.Locator("#reply-text")).ToBeFocusedAsync();
        await keys.InsertTextAsync("明天上午到");
        await keys.PressAsync("Control+Enter");
        await Expect(page.Locator("section.sheet ol")).ToContainTextAsync("明天上午到");
        await keys.PressAsync("Escape");

        // A ticket on hold is less pressing, so the other one is now above it.
        await keys.PressAsync("k");
        await SelectedAsync(second);
        await Expect(page.Locator($"[data-sheet='{second}']")).ToBeVisibleAsync();
        await keys.PressAsync("r");
        await Expect(page.Locator("#note-text")).ToBeFocusedAsync();
        await keys.InsertTextAsync("重复报修");
        await keys.PressAsync("Control+Enter");
        await DialogClosedAsync();
        await Expect(desk.Ticket(second, TicketStatus.Rejected)).ToBeVisibleAsync();

        await keys.PressAsync("?");
        await Expect(page.Locator(".keys-help")).ToBeVisibleAsync();
        await keys.PressAsync("Escape");
        await DialogClosedAsync();
        foreach (var opens in new[] { "/", "Control+k" })
        {
            await keys.PressAsync(opens);
            await Expect(page.Locator("#global-search")).ToBeFocusedAsync();
            await keys.PressAsync("Escape");
        }
        await keys.PressAsync("/");
        await keys.InsertTextAsync(mark);
        await Expect(page.Locator("#search-hits [role=option]")).ToHaveCountAsync(2);
        await keys.PressAsync("ArrowDown");
        await keys.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/repairs/BX"));

        Task SelectedAsync(string number) => Expect(desk.Ticket(number)).ToHaveAttributeAsync("aria-selected", "true");

        Task DialogClosedAsync() => Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }
}
