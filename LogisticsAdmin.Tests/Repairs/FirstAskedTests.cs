using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Repairs.Costs;
using LogisticsAdmin.Features.Repairs.Desk;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>Who was asked first and has not answered yet, tickets that are passed on too often, and tickets that come back.</summary>
public sealed class FirstAskedTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_asked_person_owes_an_answer_until_the_reporter_has_one()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync();
        var (office, colleague) = (await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.EnglishDispatcher));
        await office.Repairs.TriageAsync(ticket.Id, Ct);
        Assert.Equal((1, 0), (await OwedAsync(office), await OwedAsync(colleague)));

        await colleague.Repairs.CommentAsync(ticket.Id, new CommentForm { Text = "请尽快联系", Internal = true }, Ct);
        await (await host.AsAsync(TestUsers.Resident)).Repairs.CommentAsync(ticket.Id, new CommentForm { Text = "什么时候来" }, Ct);
        await office.Repairs.TransferAsync(ticket.Id, await host.AssignmentAsync(ticket.Number), Ct);
        Assert.Equal((1, 0), (await OwedAsync(office), await OwedAsync(colleague)));

        await colleague.Repairs.CommentAsync(ticket.Id, new CommentForm { Text = "今天下午到" }, Ct);
        Assert.Equal((0, 0), (await OwedAsync(office), await OwedAsync(colleague)));
    }

    [Fact]
    public async Task What_goes_from_crew_to_crew_is_counted_and_what_stays_in_the_crew_is_not()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.Assigned);
        var office = await host.AsAsync(TestUsers.Dispatcher);
        foreach (var technician in new[] { "100206", TestUsers.Technician, "100206" })
            await office.Repairs.TransferAsync(ticket.Id, await host.AssignmentAsync(ticket.Number, technician), Ct);
        Assert.Equal(3, (await host.RowAsync(ticket.Number)).Transfers);

        var stays = await host.TicketAsync(TicketStatus.Assigned);
        await office.Repairs.AssignAsync(stays.Id, await host.AssignmentAsync(stays.Number, "100202"), Ct);
        Assert.Equal(0, (await host.RowAsync(stays.Number)).Transfers);
    }

    [Fact]
    public async Task The_same_fault_in_the_same_room_within_thirty_days_is_shown_with_what_it_has_cost()
    {
        await using var host = await TestHost.OpenAsync();
        var first = await host.TicketAsync(TicketStatus.InProgress);
        await (await host.AsAsync(TestUsers.Technician)).Get<RepairCosts>().AddLabourAsync(first.Id, new UseLabourForm { Minutes = 60 }, Ct);
        host.Clock.Advance(TimeSpan.FromDays(29));
        var second = await host.TicketAsync();
        host.Clock.Advance(TimeSpan.FromDays(2));
        var third = await host.TicketAsync();
        var office = await host.AsAsync(TestUsers.Dispatcher);

        Assert.Equal((0, 1, 1), (first.Repeats, second.Repeats, third.Repeats));
        var earlier = Assert.Single((await office.Tickets.DetailAsync(second.Number, Ct)).Earlier);
        Assert.Equal((first.Number, 60m), (earlier.Number, earlier.Cost.Yuan));
        Assert.Equal(second.Number, Assert.Single((await office.Tickets.DetailAsync(third.Number, Ct)).Earlier).Number);
        Assert.Empty((await (await host.AsAsync(TestUsers.Resident)).Tickets.DetailAsync(second.Number, Ct)).Earlier);
    }

    [Fact]
    public async Task An_extension_is_asked_for_on_the_phone_waits_in_the_managers_list_and_its_decision_is_told()
    {
        var app = await TestApp.StartAsync();
        await using var appWithUsers = new AppWithUsers(app);
        var resident = await app.SignInAsync(TestUsers.Resident);
        var number = await app.ReportAsync(resident);
        var (office, technician, manager) = (await appWithUsers.AsAsync(TestUsers.Dispatcher), await appWithUsers.AsAsync(TestUsers.Technician),
            await appWithUsers.AsAsync(TestUsers.Manager));
        var id = await appWithUsers.IdAsync(number);
        await office.Repairs.AssignAsync(id, await AssignmentAsync(app, technician), Ct);
        await technician.Repairs.TakeAsync(id, Ct);

        var phone = await app.SignInAsync(TestUsers.Technician);
        using var empty = await phone.PostFormAsync($"/jobs/{number}", ("Input.Hours", ""), ("Input.Why", ""));
        Assert.NotEmpty((await empty.PageAsync()).QuerySelectorAll("#extend [aria-invalid=true]"));
        using var sent = await phone.PostFormAsync($"/jobs/{number}", ("Input.Hours", "7.5"), ("Input.Why", "等阀芯到货"));
        Assert.Equal(System.Net.HttpStatusCode.Redirect, sent.StatusCode);

        var waiting = Assert.Single((await manager.Lists.WindowAsync(new RepairFilter { View = RepairView.Extensions }, 50, ct: Ct)).Items);
        Assert.Equal((number, 450), (waiting.Number, waiting.AskedMinutes));
        await manager.Repairs.DecideExtensionAsync(id, granted: true, new NoteForm { Note = "同意" }, Ct);

        var notified = await app.InDatabaseAsync(db =>
            db.Inbox.Where(i => i.Kind == (int)RepairNotification.ExtensionDecided).Select(i => i.PersonId).ToListAsync(Ct));
        var reporter = await app.InDatabaseAsync(db => db.Users.Where(p => p.UserName == TestUsers.Resident).Select(p => p.Id).SingleAsync(Ct));
        Assert.Contains(reporter, notified);
        Assert.Contains(technician.PersonId, notified);
        Assert.Empty((await manager.Lists.WindowAsync(new RepairFilter { View = RepairView.Extensions }, 50, ct: Ct)).Items);
    }

    private static Task<AssignForm> AssignmentAsync(TestApp app, Desk technician) => app.InDatabaseAsync(async db => new AssignForm
    {
        ExpectedStatus = TicketStatus.New,
        CrewId = await db.Users.Where(p => p.Id == technician.PersonId).Select(p => p.CrewId).SingleAsync(Ct),
        TechnicianId = technician.PersonId,
    });

    private static async Task<int> OwedAsync(Desk desk) => (await desk.Lists.CountsAsync(new RepairFilter(), Ct))[RepairView.FirstAsked];
}
