using System.Text.Json;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Tests.Repairs;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Registries;

/// <summary>The home page of phones: what needs the person, then the buttons, then the rest.</summary>
public sealed class HomePageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_needs_the_person_stands_above_the_buttons_and_the_rest_below()
    {
        await using var host = await TestHost.OpenAsync();
        var resident = (await host.AsAsync(TestUsers.Resident)).Get<CurrentUser>().Actor;

        var cards = host.Services.GetServices<IPortalCard>().Where(c => c.IsFor(resident)).OrderBy(c => c.Order).ToList();

        Assert.Equal(
            ["MyRoom", "RepairsNeedMe", "LowBalanceCard", "OrderCard", "OnboardingCard", "LeavingCard", "RoomChangeCard", "VoiceAnswers"],
            cards.Where(c => c.Order < IPortalCard.FirstOfOthers).Select(c => c.Component.Name));
        Assert.Equal(
            ["NewNewsCard", "OpenRepairs", "OfficeContact", "RoomChangeLink"],
            cards.Where(c => c.Order >= IPortalCard.FirstOfOthers).Select(c => c.Component.Name));
        Assert.Equal(
            ["my/repairs/new", "my/fees", "my/orders/menu", "my/orders/goods", "my/voice", "my/news"],
            host.Services.GetServices<IPortalShortcut>().Where(s => s.IsFor(resident)).OrderBy(s => s.Order).Select(s => s.Address));
    }

    [Fact]
    public async Task A_repair_that_waits_for_being_accepted_is_above_the_buttons_and_every_other_one_below()
    {
        await using var app = await TestApp.StartAsync();
        var (student, technician) = (await app.SignInAsync(TestUsers.Resident), await app.SignInAsync(TestUsers.Technician));
        var (done, open) = (await app.ReportAsync(student), await app.ReportAsync(student));
        await PhonePageTests.AssignAsync(app, done);
        await PhonePageTests.DoAsync(technician, $"/jobs/{done}", "take");
        await PhonePageTests.DoAsync(technician, $"/jobs/{done}", "start");
        await PhonePageTests.DoAsync(technician, $"/jobs/{done}", "complete", ("Input.Note", "已换新"));
        var status = await app.InDatabaseAsync(db => db.RepairTickets.Where(t => t.Number == done).Select(t => t.Status).SingleAsync(Ct));
        Assert.Equal(TicketStatus.Completed, status);

        var page = await student.PageAsync("/my");

        var home = page.QuerySelector(".home")!;
        var places = home.QuerySelectorAll($"[data-needs='{done}'], .shortcuts, [data-ticket='{open}']").Select(e => e.ClassName).ToList();
        Assert.Equal(["card needs", "shortcuts", "card ticket"], places);
        Assert.Equal($"my/repairs/{done}#verify", home.QuerySelector("[data-needs] .big")!.GetAttribute("href"));
        Assert.Null(home.QuerySelector($"[data-ticket='{done}']"));
        Assert.Equal("inbox", home.GetAttribute("data-live-page"));
    }

    [Fact]
    public async Task A_visit_of_today_is_told_with_its_time_and_who_comes()
    {
        await using var app = await TestApp.StartAsync();
        var (student, technician) = (await app.SignInAsync(TestUsers.Resident), await app.SignInAsync(TestUsers.Technician));
        var number = await app.ReportAsync(student);
        await PhonePageTests.AssignAsync(app, number);
        await PhonePageTests.DoAsync(technician, $"/jobs/{number}", "take");
        var slot = await app.InDatabaseAsync(async db =>
        {
            var first = await db.VisitSlots.Where(s => s.RetiredAt == null).OrderBy(s => s.Id).FirstAsync(Ct);
            var today = app.Services.GetRequiredService<LogisticsAdmin.Shared.OfficeTime>().Today;
            await db.WriteAsync(async token =>
            {
                var ticket = await db.RepairTickets.SingleAsync(t => t.Number == number, token);
                db.Entry(ticket).Property(t => t.VisitDay).CurrentValue = today;
                db.Entry(ticket).Property(t => t.VisitSlotId).CurrentValue = first.Id;
            }, Ct);
            return first.ToString();
        });

        var card = (await student.PageAsync("/my")).QuerySelector($"[data-needs='{number}']")!;

        Assert.Contains($"今天 {slot} 上门", card.TextContent, StringComparison.Ordinal);
        Assert.Contains("孙强", card.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_manifest_names_the_office_and_its_icons_are_served()
    {
        await using var app = await TestApp.StartAsync();
        using var client = app.CreateClient();

        using var answer = await client.GetAsync("/manifest.webmanifest", Ct);

        Assert.Equal("application/manifest+json", answer.Content.Headers.ContentType?.MediaType);
        using var manifest = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Ct));
        Assert.Equal("后勤管理", manifest.RootElement.GetProperty("name").GetString());
        Assert.Equal("my", manifest.RootElement.GetProperty("start_url").GetString());
        foreach (var icon in manifest.RootElement.GetProperty("icons").EnumerateArray())
        {
            using var picture = await client.GetAsync($"/{icon.GetProperty("src").GetString()}", Ct);
            Assert.Equal("image/png", picture.Content.Headers.ContentType?.MediaType);
            using var bitmap = SkiaSharp.SKBitmap.Decode(await picture.Content.ReadAsByteArrayAsync(Ct));
            Assert.Equal(icon.GetProperty("sizes").GetString(), $"{bitmap.Width}x{bitmap.Height}");
        }
        var page = await client.PageAsync("/Account/Login");
        Assert.Equal("manifest.webmanifest", page.QuerySelector("link[rel=manifest]")!.GetAttribute("href"));
    }
}
