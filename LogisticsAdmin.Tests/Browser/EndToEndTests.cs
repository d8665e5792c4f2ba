using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Tests.Support;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>The main workflow from report to rating, on the real pages of several people at the same time.</summary>
public sealed class EndToEndTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Theory]
    [InlineData(Viewport.Chinese, TestUsers.Dispatcher)]
    [InlineData(Viewport.English, TestUsers.EnglishDispatcher)]
    public async Task A_fault_is_reported_judged_repaired_accepted_and_rated_and_the_open_desk_sees_each_step(string language, string dispatcher)
    {
        var mark = $"S{Guid.NewGuid():N}"[..8];
        var desk = await SignInAsync(dispatcher, new Viewport(language));
        var resident = await SignInAsync(TestUsers.Resident, new Viewport(language, Width: Viewport.Phone));
        var technician = await SignInAsync(TestUsers.Technician, new Viewport(language, Width: Viewport.Phone));
        await desk.GoAsync($"/repairs?view=All&q={mark}");
        await Expect(desk.Page.Locator("[data-ticket]")).ToHaveCountAsync(0);
        await desk.Page.EvaluateAsync("window.neverReloaded = true");

        var number = await resident.ReportAsync($"水龙头一直滴水 {mark}");
        await SeesAsync(TicketStatus.New);

        await desk.Page.Keyboard.PressAsync("j");
        await Expect(desk.Ticket(number)).ToHaveAttributeAsync("aria-selected", "true");
        await desk.AssignByKeyboardAsync("孙强");
        await SeesAsync(TicketStatus.Assigned);

        await technician.GoAsync("/jobs");
        await Expect(technician.Ticket(number, TicketStatus.Assigned)).ToBeVisibleAsync();
        await Visitor.PressAsync(technician.Ticket(number, TicketStatus.Assigned).Locator("form button[type=submit]"));
        await SeesAsync(TicketStatus.Taken);
        await Visitor.PressAsync(technician.Ticket(number, TicketStatus.Taken).Locator("form:has([value=arrive]) button"));
        await Expect(technician.Ticket(number).Locator("form:has([value=arrive])")).ToHaveCountAsync(0);
        await Visitor.PressAsync(technician.Ticket(number, TicketStatus.Taken).Locator("form:has([value=start]) button"));
        await SeesAsync(TicketStatus.InProgress);
        await technician.GoAsync($"/jobs/{number}");
        await technician.Page.FillAsync("#complete textarea", "换了阀芯");
        await technician.PressAsync("#complete button[type=submit]");
        await SeesAsync(TicketStatus.Completed);

        await resident.GoAsync($"/my/repairs/{number}");
        await resident.PressAsync("#verify > form button[type=submit]");
        await SeesAsync(TicketStatus.Closed);
        await resident.Page.CheckAsync("#rate-Stars-5", new PageCheckOptions { Force = true });
        await resident.Page.FillAsync("#rate textarea", "师傅很快");
        await resident.PressAsync("#rate button[type=submit]");

        await Expect(desk.Page.Locator("section.sheet")).ToContainTextAsync("★★★★★");
        await Expect(desk.Page.Locator("section.sheet")).ToContainTextAsync("师傅很快");
        Assert.True(await desk.Page.EvaluateAsync<bool>("window.neverReloaded === true"));
        foreach (var visitor in new[] { desk, resident, technician }) Assert.Empty(visitor.Problems);

        async Task SeesAsync(TicketStatus status)
        {
            await Expect(desk.Ticket(number, status)).ToBeVisibleAsync();
            await Expect(desk.Ticket(number)).ToContainTextAsync(LocalizedText.Of(status, language));
        }
    }

    [Fact]
    public async Task A_page_stays_Chinese_when_an_English_dispatcher_changes_the_ticket_that_it_shows()
    {
        var number = await Fixture.Work.ReportAsync("走廊灯不亮");
        var chinese = await SignInAsync(TestUsers.Dispatcher, new Viewport(Viewport.Chinese));
        var english = await SignInAsync(TestUsers.EnglishDispatcher, new Viewport(Viewport.English));
        await chinese.GoAsync($"/repairs?view=All&q={number}&t={number}");
        await english.GoAsync($"/repairs?view=All&q={number}&t={number}");
        await Expect(english.Ticket(number, TicketStatus.New)).ToBeVisibleAsync();

        await english.Page.Keyboard.PressAsync("t");

        await Expect(chinese.Ticket(number, TicketStatus.Triaged)).ToContainTextAsync(LocalizedText.Of(TicketStatus.Triaged, Viewport.Chinese));
        await Expect(chinese.Page.Locator("section.sheet ol li").First).ToContainTextAsync(LocalizedText.Of(RepairVerb.Triage, Viewport.Chinese));
        await Expect(english.Ticket(number, TicketStatus.Triaged)).ToContainTextAsync(LocalizedText.Of(TicketStatus.Triaged, Viewport.English));
        await Expect(chinese.Page.Locator("main")).Not.ToContainTextAsync(LocalizedText.Of(TicketStatus.Triaged, Viewport.English));
    }
}
