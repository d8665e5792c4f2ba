using System.Text.RegularExpressions;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>What is sent from an open phone page without a connection is kept, and sent once when the connection is back.</summary>
public sealed class KeptFormTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private static readonly Viewport Width = new(Width: Viewport.Phone);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_form_with_photos_is_kept_without_a_connection_and_sent_once_with_it()
    {
        var number = await Fixture.Work.TicketAsync("开水器不出水", 3);
        var technician = await SignInAsync(TestUsers.Technician, Width);
        var page = technician.Page;
        await technician.GoAsync($"/jobs/{number}");
        await page.Context.SetOfflineAsync(true);
        await page.FillAsync("#complete textarea", "换了加热管");
        await page.SetInputFilesAsync("#complete-Photos", new FilePayload { Name = "after.jpg", MimeType = "image/jpeg", Buffer = Repairs.Phone.Jpeg() });
        await Expect(page.Locator("#complete [data-previews] canvas")).ToHaveCountAsync(1);

        await technician.PressAsync("#complete button[type=submit]");

        await Expect(page.Locator("[data-kept=waiting]")).ToContainTextAsync("网络恢复后自动发送");
        await technician.PictureAsync("jobs-kept");
        await technician.DemandAccessibleAsync("a kept form");
        await technician.PressAsync("#complete button[type=submit]");
        await Expect(page.Locator("[data-kept=waiting]")).ToHaveCountAsync(1);

        await page.Context.SetOfflineAsync(false);

        await Expect(page).ToHaveURLAsync(new Regex("/jobs(\\?ok=complete)?$"));
        await Expect(page.Locator("[data-kept]")).ToHaveCountAsync(0);
        var id = await Fixture.Work.IdAsync(number);
        Assert.Equal(
            [(RepairVerb.Complete, "换了加热管", 1)],
            await Fixture.Work.InDatabaseAsync(async db => (await db.RepairEvents.Where(e => e.TicketId == id && e.To == TicketStatus.Completed)
                .Select(e => new { e.Verb, e.Note, Photos = db.Set<RepairPhoto>().Count(p => p.EventId == e.Id) }).ToListAsync(Ct))
                .Select(e => (e.Verb, e.Note!, e.Photos))));
    }

    [Fact]
    public async Task What_the_server_refuses_stays_with_its_reason_until_it_is_discarded()
    {
        var number = await Fixture.Work.TicketAsync("空调不制冷", 2);
        var technician = await SignInAsync(TestUsers.Technician, Width);
        var page = technician.Page;
        await technician.GoAsync($"/jobs/{number}");
        await page.Context.SetOfflineAsync(true);
        await technician.PressAsync("form:has([value=arrive]) button");
        await Expect(page.Locator("[data-kept=waiting]")).ToBeVisibleAsync();
        await (await Fixture.Work.AsAsync(TestUsers.Technician)).Repairs.StartAsync(await Fixture.Work.IdAsync(number), Ct);

        await page.Context.SetOfflineAsync(false);

        await Expect(page.Locator("[data-kept=refused]")).ToContainTextAsync("维修中");
        await page.Locator("[data-kept=refused] button").Last.ClickAsync();
        await Expect(page.Locator("[data-kept]")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task It_is_never_sent_by_another_person_who_signs_in()
    {
        var number = await Fixture.Work.TicketAsync("走廊灯不亮", 1);
        var technician = await SignInAsync(TestUsers.Technician, Width);
        var page = technician.Page;
        await technician.GoAsync($"/jobs/{number}");
        await page.Context.SetOfflineAsync(true);
        await technician.PressAsync("form:has([value=take]) button");
        await Expect(page.Locator("[data-kept=waiting]")).ToBeVisibleAsync();

        // The session ended meanwhile, and a colleague of the same crew signs in with another tab.
        var colleague = await OpenAsync(Fixture.App, Width, await Fixture.SignedInAsync("100202"));
        await page.Context.ClearCookiesAsync();
        await page.Context.AddCookiesAsync((await colleague.Page.Context.CookiesAsync())
            .Select(c => new Cookie { Name = c.Name, Value = c.Value, Domain = c.Domain, Path = c.Path }));
        var asked = page.WaitForResponseAsync(response => new Uri(response.Url).AbsolutePath == "/my");
        await page.Context.SetOfflineAsync(false);
        await asked;
        await technician.GoAsync("/jobs");
        await Expect(page.Locator("[data-kept]")).ToHaveCountAsync(0);
        Assert.Equal(TicketStatus.Assigned, await StatusAsync());

        await page.Context.ClearCookiesAsync();
        await technician.SignInAsync(TestUsers.Technician);
        await Expect(page.Locator("[data-kept=sent]")).ToBeVisibleAsync();
        Assert.Equal(TicketStatus.Taken, await StatusAsync());

        Task<TicketStatus> StatusAsync() =>
            Fixture.Work.InDatabaseAsync(db => db.RepairTickets.Where(t => t.Number == number).Select(t => t.Status).SingleAsync(Ct));
    }
}
