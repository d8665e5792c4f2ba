using LogisticsAdmin.Features.Repairs.Desk.Views;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
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
              document.documentElement.dataset.pressed = '';
            }).observe(document.body, { childList: true, subtree: true })
            """);
        await desk.Page.Keyboard.PressAsync("?");
        await Expect(desk.Page.Locator("html")).ToHaveAttributeAsync("data-pressed", "");
        await Expect(desk.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(Viewport.Chinese, 1440, false)]
    [InlineData(Viewport.English, 1024, true)]
    public async Task Ten_tickets_are_triaged_and_assigned_one_after_the_other_while_others_arrive(string language, int width, bool advances)
    {
        var mark = $"T{Guid.NewGuid():N}"[..8];
        var category = await Fixture.Work.InDatabaseAsync(db => db.Categories.Where(c => c.DefaultCrewId != null && c.ParentId != null)
            .Select(c => c.Id).FirstAsync(TestContext.Current.CancellationToken));
        List<string> numbers = [];
        for (var i = 0; i < 10; i++) numbers.Add(await ReportAsync(Urgency.Urgent));
        // Another test has this person advance, too.
        await (await Fixture.Work.AsAsync("100102")).Get<DeskSettingsService>().SaveAsync(DeskSettings.Default, TestContext.Current.CancellationToken);
        var desk = await SignInAsync(advances ? "100102" : TestUsers.Dispatcher, new Viewport(language, Width: width));
        var (page, keys) = (desk.Page, desk.Page.Keyboard);
        await page.Mouse.MoveAsync(5, 500);
        await desk.GoAsync($"/repairs?q={mark}");
        if (advances)
        {
            await page.Locator("details.look summary").FocusAsync();
            await keys.PressAsync("Enter");
            await page.Locator("[name=look-advances]").FocusAsync();
            await keys.PressAsync("Space");
            await Expect(page.Locator("[name=look-advances]")).ToBeCheckedAsync();
            await page.Locator("h1").FocusAsync();
        }
        await keys.PressAsync("j");

        HashSet<string> assigned = [];
        for (var i = 0; i < 10; i++)
        {
            var title = page.Locator("section.sheet [data-sheet][data-status=New]");
            await Expect(title).ToBeVisibleAsync();
            var number = await title.GetAttributeAsync("data-sheet") ?? "";
            Assert.True(assigned.Add(number), $"{number} was opened again");
            await keys.PressAsync("t");
            await Expect(page.Locator($"[data-sheet='{number}'][data-status=Triaged]")).ToBeVisibleAsync();
            // One more urgent than all, and one less urgent, arrive while the ticket is worked on.
            if (i % 3 == 0) await ReportAsync(Urgency.Emergency);
            if (i % 3 == 1) await ReportAsync(Urgency.Normal);
            await keys.PressAsync("a");
            await Expect(page.Locator("#assign-technician input:checked[data-choice-key='1']")).ToBeFocusedAsync();
            await keys.PressAsync("Enter");
            await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
            if (advances) continue;
            await Expect(page.Locator($"[data-sheet='{number}'][data-status=Assigned]")).ToBeVisibleAsync();
            await Expect(desk.Ticket(number)).ToHaveAttributeAsync("aria-selected", "true");
            await keys.PressAsync("j");
        }
        await Expect(page.Locator("section.sheet [data-sheet][data-status=New]")).ToBeVisibleAsync();
        var states = await Fixture.Work.InDatabaseAsync(db => db.RepairTickets.Where(t => assigned.Contains(t.Number))
            .Select(t => new { t.Status, Assignments = t.Events.Count(e => e.Verb == RepairVerb.Assign) }).ToListAsync(TestContext.Current.CancellationToken));
        Assert.All(states, t => Assert.Equal((TicketStatus.Assigned, 1), (t.Status, t.Assignments)));
        Assert.Equal(10, states.Count);

        async Task<string> ReportAsync(Urgency urgency)
        {
            var form = await Fixture.Work.FormAsync();
            (form.Description, form.Urgency, form.CategoryId) = ($"连续 {mark}", urgency, category);
            return await (await Fixture.Work.AsAsync(TestUsers.Dispatcher)).Intake.SubmitAsync(form);
        }
    }

    [Fact]
    public async Task Who_moves_on_while_the_database_is_busy_is_not_moved_once_more_when_the_verb_is_done()
    {
        var mark = $"B{Guid.NewGuid():N}"[..8];
        for (var i = 0; i < 3; i++) await Fixture.Work.TicketAsync($"待验收 {mark}", 4);
        var settings = (await Fixture.Work.AsAsync("100102")).Get<DeskSettingsService>();
        await settings.SaveAsync(DeskSettings.Default with { Advances = true }, TestContext.Current.CancellationToken);
        var desk = await SignInAsync("100102");
        var (page, keys) = (desk.Page, desk.Page.Keyboard);
        await desk.GoAsync($"/repairs?view=All&q={mark}");
        await keys.PressAsync("j");
        await Expect(page.Locator("section.sheet [data-sheet][data-status=Completed]")).ToBeVisibleAsync();
        var (first, second) = (page.Locator("tr[data-ticket]").Nth(0), page.Locator("tr[data-ticket]").Nth(1));
        await Expect(first).ToHaveAttributeAsync("aria-selected", "true");
        var number = await second.GetAttributeAsync("data-ticket") ?? "";

        var (busy, done) = (new TaskCompletionSource(), new TaskCompletionSource());
        var writing = Fixture.Work.InDatabaseAsync(db => db.WriteAsync(async _ =>
        {
            busy.SetResult();
            await done.Task;
            return true;
        }, TestContext.Current.CancellationToken));
        await busy.Task;
        await keys.PressAsync("v");
        await keys.PressAsync("j");
        await Expect(desk.Ticket(number)).ToHaveAttributeAsync("aria-selected", "true");
        done.SetResult();
        await writing;

        await Expect(page.Locator("[data-undo=Verify]")).ToBeVisibleAsync();
        await Expect(page.Locator("tr[data-status=Closed]")).ToHaveCountAsync(1);
        await Expect(desk.Ticket(number)).ToHaveAttributeAsync("aria-selected", "true");
    }

    [Theory]
    [InlineData(Viewport.Chinese, 1440)]
    [InlineData(Viewport.English, 1440)]
    [InlineData(Viewport.Chinese, 1024)]
    [InlineData(Viewport.English, 1024)]
    public async Task The_desk_is_worked_by_keyboard_alone(string language, int width)
    {
        var mark = $"K{Guid.NewGuid():N}"[..8];
        var first = await Fixture.Work.ReportAsync($"一号 {mark}", Urgency.Emergency);
        var second = await Fixture.Work.ReportAsync($"二号 {mark}", Urgency.Normal);
        var desk = await SignInAsync(TestUsers.Dispatcher, new Viewport(language, Width: width));
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
        await StatusAsync(first, TicketStatus.Assigned);
        await keys.PressAsync("h");
        await Expect(page.Locator("#hold-form")).ToBeVisibleAsync();
        await page.FocusAsync("#hold-note");
        await keys.PressAsync("Enter");
        await DialogClosedAsync();
        await StatusAsync(first, TicketStatus.OnHold);

        await keys.PressAsync("c");
        await Expect(page.Locator("#reply-text")).ToBeFocusedAsync();
        await keys.InsertTextAsync("明天上午到");
        await keys.PressAsync("Control+Enter");
        await Expect(page.Locator("section.sheet ol")).ToContainTextAsync("明天上午到");
        await keys.PressAsync("Escape");

        // A ticket on hold is less pressing, but it stays where it is until the person moves on.
        await keys.PressAsync("j");
        await SelectedAsync(second);
        await Expect(page.Locator($"[data-sheet='{second}']")).ToBeVisibleAsync();
        await keys.PressAsync("r");
        await Expect(page.Locator("#note-text")).ToBeFocusedAsync();
        await keys.InsertTextAsync("重复报修");
        await keys.PressAsync("Control+Enter");
        await DialogClosedAsync();
        await StatusAsync(second, TicketStatus.Rejected);

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

        // On a narrow window the open ticket covers the list.
        Task StatusAsync(string number, TicketStatus status) =>
            Expect(page.Locator($"[data-sheet='{number}'][data-status={status}]")).ToBeVisibleAsync();

        Task DialogClosedAsync() => Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }
}
