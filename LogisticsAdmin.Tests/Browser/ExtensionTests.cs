using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>An extension of a job's deadline: requested on a phone, decided on the desk, shown to the reporter.</summary>
public sealed class ExtensionTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Viewport.Chinese, false)]
    [InlineData(Viewport.English, true)]
    public async Task A_technician_asks_on_the_phone_a_manager_grants_it_on_the_desk_and_the_reporter_sees_it(string language, bool dark)
    {
        var number = await Fixture.Work.TicketAsync("水管漏水，墙里的管子要换", 2);
        var manager = await DeskAsync(number, language, dark);
        await AskAsync(number, language, dark, "阀芯要订货，周四到");

        await Expect(manager.Ticket(number, TicketStatus.Taken)).ToContainTextAsync(language == Viewport.Chinese ? "申请延期" : "Extension requested");
        await OpenAsync(manager, number);
        await Expect(manager.Page.Locator(".mud-dialog blockquote")).ToHaveTextAsync("阀芯要订货，周四到");
        await manager.PictureAsync("dialog-extension");
        await manager.DemandAccessibleAsync("the dialog of an extension");
        await manager.Page.FillAsync("#decide-note", "同意，请先告知报修人");
        await manager.Page.ClickAsync("[data-confirm]");
        await DecidedAsync(manager);
        await Expect(manager.Page.Locator("[data-clock=completion]")).ToContainTextAsync(language == Viewport.Chinese ? "延期" : "8 h");

        var resident = await ReadAsync(number, language, dark, "同意，请先告知报修人");
        await resident.PictureAsync("my-extension", fullPage: true);
        Assert.True(await manager.Page.EvaluateAsync<bool>("window.neverReloaded === true"));
        foreach (var visitor in new[] { manager, resident }) Assert.Empty(visitor.Problems);
    }

    [Fact]
    public async Task Declining_needs_a_reason_and_the_technician_may_ask_again()
    {
        var number = await Fixture.Work.TicketAsync("水管漏水，再查一次", 2);
        var manager = await DeskAsync(number, Viewport.Chinese, false);
        var technician = await AskAsync(number, Viewport.Chinese, false, "今天来不及");
        await OpenAsync(manager, number);

        await manager.Page.ClickAsync("[data-decline]");
        await Expect(manager.Page.Locator("#decide-note-problem")).Not.ToBeEmptyAsync();
        await manager.Page.FillAsync("#decide-note", "班组内可以调人");
        await manager.Page.ClickAsync("[data-decline]");
        await DecidedAsync(manager);

        await ReadAsync(number, Viewport.Chinese, false, "班组内可以调人");
        await technician.GoAsync($"/jobs/{number}");
        await Expect(technician.Page.Locator(".timeline")).ToContainTextAsync("班组内可以调人");
        await Expect(technician.Page.Locator("#extend")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Asked_after_the_limit_it_is_called_late_and_granting_it_promises_the_reporter_a_date()
    {
        var number = await Fixture.Work.TicketAsync("水管漏水，过了期限", 2);
        var past = DateTimeOffset.UnixEpoch.UtcTicks;
        await Fixture.Work.InDatabaseAsync(db => db.Database.ExecuteSqlAsync(
            $"""UPDATE "RepairTickets" SET "OverdueSince" = {past}, "IsOverdue" = 1 WHERE "Number" = {number}""", Ct));
        var manager = await DeskAsync(number, Viewport.Chinese, false);
        await AskAsync(number, Viewport.Chinese, false, "管子要订货", heading: "超时申请");

        await OpenAsync(manager, number);
        await Expect(manager.Page.Locator(".mud-dialog .pill.late")).ToHaveTextAsync("超时申请");
        await manager.PictureAsync("dialog-extension-late");
        await manager.Page.ClickAsync("[data-confirm]");
        await DecidedAsync(manager);

        var resident = await ReadAsync(number, Viewport.Chinese, false, "");
        await Expect(resident.Page.Locator("main")).ToContainTextAsync("已承诺在");
    }

    /// <summary>A manager at the list of requested extensions, which does not contain this ticket yet.</summary>
    private async Task<Visitor> DeskAsync(string number, string language, bool dark)
    {
        var manager = await SignInAsync(TestUsers.Manager, new Viewport(language, dark));
        await manager.GoAsync($"/repairs?view=Extensions&q={number}");
        await Expect(manager.Page.Locator("[data-ticket]")).ToHaveCountAsync(0);
        await manager.Page.EvaluateAsync("window.neverReloaded = true");
        return manager;
    }

    private async Task<Visitor> AskAsync(string number, string language, bool dark, string why, string? heading = null)
    {
        var technician = await SignInAsync(TestUsers.Technician, new Viewport(language, dark, Viewport.Phone));
        await technician.GoAsync($"/jobs/{number}");
        if (heading is not null) await Expect(technician.Page.Locator("#extend summary")).ToHaveTextAsync(heading);
        await technician.PressAsync("#extend summary");
        await technician.Page.FillAsync("#extend-Hours", "8");
        await Expect(technician.Page.Locator("#extension-preview")).ToContainTextAsync(heading is null ? "→" : "答应报修人");
        await technician.PressAsync("#extend button[type=submit]");
        await Expect(technician.Page.Locator("#extend [aria-invalid=true]")).ToBeVisibleAsync();
        await technician.Page.FillAsync("#extend-Why", why);
        await technician.PictureAsync("jobs-extend", fullPage: true);
        await technician.DemandAccessibleAsync("asking for time");
        await technician.PressAsync("#extend button[type=submit]");
        await Expect(technician.Page.Locator("p.done")).ToBeVisibleAsync();
        await Expect(technician.Page.Locator("#extend")).ToHaveCountAsync(0);
        Assert.Empty(technician.Problems);
        return technician;
    }

    private static async Task OpenAsync(Visitor manager, string number)
    {
        await manager.Ticket(number).ClickAsync();
        await manager.Page.ClickAsync(".acts [data-verb=DecideExtension]");
        await Expect(manager.Page.Locator("#decide-note")).ToBeFocusedAsync();
        await Expect(manager.Page.Locator("[data-preview]")).Not.ToBeEmptyAsync();
    }

    private static async Task DecidedAsync(Visitor manager)
    {
        await Expect(manager.Page.Locator(".mud-dialog")).ToHaveCountAsync(0);
        await Expect(manager.Page.Locator(".acts [data-verb=DecideExtension]")).ToHaveCountAsync(0);
        await Expect(manager.Page.Locator("[data-count=Extensions]")).ToHaveTextAsync("0");
    }

    private async Task<Visitor> ReadAsync(string number, string language, bool dark, string message)
    {
        var resident = await SignInAsync(TestUsers.Resident, new Viewport(language, dark, Viewport.Phone));
        await resident.GoAsync($"/my/repairs/{number}");
        await Expect(resident.Page.Locator(".timeline"))
            .ToContainTextAsync(language == Viewport.Chinese ? "沈国栋审批延期" : "沈国栋 decided on the extension: granted");
        await Expect(resident.Page.Locator(".timeline")).ToContainTextAsync(message);
        return resident;
    }
}
