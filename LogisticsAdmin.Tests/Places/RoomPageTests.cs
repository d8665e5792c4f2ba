using System.Net;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Places.Rooms;
using LogisticsAdmin.Features.Repairs.Costs;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Repairs;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Places;

/// <summary>The page of a room, its short address, and the report that begins there.</summary>
public sealed class RoomPageTests
{
    /// <summary>Of the same crew as 孙强, and of another one.</summary>
    private const string Mate = "100202", OtherCrew = "100206";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Room 512: 王小雨 lives there, and 孙强 has a job. "names": how many residents are named, -1 where the room does not exist.</summary>
    [Theory]
    [InlineData(TestUsers.Administrator, true, true)]
    [InlineData(TestUsers.Manager, true, true)]
    [InlineData(TestUsers.Dispatcher, true, true)]
    [InlineData(TestUsers.Resident, true, false)]
    [InlineData(TestUsers.Technician, false, false)]
    [InlineData(Mate, false, false)]
    public async Task Everybody_sees_of_a_room_what_they_need(string who, bool names, bool numbers)
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.InProgress);
        var view = await (await host.AsAsync(who)).Get<RoomPages>().ReadAsync(ticket.RoomId, Ct);
        Assert.Equal(("竹园3号楼", "512", 5), (view.Building.Zh, view.Room.Zh, view.Floor));
        Assert.True(view.Residents > 0);
        Assert.Equal(names, view.People.Any(p => p.Name == "王小雨"));
        Assert.Equal(numbers, view.People.Any(p => p.Number is not null));
        var tickets = Assert.Single(view.Sections, s => s.Title.Zh == "报修").Section;
        var address = who switch
        {
            TestUsers.Resident => $"my/repairs/{ticket.Number}",
            TestUsers.Technician or Mate => $"jobs/{ticket.Number}",
            _ => $"repairs/{ticket.Number}",
        };
        Assert.Equal((ticket.Number, address), (Assert.Single(tickets.Lines).Number, tickets.Lines[0].Address));
    }

    [Theory]
    [InlineData(TestUsers.Technician)]
    [InlineData(Mate)]
    [InlineData(OtherCrew)]
    [InlineData(TestUsers.Resident)]
    public async Task A_room_without_a_job_and_not_ones_own_does_not_exist(string who)
    {
        await using var host = await TestHost.OpenAsync();
        await host.TicketAsync(TicketStatus.InProgress);
        var pages = (await host.AsAsync(who)).Get<RoomPages>();
        await Assert.ThrowsAsync<NotFound>(async () => await pages.ReadAsync(await BedTests.RoomAsync(host, "511"), Ct));
        await Assert.ThrowsAsync<NotFound>(() => pages.ReadAsync(999_999, Ct));
    }

    [Fact]
    public async Task A_technician_sees_a_room_while_the_job_is_open_and_for_thirty_days_after()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.InProgress);
        await Assert.ThrowsAsync<NotFound>(async () => await (await host.AsAsync(OtherCrew)).Get<RoomPages>().ReadAsync(ticket.RoomId, Ct));
        await AbsenceTests.EnterAsync(host, TestUsers.Technician, new DateOnly(2026, 11, 22), new DateOnly(2026, 11, 22), OtherCrew);
        Assert.Empty((await (await host.AsAsync(OtherCrew)).Get<RoomPages>().ReadAsync(ticket.RoomId, Ct)).People);
        var technician = await host.AsAsync(TestUsers.Technician);
        await technician.Repairs.CompleteAsync(ticket.Id, new NoteForm { Note = "换了阀芯" }, ct: Ct);
        await (await host.AsAsync(TestUsers.Resident)).Repairs.VerifyAsync(ticket.Id, new NoteForm(), ct: Ct);
        host.Clock.Advance(TimeSpan.FromDays(29));
        Assert.NotNull(await technician.Get<RoomPages>().ReadAsync(ticket.RoomId, Ct));
        host.Clock.Advance(TimeSpan.FromDays(2));
        await Assert.ThrowsAsync<NotFound>(() => technician.Get<RoomPages>().ReadAsync(ticket.RoomId, Ct));
    }

    [Theory]
    [InlineData(TestUsers.Dispatcher, true)]
    [InlineData(TestUsers.Technician, false)]
    [InlineData(TestUsers.Resident, false)]
    public async Task Only_the_office_sees_what_the_repairs_of_a_room_cost(string who, bool sees)
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.InProgress);
        var costs = (await host.AsAsync(TestUsers.Technician)).Get<RepairCosts>();
        var part = await host.InDatabaseAsync(db => db.Set<Part>().Select(p => p.Id).FirstAsync(Ct));
        await costs.AddPartAsync(ticket.Id, new UsePartForm { PartId = part, Quantity = 2 }, Ct);
        var amount = await host.InDatabaseAsync(db => db.Set<RepairUse>().Select(u => u.AmountFen).SingleAsync(Ct));
        var view = await (await host.AsAsync(who)).Get<RoomPages>().ReadAsync(ticket.RoomId, Ct);
        var section = view.Sections.FirstOrDefault(s => s.Title.Zh == "维修费用")?.Section;
        Assert.Equal(sees, section is not null);
        if (section is null) return;
        Assert.Contains(new Money(amount).ToString(), section.Summary, StringComparison.Ordinal);
        Assert.Equal((1, ticket.Number, $"repairs/{ticket.Number}"), (section.Total, section.Lines[0].Number, section.Lines[0].Address));
    }

    [Fact]
    public async Task A_resident_sees_only_their_own_tickets_in_their_room()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync();
        var mate = await BedTests.PersonAsync(host, "室友");
        await host.InDatabaseAsync(async db =>
        {
            await Housing.MoveAsync(db, await db.Users.SingleAsync(p => p.Id == mate, Ct), ticket.RoomId, null, TestHost.Start, Ct);
            return await db.SaveChangesAsync(Ct);
        });
        var name = await host.InDatabaseAsync(db => db.Users.Where(p => p.Id == mate).Select(p => p.UserName!).SingleAsync(Ct));
        var view = await (await host.AsAsync(name)).Get<RoomPages>().ReadAsync(ticket.RoomId, Ct);
        Assert.Contains(view.People, p => p.Name == "王小雨");
        Assert.All(view.People, p => Assert.Null(p.Number));
        Assert.Empty(Assert.Single(view.Sections).Section.Lines);
    }

    [Fact]
    public async Task The_page_shows_the_room_and_leads_to_a_report_until_it_retires()
    {
        await using var app = await TestApp.StartAsync();
        var room = await RoomAsync(app, "512");
        await app.InDatabaseAsync(async db =>
        {
            (await db.Rooms.SingleAsync(r => r.Id == room, Ct)).Describe(RoomKind.Bedroom, 18.5m, 4);
            return await db.SaveChangesAsync(Ct);
        });
        var (dispatcher, resident) = (await app.SignInAsync(TestUsers.Dispatcher), await app.SignInAsync(TestUsers.Resident));
        var page = await dispatcher.PageAsync($"/places/rooms/{room}");
        Assert.Equal("竹园3号楼 512", page.QuerySelector("h1")!.TextContent);
        Assert.Contains("18.5", page.QuerySelector(".facts")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("王小雨", page.QuerySelector("[data-people]")!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("[class*=mud-]"));
        Assert.Null(page.QuerySelector("[style]"));
        Assert.Equal($"my/repairs/new?room={room}", page.QuerySelector("[data-report]")!.GetAttribute("href"));
        using var elsewhere = await resident.GetAsync($"/places/rooms/{await RoomAsync(app, "511")}", Ct);
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
        await RetireAsync(app, room);
        var retired = await dispatcher.PageAsync($"/places/rooms/{room}");
        Assert.Contains("改建", retired.QuerySelector(".retired")!.TextContent, StringComparison.Ordinal);
        Assert.Null(retired.QuerySelector("[data-report]"));
    }

    [Theory]
    [InlineData(TestUsers.Administrator, "/places/rooms/{0}")]
    [InlineData(TestUsers.Manager, "/places/rooms/{0}")]
    [InlineData(TestUsers.Dispatcher, "/places/rooms/{0}")]
    [InlineData(TestUsers.Technician, "/my/repairs/new?room={0}")]
    [InlineData(TestUsers.Resident, "/my/repairs/new?room={0}")]
    public async Task A_scan_leads_the_office_to_the_room_and_whoever_has_no_job_there_to_a_report(string who, string to)
    {
        await using var app = await TestApp.StartAsync();
        var (room, retired) = (await RoomAsync(app, "511"), await RoomAsync(app, "510"));
        await RetireAsync(app, retired);
        var visitor = await app.SignInAsync(who);
        using var scanned = await visitor.GetAsync($"/r/{room}", Ct);
        Assert.Equal(HttpStatusCode.Redirect, scanned.StatusCode);
        Assert.Equal(string.Format(System.Globalization.CultureInfo.InvariantCulture, to, room), scanned.Headers.Location!.OriginalString);
        foreach (var gone in new[] { retired, 999_999 })
        {
            using var missing = await visitor.GetAsync($"/r/{gone}", Ct);
            Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
            Assert.Contains("<h1", await missing.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(TestUsers.Technician, "places/rooms/{0}")]
    [InlineData(Mate, "places/rooms/{0}")]
    [InlineData(OtherCrew, "my/repairs/new?room={0}")]
    [InlineData(TestUsers.Resident, "my/repairs/new?room={0}")]
    public async Task A_scan_leads_technicians_with_a_job_there_to_the_room(string who, string to)
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.InProgress);
        var address = await (await host.AsAsync(who)).Get<RoomPages>().AddressAfterScanAsync(ticket.RoomId, Ct);
        Assert.Equal(string.Format(System.Globalization.CultureInfo.InvariantCulture, to, ticket.RoomId), address);
    }

    [Fact]
    public async Task A_technician_without_a_job_there_reports_from_the_sign_and_reads_nothing_about_residents()
    {
        await using var app = await TestApp.StartAsync();
        var room = await RoomAsync(app, "512");
        var technician = await app.SignInAsync(TestUsers.Technician);
        using var scanned = await technician.GetAsync($"/r/{room}", Ct);
        var page = await technician.PageAsync(scanned.Headers.Location!.OriginalString);
        Assert.Equal($"{room}", page.QuerySelector("#report-RoomId option[selected]")!.GetAttribute("value"));
        Assert.DoesNotContain("王小雨", page.Body!.TextContent, StringComparison.Ordinal);
        using var direct = await technician.GetAsync($"/places/rooms/{room}", Ct);
        Assert.Equal(HttpStatusCode.NotFound, direct.StatusCode);
    }

    [Fact]
    public async Task Somebody_signed_out_signs_in_first_and_comes_back_to_what_was_scanned()
    {
        await using var app = await TestApp.StartAsync();
        var room = await RoomAsync(app, "511");
        var visitor = app.Visitor();
        using var scanned = await visitor.GetAsync($"/r/{room}", Ct);
        Assert.Equal(HttpStatusCode.Redirect, scanned.StatusCode);
        var login = scanned.Headers.Location!;
        Assert.Contains($"ReturnUrl=%2Fr%2F{room}", login.OriginalString, StringComparison.OrdinalIgnoreCase);
        using var signedIn = await visitor.PostFormAsync(
            login.IsAbsoluteUri ? login.PathAndQuery : login.OriginalString, ("Input.UserName", TestUsers.Resident),
            ("Input.Password", Features.People.DemoPeople.Password));
        Assert.EndsWith($"/r/{room}", signedIn.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TestUsers.Resident)]
    [InlineData(TestUsers.Technician)]
    [InlineData(TestUsers.Dispatcher)]
    public async Task The_report_of_a_scanned_room_has_building_and_room_filled_in(string who)
    {
        await using var app = await TestApp.StartAsync();
        var (room, retired) = (await RoomAsync(app, "511"), await RoomAsync(app, "510"));
        await RetireAsync(app, retired);
        var visitor = await app.SignInAsync(who);
        var page = await visitor.PageAsync($"/my/repairs/new?room={room}");
        Assert.Equal("竹园3号楼", page.QuerySelector("#report-BuildingId option[selected]")!.TextContent);
        Assert.Equal($"{room}", page.QuerySelector("#report-RoomId option[selected]")!.GetAttribute("value"));
        var ones = (await visitor.PageAsync("/my/repairs/new")).QuerySelector("#report-RoomId option[selected]")?.GetAttribute("value");
        foreach (var unknown in new[] { $"{retired}", "999999", "abc" })
        {
            var other = await visitor.PageAsync($"/my/repairs/new?room={unknown}");
            Assert.Equal(ones, other.QuerySelector("#report-RoomId option[selected]")?.GetAttribute("value"));
        }
    }

    private static Task<long> RoomAsync(TestApp app, string code) => app.InDatabaseAsync(db =>
        db.Rooms.Where(r => r.Code == code && r.Building.Name == "竹园3号楼").Select(r => r.Id).SingleAsync(Ct));

    private static Task<int> RetireAsync(TestApp app, long room) => app.InDatabaseAsync(async db =>
    {
        (await db.Rooms.SingleAsync(r => r.Id == room, Ct)).Retire(TestHost.Start, null, "改建");
        return await db.SaveChangesAsync(Ct);
    });
}
