using System.Text.RegularExpressions;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>Bulk actions on the desk, and their undo.</summary>
public sealed class BulkBrowserTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task Three_marked_by_keyboard_are_assigned_and_z_brings_them_back_before_everybody_s_eyes()
    {
        var mark = $"M{Guid.NewGuid():N}"[..8];
        string[] numbers =
        [
            await Fixture.Work.ReportAsync($"一号 {mark}", Urgency.Emergency),
            await Fixture.Work.ReportAsync($"二号 {mark}", Urgency.Urgent),
            await Fixture.Work.ReportAsync($"三号 {mark}", Urgency.Normal),
        ];
        var (desk, other) = (await SignInAsync(TestUsers.Dispatcher), await SignInAsync(TestUsers.Manager));
        var (page, keys) = (desk.Page, desk.Page.Keyboard);
        foreach (var visitor in new[] { desk, other })
        {
            await visitor.GoAsync($"/repairs?view=All&q={mark}");
            await Expect(visitor.Ticket(numbers[2])).ToBeVisibleAsync();
        }

        await keys.PressAsync("j");
        await Expect(desk.Ticket(numbers[0])).ToHaveAttributeAsync("aria-selected", "true");
        await keys.PressAsync("x");
        await Expect(page.Locator("[data-marked='1']")).ToBeVisibleAsync();
        await keys.PressAsync("Shift+J");
        await Expect(page.Locator("[data-marked='2']")).ToBeVisibleAsync();
        await desk.Ticket(numbers[2]).ClickAsync(new LocatorClickOptions { Modifiers = [KeyboardModifier.Shift] });
        await Expect(page.Locator("[data-marked='3']")).ToBeVisibleAsync();
        await desk.PictureAsync("bulk-bar");
        await desk.DemandAccessibleAsync("marked tickets");

        await keys.PressAsync("a");
        await Expect(page.Locator("#bulk-crew")).ToBeFocusedAsync();
        await page.SelectOptionAsync("#bulk-crew", new SelectOptionValue { Value = "own" });
        await Expect(page.Locator("[data-bulk-will]")).ToContainTextAsync("将把 3 张报修单派给各自的默认班组");
        await page.SelectOptionAsync("#bulk-crew", new SelectOptionValue { Label = "水电组" });
        await Expect(page.Locator("#bulk-technician .pick").Nth(1)).ToContainTextAsync("本班组");
        await page.Locator("#bulk-technician label", new PageLocatorOptions { HasText = "孙强" }).First.ClickAsync();
        await Expect(page.Locator("[data-bulk-will]")).ToContainTextAsync("将把 3 张报修单派给 水电组 · 孙强");
        await desk.PictureAsync("bulk-dialog");
        await page.ClickAsync("[data-confirm]");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(page.Locator("[data-undo=Assign]")).ToContainTextAsync("3 张报修单");
        await desk.PictureAsync("undo-bar");
        foreach (var number in numbers) await Expect(other.Ticket(number, TicketStatus.Assigned)).ToBeVisibleAsync();

        await keys.PressAsync("z");
        await Expect(page.Locator("[data-undone='3']")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-marked='3']")).ToBeVisibleAsync();
        foreach (var number in numbers)
        {
            await Expect(desk.Ticket(number, TicketStatus.New)).ToBeVisibleAsync();
            await Expect(other.Ticket(number, TicketStatus.New)).ToBeVisibleAsync();
        }
        Assert.Empty(desk.Problems);
    }

    [Fact]
    public async Task With_marked_rows_every_key_acts_on_them_and_not_on_the_open_ticket()
    {
        var mark = $"Y{Guid.NewGuid():N}"[..8];
        string[] numbers = [await Fixture.Work.ReportAsync($"一号 {mark}", Urgency.Urgent), await Fixture.Work.ReportAsync($"二号 {mark}", Urgency.Urgent)];
        var open = await Fixture.Work.ReportAsync($"三号 {mark}", Urgency.Normal);
        var desk = await SignInAsync(TestUsers.Dispatcher);
        var (page, keys) = (desk.Page, desk.Page.Keyboard);
        await desk.GoAsync($"/repairs?view=All&q={mark}");
        await keys.PressAsync("j");
        await Expect(desk.Ticket(numbers[0])).ToHaveAttributeAsync("aria-selected", "true");
        await keys.PressAsync("Shift+J");
        await Expect(page.Locator("[data-marked='2']")).ToBeVisibleAsync();
        await keys.PressAsync("j");
        await Expect(desk.Ticket(open)).ToHaveAttributeAsync("aria-selected", "true");

        var fields = new[] { ("u", "[name=bulk-urgency]:checked"), ("r", "#bulk-note"), ("c", "#bulk-text"), ("m", "#bulk-text"), ("t", "#bulk-note") };
        foreach (var (key, field) in fields)
        {
            await keys.PressAsync(key);
            await Expect(page.Locator("#bulk-form")).ToBeVisibleAsync();
            await Expect(page.Locator(field)).ToBeFocusedAsync();
            if (key == "t") break;
            await keys.PressAsync("Escape");
            await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        }
        await keys.PressAsync("Enter");
        foreach (var number in numbers) await Expect(desk.Ticket(number, TicketStatus.Triaged)).ToBeVisibleAsync();
        await Expect(desk.Ticket(open, TicketStatus.New)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Refused_tickets_are_listed_stay_marked_and_escape_unmarks_first()
    {
        var mark = $"R{Guid.NewGuid():N}"[..8];
        var (fresh, done) = (await Fixture.Work.ReportAsync($"新 {mark}", Urgency.Normal), await Fixture.Work.TicketAsync($"完 {mark}", 4));
        var desk = await SignInAsync(TestUsers.Dispatcher, new Viewport(Viewport.English, Dark: true));
        var page = desk.Page;
        await desk.GoAsync($"/repairs?view=All&q={mark}");
        foreach (var number in new[] { fresh, done })
            await desk.Ticket(number).ClickAsync(new LocatorClickOptions { Modifiers = [KeyboardModifier.Control] });
        await Expect(page.Locator("[data-marked='2']")).ToBeVisibleAsync();

        await page.ClickAsync("[data-bulk=Verify]");
        await Expect(page.Locator("[data-bulk-will]")).ToBeVisibleAsync();
        await page.ClickAsync("[data-confirm]");
        await Expect(page.Locator("[data-bulk-done='1'][data-bulk-refused='1']")).ToBeVisibleAsync();
        await Expect(page.Locator(".bulk-refused")).ToContainTextAsync(fresh);
        await desk.PictureAsync("bulk-result");
        await page.ClickAsync("[data-close]");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);

        await Expect(page.Locator("[data-marked='1']")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("[data-marked]")).ToHaveCountAsync(0);
        await Expect(desk.Ticket(done, TicketStatus.Closed)).ToBeVisibleAsync();
        await Expect(desk.Ticket(done).Locator(".due")).Not.ToContainTextAsync("left");
    }

    [Theory]
    [InlineData(Viewport.Chinese)]
    [InlineData(Viewport.English)]
    public async Task An_error_is_shown_with_a_reference_to_quote_and_the_page_goes_on(string language)
    {
        var mark = $"F{Guid.NewGuid():N}"[..8];
        string[] numbers = [await Fixture.Work.ReportAsync($"一号 {mark}"), await Fixture.Work.ReportAsync($"二号 {mark}")];
        var desk = await SignInAsync(TestUsers.Dispatcher, new Viewport(language));
        var page = desk.Page;
        await desk.GoAsync($"/repairs?view=All&q={mark}");
        foreach (var number in numbers) await desk.Ticket(number).ClickAsync(new LocatorClickOptions { Modifiers = [KeyboardModifier.Control] });
        await Expect(page.Locator("[data-marked='2']")).ToBeVisibleAsync();
        await DoAsync("""CREATE TRIGGER "Fault" BEFORE UPDATE ON "RepairTickets" BEGIN SELECT RAISE(ABORT, 'disk on fire'); END""");
        try
        {
            await HurryAsync();
            await Expect(page.Locator("[data-bulk-done='0'][data-bulk-refused='2']")).ToBeVisibleAsync();
            await Expect(page.Locator(".bulk-refused li").First).ToContainTextAsync(
                new Regex(language == Viewport.Chinese ? "故障编号 [0-9a-f]{12}" : "error number [0-9a-f]{12}"));
            await desk.PictureAsync("bulk-fault");
        }
        finally
        {
            await DoAsync("""DROP TRIGGER "Fault" """);
        }

        await page.ClickAsync("[data-close]");
        await Expect(page.Locator("[data-marked='2']")).ToBeVisibleAsync();
        await HurryAsync();
        foreach (var number in numbers) await Expect(desk.Ticket(number)).ToContainTextAsync(language == Viewport.Chinese ? "加急" : "Urgent");
        Assert.Empty(desk.Problems);

        async Task HurryAsync()
        {
            await page.ClickAsync("[data-bulk=ChangeUrgency]");
            await page.ClickAsync("[data-confirm]");
        }

        Task DoAsync(string sql) => Fixture.Work.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync(sql, TestContext.Current.CancellationToken));
    }
}
