using System.Text;
using System.Text.RegularExpressions;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Security;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>A fresh Production store becomes a working office by its pages alone.</summary>
[Collection(BrowserWalks.Name)]
public sealed class NewOfficeStoryTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private const string Password = "Gutes-Haus-7391";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Viewport.Chinese)]
    [InlineData(Viewport.English)]
    public async Task A_new_office_is_set_up_to_its_first_completed_ticket(string language)
    {
        var directory = TestHost.NewDirectory();
        await using (var app = await TestApp.StartAsync(
            kestrel: true, environment: "Production", storage: directory,
            settings: new Dictionary<string, string> { ["Office:Address"] = "http://localhost" }))
        {
            var administrator = await OpenAsync(app, new Viewport(language));
            await SetUpAdministratorAsync(administrator, await File.ReadAllTextAsync(Path.Combine(directory, "setup-code.txt"), Ct));
            await Expect(administrator.Page.Locator("[data-first-steps] a[href=first-steps]")).ToBeVisibleAsync();
            await administrator.GoAsync("/first-steps");
            await administrator.PictureAsync("new-office-first-steps");

            await NameOfficeAsync(administrator);
            await EnterPlacesAsync(administrator);
            await AddCrewAsync(administrator);
            var codes = new Dictionary<Role, string>();
            foreach (var role in new[] { Role.Technician, Role.Dispatcher, Role.Resident }) codes[role] = await AddPersonAsync(administrator, role);
            await LeadCrewAsync(administrator);

            await administrator.GoAsync("/first-steps");
            foreach (var step in new[] { "categories", "hours" }) await administrator.Page.ClickAsync($"[data-step={step}] [data-confirm]");
            await Expect(administrator.Page.Locator("[data-open='0']")).ToBeVisibleAsync();
            await administrator.PictureAsync("new-office-usable");
            await administrator.DemandAccessibleAsync("the first steps");

            var room = await app.InDatabaseAsync(db => db.Rooms.Where(r => r.Code == "101" && r.Building.Code == "A1").Select(r => r.Id).SingleAsync(Ct));
            await administrator.GoAsync($"/places/signs?room={room}");
            await Expect(administrator.Page.Locator("svg").First).ToBeVisibleAsync();

            var resident = await OpenAsync(app, new Viewport(language, Width: Viewport.Phone));
            await resident.GoAsync($"/r/{room}");
            await FirstSignInAsync(resident, Role.Resident, codes[Role.Resident]);
            await Expect(resident.Page).ToHaveURLAsync(new Regex($@"/my/repairs/new\?room={room}$"));
            var number = await ReportAsync(resident);

            var dispatcher = await OpenAsync(app, new Viewport(language));
            await dispatcher.GoAsync("/Account/Login");
            await FirstSignInAsync(dispatcher, Role.Dispatcher, codes[Role.Dispatcher]);
            await dispatcher.GoAsync($"/repairs?view=All&t={number}");
            await Expect(dispatcher.Page.Locator("section.sheet #sheet-title")).ToBeVisibleAsync();
            await dispatcher.Page.Keyboard.PressAsync("t");
            await Expect(dispatcher.Ticket(number, TicketStatus.Triaged)).ToBeVisibleAsync();
            await dispatcher.AssignByKeyboardAsync(NameOf(Role.Technician));
            await Expect(dispatcher.Ticket(number, TicketStatus.Assigned)).ToBeVisibleAsync();

            var technician = await OpenAsync(app, new Viewport(language, Width: Viewport.Phone));
            await technician.GoAsync($"/r/{room}");
            await FirstSignInAsync(technician, Role.Technician, codes[Role.Technician]);
            await Expect(technician.Page).ToHaveURLAsync(new Regex($"/places/rooms/{room}$"));
            await technician.GoAsync("/jobs");
            await Visitor.PressAsync(technician.Ticket(number, TicketStatus.Assigned).Locator("form button[type=submit]"));
            await Visitor.PressAsync(technician.Ticket(number, TicketStatus.Taken).Locator("form:has([value=start]) button"));
            await Expect(technician.Ticket(number, TicketStatus.InProgress)).ToBeVisibleAsync();
            await technician.GoAsync($"/jobs/{number}");
            await technician.Page.FillAsync("#complete textarea", "OK");
            await technician.PressAsync("#complete button[type=submit]");
            await Expect(dispatcher.Ticket(number, TicketStatus.Completed)).ToBeVisibleAsync();
            foreach (var visitor in new[] { administrator, resident, dispatcher, technician }) Assert.Empty(visitor.Problems);
        }
        TestHost.DropStorage(directory);
    }

    private static async Task SetUpAdministratorAsync(Visitor visitor, string code)
    {
        var page = visitor.Page;
        await visitor.GoAsync("/Account/Setup");
        await page.FillAsync("#code", code.Trim());
        await page.FillAsync("#user-name", "boss");
        await page.FillAsync("#full-name", "周主任");
        await page.FillAsync("#password", Password);
        await page.FillAsync("#password-again", Password);
        await page.ClickAsync("main form button[type=submit]");
        await Expect(page).ToHaveURLAsync(new Regex("/Account/Login"));
        await visitor.TrySignInAsync("boss", Password);
        await visitor.ReadyAsync();
    }

    private static async Task NameOfficeAsync(Visitor visitor)
    {
        await visitor.Page.ClickAsync("[data-step=office] a.btn");
        await visitor.Page.ClickAsync("[data-edit]");
        await visitor.Page.FillAsync("#office-name", "后勤服务中心");
        await visitor.Page.FillAsync("#office-name-en", "Logistics Service Centre");
        await visitor.Page.FillAsync("#office-phone", "0571-8888 6666");
        await SendAsync(visitor, "office-form");
    }

    /// <summary>A campus is typed; buildings and rooms are imported.</summary>
    private static async Task EnterPlacesAsync(Visitor visitor)
    {
        await visitor.GoAsync("/places");
        await visitor.Page.ClickAsync("[data-new=campus]");
        await visitor.Page.FillAsync("#campus-code", "M");
        await visitor.Page.FillAsync("#campus-name", "本部");
        await visitor.Page.FillAsync("#campus-name-en", "Main campus");
        await SendAsync(visitor, "campus-form");
        await ImportAsync(visitor, "buildings", "校区,楼号,楼栋,英文名,类型\n本部,A1,一号公寓,Hall 1,宿舍楼\n本部,B1,行政楼,Main building,办公\n");
        await ImportAsync(visitor, "rooms", "楼栋,房间,楼层,床位数\n一号公寓,101,1,4\n一号公寓,102,1,4\n行政楼,201,2,0\n");
    }

    private static async Task ImportAsync(Visitor visitor, string kind, string rows)
    {
        var page = visitor.Page;
        await visitor.GoAsync($"/imports/{kind}");
        await visitor.ChooseFileAsync("#import-file", new FilePayload { Name = $"{kind}.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(rows) });
        await page.Locator("[data-check]").ClickAsync();
        await page.Locator("[data-commit]").ClickAsync();
        await Expect(page.Locator("[data-done]")).ToBeVisibleAsync();
    }

    /// <summary>The first crew repairs everything and thereby becomes the default crew of all categories.</summary>
    private static async Task AddCrewAsync(Visitor visitor)
    {
        var page = visitor.Page;
        await visitor.GoAsync("/settings/crews");
        await page.ClickAsync("[data-new]");
        await page.FillAsync("#crew-code", "repairs");
        await page.FillAsync("#crew-name", "维修组");
        await page.FillAsync("#crew-name-en", "Repairs");
        foreach (var group in await page.Locator("[data-whole-group]").AllAsync()) await group.CheckAsync();
        await SendAsync(visitor, "crew-form");
        await visitor.GoAsync("/first-steps");
        await Expect(page.Locator("[data-step=categories] .missing")).ToHaveCountAsync(0);
    }

    /// <summary>Returns the one-time code.</summary>
    private static async Task<string> AddPersonAsync(Visitor visitor, Role role)
    {
        var page = visitor.Page;
        await visitor.GoAsync("/people");
        await page.ClickAsync("[data-new]");
        await page.FillAsync("#person-user-name", UserNameOf(role));
        await page.FillAsync("#person-full-name", NameOf(role));
        await page.Locator($"[data-role={role}]").CheckAsync();
        if (role == Role.Technician) await page.SelectOptionAsync("#person-crew", new SelectOptionValue { Index = 1 });
        await page.ClickAsync("button[form=person-form]");
        var code = await page.Locator("[data-slip]").TextContentAsync() ?? "";
        await page.ClickAsync("[data-noted]");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        return code.Trim();
    }

    private static async Task LeadCrewAsync(Visitor visitor)
    {
        await visitor.GoAsync("/settings/crews");
        await visitor.Page.ClickAsync("[data-crew=repairs] [data-edit]");
        await visitor.Page.SelectOptionAsync("#crew-lead", new SelectOptionValue { Label = NameOf(Role.Technician) });
        await SendAsync(visitor, "crew-form");
    }

    /// <summary>Signs in with the one-time code and chooses a password; the page that was asked for opens then.</summary>
    private static async Task FirstSignInAsync(Visitor visitor, Role role, string code)
    {
        var page = visitor.Page;
        await page.FillAsync("#user-name", UserNameOf(role));
        await page.FillAsync("#password", code);
        await page.ClickAsync("main form button[type=submit]");
        await page.FillAsync("#new", Password);
        await page.FillAsync("#repeat", Password);
        await page.ClickAsync("main form button[type=submit]");
        await Expect(page).Not.ToHaveURLAsync(new Regex("/Account/"));
        await visitor.ReadyAsync();
    }

    private static async Task<string> ReportAsync(Visitor visitor)
    {
        var page = visitor.Page;
        await visitor.PressAsync("[data-tiles] label");
        var categories = page.Locator("#report-CategoryId");
        await categories.SelectOptionAsync(await categories.Locator("optgroup:not([hidden]) option").First.GetAttributeAsync("value") ?? "");
        await page.FillAsync("#report-Description", "水龙头滴水 the tap drips");
        await page.FillAsync("#report-Phone", "13800001234");
        await visitor.PressAsync("main form[data-check] button[type=submit].primary");
        var ticket = page.Locator("[data-ticket]").First;
        await Expect(ticket).ToHaveAttributeAsync("data-status", nameof(TicketStatus.New));
        return await ticket.GetAttributeAsync("data-ticket") ?? "";
    }

    private static async Task SendAsync(Visitor visitor, string form)
    {
        await visitor.Page.ClickAsync($"button[form={form}]");
        await Expect(visitor.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    private static string UserNameOf(Role role) => role.ToString().ToLowerInvariant();

    private static string NameOf(Role role) => role switch
    {
        Role.Technician => "孙师傅",
        Role.Dispatcher => "王调度",
        _ => "李同学",
    };
}
