using LogisticsAdmin.Features.Repairs.Costs;
using LogisticsAdmin.Features.Repairs.Crews;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>Parts on the ticket and in their list, absences, and whom the assign dialog proposes.</summary>
public sealed class PartsAndDutyTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_part_is_recorded_by_keyboard_and_another_open_panel_shows_it_and_its_withdrawal()
    {
        var number = await Fixture.Work.TicketAsync("洗手池漏水", 3);
        var (desk, other) = (await SignInAsync(TestUsers.Dispatcher), await SignInAsync(TestUsers.Manager));
        await desk.GoAsync($"/repairs/{number}");
        await other.GoAsync($"/repairs/{number}");
        var keys = desk.Page.Keyboard;

        await desk.Page.ClickAsync("[data-use=part]");
        await desk.Page.FillAsync("#use-part", "三角");
        await Expect(desk.Page.Locator("#use-parts [role=option]")).ToHaveCountAsync(1);
        await desk.Page.PressAsync("#use-part", "Enter");
        await Expect(desk.Page.Locator("#use-part")).ToHaveValueAsync("SL-004 三角阀");
        await desk.Page.FillAsync("#use-quantity", "2");
        await keys.PressAsync("Enter");

        foreach (var page in new[] { desk.Page, other.Page }) await Expect(page.Locator(".costs [data-total]")).ToHaveTextAsync("36.00");
        await desk.PictureAsync("sheet-with-costs");
        await desk.DemandAccessibleAsync("the sheet with costs");

        await other.Page.ClickAsync(".costs [data-line] button");
        await other.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "撤回", Exact = true }).ClickAsync();
        foreach (var page in new[] { desk.Page, other.Page }) await Expect(page.Locator(".costs [data-total]")).ToHaveTextAsync("0.00");
        await Expect(desk.Page.Locator(".costs .withdrawn")).ToHaveCountAsync(1);
    }

    [Theory]
    [InlineData(Viewport.Chinese, false)]
    [InlineData(Viewport.English, true)]
    public async Task The_dialog_ranks_technicians_says_why_and_offers_the_stand_in_of_who_is_absent(string language, bool dark)
    {
        var absence = await AbsentAsync("100203", TestUsers.Technician, dark ? 20 : 3);
        try
        {
            var number = await Fixture.Work.ReportAsync("水管爆裂");
            var desk = await SignInAsync(TestUsers.Dispatcher, new Viewport(language, dark));
            await desk.GoAsync($"/repairs/{number}");
            await desk.Page.Keyboard.PressAsync("a");
            var options = desk.Page.Locator("#assign-technician .pick");
            await Expect(options).ToHaveCountAsync(15);
            await Expect(options.Nth(14)).ToContainTextAsync("徐志明");
            await Expect(options.Nth(14)).ToContainTextAsync("孙强");
            await Expect(options.Nth(1)).ToContainTextAsync(language == Viewport.Chinese ? "本班组" : "own crew");

            await options.Nth(14).Locator("input").CheckAsync();
            await desk.PictureAsync("dialog-assign-absent");
            await desk.DemandAccessibleAsync("the assign dialog");
            await desk.Page.ClickAsync("[data-stand-in]");
            await Expect(desk.Page.Locator("#assign-technician label:has(:checked) .name")).ToHaveTextAsync("孙强");
            await desk.Page.ClickAsync("[data-confirm]");

            await Expect(desk.Page.Locator("#sheet-title")).ToHaveAttributeAsync("data-status", nameof(TicketStatus.Assigned));
            await Expect(desk.Page.Locator(".kv")).ToContainTextAsync("孙强");
        }
        finally
        {
            await (await Fixture.Work.AsAsync(TestUsers.Dispatcher)).Get<DutyService>().CancelAsync(absence, Ct);
        }
    }

    [Theory]
    [InlineData(Viewport.Chinese, false)]
    [InlineData(Viewport.English, true)]
    public async Task An_absence_is_entered_on_the_board_and_cancelled(string language, bool dark)
    {
        var desk = await SignInAsync(TestUsers.Dispatcher, new Viewport(language, dark));
        await desk.GoAsync("/repairs/duty");
        var worker = desk.Page.Locator("[data-worker]", new PageLocatorOptions { HasText = dark ? "曹磊" : "马德福" }).First;
        var name = await worker.Locator("b").TextContentAsync();

        await worker.GetByRole(AriaRole.Button).ClickAsync();
        await desk.Page.SelectOptionAsync("#absence-reason", "Sick");
        await desk.Page.FillAsync("#absence-note", "流感");
        await desk.PictureAsync("dialog-absence");
        await desk.DemandAccessibleAsync("the absence dialog");
        await desk.Page.ClickAsync("[data-confirm]");

        var absence = desk.Page.Locator("[data-absence]", new PageLocatorOptions { HasText = name });
        await Expect(absence).ToContainTextAsync("流感");
        await desk.PictureAsync("duty-with-absence");
        await absence.GetByRole(AriaRole.Button).ClickAsync();
        await desk.Page.GetByRole(AriaRole.Dialog)
            .GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = language == Viewport.Chinese ? "取消" : "Cancel", Exact = true }).ClickAsync();
        await Expect(absence).ToHaveCountAsync(0);
    }

    [Theory]
    [InlineData(Viewport.Chinese, false)]
    [InlineData(Viewport.English, true)]
    public async Task A_manager_finds_prices_and_retires_a_part(string language, bool dark)
    {
        var manager = await SignInAsync(TestUsers.Manager, new Viewport(language, dark));
        var code = $"T-{Guid.NewGuid():N}"[..10].ToUpperInvariant();
        await (await Fixture.Work.AsAsync(TestUsers.Manager)).Get<PartsService>().CreateAsync(
            new PartForm { Code = code, Name = "试用阀", NameEn = "Trial valve", Unit = "个", UnitEn = "pc", Price = 10 }, Ct);
        await manager.GoAsync("/parts");
        await manager.Page.FillAsync(".filter-text.wide", code);
        var row = manager.Page.Locator($"[data-part='{code}']");
        await Expect(manager.Page.Locator("[data-part]")).ToHaveCountAsync(1);

        await row.GetByRole(AriaRole.Button).First.ClickAsync();
        await manager.Page.FillAsync("#part-price", "12.5");
        await manager.PictureAsync("dialog-part");
        await manager.DemandAccessibleAsync("the dialog of a part");
        await manager.Page.ClickAsync("[data-confirm]");
        await Expect(row).ToContainTextAsync("12.50");

        await row.GetByRole(AriaRole.Button).Last.ClickAsync();
        await manager.Page.GetByRole(AriaRole.Dialog)
            .GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = language == Viewport.Chinese ? "停用" : "Retire", Exact = true }).ClickAsync();
        await Expect(row).ToHaveCountAsync(0);
        await manager.GoAsync($"/parts?q={code}&state=Retired");
        await Expect(row).ToHaveAttributeAsync("data-state", "Retired");
    }

    [Fact]
    public async Task A_phone_shows_what_was_used_and_a_slip_prints_on_one_page()
    {
        var number = await Fixture.Work.TicketAsync("开水器不出水", 3);
        var technician = await SignInAsync(TestUsers.Technician, new Viewport(Width: Viewport.Phone));
        var part = await Fixture.Work.InDatabaseAsync(db => db.Parts.SingleAsync(p => p.Code == "SL-004", Ct));
        await technician.GoAsync($"/jobs/{number}");
        await technician.PressAsync("#uses summary.big");
        await technician.Page.FillAsync("#use-part-Find", "sjf");
        await Expect(technician.Page.Locator("#uses .choices label")).ToHaveCountAsync(1);
        await technician.Page.CheckAsync($"#uses .choices input[value='{part.Id}']");
        await technician.PressAsync("#uses details[open] button[type=submit]");
        await Expect(technician.Page.Locator("#uses [data-line]")).ToContainTextAsync("18.00");
        await technician.PictureAsync("jobs-uses", fullPage: true);
        await technician.DemandAccessibleAsync("the phone's parts");

        await technician.GoAsync($"/repairs/{number}/slip");
        await technician.DemandAccessibleAsync("the slip on a phone");
        foreach (var format in new[] { "A4", "A5" })
        {
            var pdf = await technician.Page.PdfAsync(new PagePdfOptions { Format = format, PreferCSSPageSize = false });
            Assert.Equal(1, System.Text.Encoding.Latin1.GetString(pdf).Split("/Type /Page\n").Length - 1);
        }
        await technician.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Microsoft.Playwright.Media.Print });
        await technician.Page.SetViewportSizeAsync(794, 1123);
        await technician.PictureAsync("slip-printed");
    }

    private async Task<long> AbsentAsync(string who, string standIn, int days)
    {
        var (absent, other) = await Fixture.Work.InDatabaseAsync(async db =>
            (await db.Users.SingleAsync(p => p.UserName == who, Ct), await db.Users.SingleAsync(p => p.UserName == standIn, Ct)));
        var duty = (await Fixture.Work.AsAsync(TestUsers.Dispatcher)).Get<DutyService>();
        var today = Fixture.App.Services.GetRequiredService<OfficeTime>().Today;
        return await duty.AddAsync(
            new AbsenceForm { PersonId = absent.Id, From = today, To = today.AddDays(days), Reason = AbsenceReason.Leave, StandInId = other.Id }, Ct);
    }
}
