using System.Text.RegularExpressions;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>Messages in the office's bell, and on the page that office and phones share.</summary>
public sealed class InboxTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_of_the_bell_opens_its_subject_without_a_page_load_and_is_read_and_the_bell_leads_to_all_messages()
    {
        var number = await Fixture.Work.TicketAsync("门锁打不开，请尽快", 1);
        await (await Fixture.Work.AsAsync(TestUsers.Resident)).Repairs.NudgeAsync(await Fixture.Work.IdAsync(number), new NoteForm(), Ct);
        var office = await SignInAsync(TestUsers.Dispatcher);
        var page = office.Page;
        await office.GoAsync("/repairs/board");
        await page.EvaluateAsync("window.neverReloaded = true");

        await page.ClickAsync("details.bell > summary");
        var message = page.Locator("details.bell li", new() { HasTextString = number }).First;
        await Expect(message).ToHaveClassAsync("unread");
        await office.PictureAsync("bell");
        Assert.Empty(await office.ViolationsAsync("the bell"));
        await message.Locator("a").ClickAsync();

        await Expect(page).ToHaveURLAsync(new Regex($"/repairs/{number}"));
        await Expect(message).Not.ToHaveClassAsync("unread");
        Assert.True(await page.EvaluateAsync<bool>("window.neverReloaded === true"));

        if (await page.Locator("details.bell[open]").CountAsync() == 0) await page.ClickAsync("details.bell > summary");
        await page.ClickAsync("details.bell a[href='my/messages']");
        await Expect(page).ToHaveURLAsync(new Regex("/my/messages$"));
        await Expect(page.Locator("[data-message]", new() { HasTextString = number }).First).Not.ToHaveClassAsync("unread");
        Assert.Empty(office.Problems);
    }

    [Fact]
    public async Task An_emergency_is_said_at_once_counted_in_the_tabs_title_and_heard_by_those_who_want_it()
    {
        var office = await SignInAsync(TestUsers.EnglishDispatcher);
        var page = office.Page;
        await page.AddInitScriptAsync("""
            const start = OscillatorNode.prototype.start;
            OscillatorNode.prototype.start = function (at) {
              document.body.dataset.notes = Number(document.body.dataset.notes ?? 0) + 1;
              start.call(this, at);
            };
            """);
        await office.GoAsync("/calendar");
        await page.ClickAsync("details.bell > summary");
        await page.Locator("details.bell .sound input").CheckAsync();
        await Expect(page.Locator("body")).ToHaveAttributeAsync("data-notes", "2");

        var form = await Fixture.Work.FormAsync();
        form.Urgency = Urgency.Emergency;
        var number = await (await Fixture.Work.AsAsync(TestUsers.Dispatcher)).Intake.SubmitAsync(form, Ct);

        await Expect(page.Locator(".top [role=alert]")).ToContainTextAsync(number);
        await Expect(page).ToHaveTitleAsync(new Regex(@"^\(\d+\+?\) .+"));
        await Expect(page.Locator("link[rel=icon]")).ToHaveAttributeAsync("href", new Regex("favicon-unread"));
        await Expect(page.Locator("body")).ToHaveAttributeAsync("data-notes", "4");

        await office.GoAsync("/calendar");
        await page.ClickAsync("details.bell > summary");
        await Expect(page.Locator("details.bell .sound input")).ToBeCheckedAsync();
        await page.Locator("details.bell .sound input").UncheckAsync();
        await page.Locator("details.bell .menu-panel button").ClickAsync();
        await Expect(page).ToHaveTitleAsync(new Regex(@"^[^(]"));
        await Expect(page.Locator("link[rel=icon]")).Not.ToHaveAttributeAsync("href", new Regex("favicon-unread"));
        Assert.Empty(office.Problems);
    }

    [Fact]
    public async Task A_phone_reads_page_by_page_and_a_message_it_opens_is_read()
    {
        // A person whose messages no other test counts.
        var resident = await Fixture.Work.InDatabaseAsync(db =>
            db.Users.Where(p => p.RoomId != null && p.UserName != TestUsers.Resident).OrderBy(p => p.Id).FirstAsync(Ct));
        var number = await (await Fixture.Work.AsAsync(resident.UserName!)).Intake.SubmitAsync(await Fixture.Work.FormAsync(), Ct);
        await Fixture.Work.InDatabaseAsync(db =>
        {
            db.Inbox.AddRange(Enumerable.Range(1, 65).Select(n =>
                new InboxItem(
                    resident.Id, 1 + (n % 11), number, "InProgress", TestHost.Start.AddMinutes(n), "水龙头关不紧，一直滴水，地面已经积水")));
            return db.SaveChangesAsync(Ct);
        });
        var student = await SignInAsync(resident.UserName!, new Viewport(Width: Viewport.Phone));
        var page = student.Page;
        await student.GoAsync("/my/messages");
        await student.PictureAsync("my-messages", fullPage: true);
        Assert.Empty(await student.ViolationsAsync("/my/messages"));
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        // Other tests may publish a notice for everyone meanwhile; its message leads elsewhere.
        var first = await page.Locator("[data-message]").Filter(new() { HasText = number }).First.GetAttributeAsync("data-message");

        await page.ClickAsync("a[rel=next]");
        await Expect(page).ToHaveURLAsync(new Regex(@"/my/messages\?before="));
        await page.ClickAsync("a[rel=prev]");
        await Expect(page).ToHaveURLAsync(new Regex(@"/my/messages\?after="));
        await page.ClickAsync($"[data-message='{first}'] a");
        await Expect(page).ToHaveURLAsync(new Regex("/my/repairs/BX"));

        await student.GoAsync("/my/messages");
        await Expect(page.Locator($"[data-message='{first}']")).Not.ToHaveClassAsync("unread");
        Assert.Empty(student.Problems);
    }
}
