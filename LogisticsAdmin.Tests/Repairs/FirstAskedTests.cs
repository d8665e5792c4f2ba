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
    public async Task Whoever_was_first_asked_owes_an_answer_until_the_reporter_has_one()
    {
        await using var house = await TestHouse.OpenAsync();
        var ticket = await house.TicketAsync();
        var (office, colleague) = (await house.AsAsync(Cast.Dispatcher), await house.AsAsync(Cast.EnglishDispatcher));
        await office.Repairs.TriageAsync(ticket.Id, Ct);
        Assert.Equal((1, 0), (await OwedAsync(office), await OwedAsync(colleague)));

        await colleague.Repairs.CommentAsync(ticket.Id, new CommentForm { Text = "请尽快联系", Internal = true }, Ct);
        await (await house.AsAsync(Cast.Resident)).Repairs.CommentAsync(ticket.Id, new CommentForm { Text = "什么时候来" }, Ct);
        await office.Repairs.TransferAsync(ticket.Id, await house.AssignmentAsync(ticket.Number), Ct);
        Assert.Equal((1, 0), (await OwedAsync(office), await OwedAsync(colleague)));

        await colleague.Repairs.CommentAsync(ticket.Id, new CommentForm { Text = "今天下午到" }, Ct);
        Assert.Equal((0, 0), (await OwedAsync(office), await OwedAsync(colleague)));
    }

    [Fact]
    public async Task What_goes_from_crew_to_crew_is_counted_and_what_stays_in_the_crew_is_not()
    {
        await using var house = await TestHouse.OpenAsync();
        var ticket = await house.TicketAsync(TicketStatus.Assigned);
        var office = await house.AsAsync(Cast.Dispatcher);
        foreach (var technician in new[] { "100206", Cast.Technician, "100206" })
            await office.Repairs.TransferAsync(ticket.Id, await house.AssignmentAsync(ticket.Number, technician), Ct);
        Assert.Equal(3, (await house.RowAsync(ticket.Number)).Transfers);

        var stays = await house.TicketAsync(TicketStatus.Assigned);
        await office.Repairs.AssignAsync(stays.Id, await house.AssignmentAsync(stays.Number, "100202"), Ct);
        Assert.Equal(0, (await house.RowAsync(stays.Number)).Transfers);
    }

    [Fact]
    public async Task The_same_fault_in_the_same_room_within_thirty_days_is_shown_with_what_it_has_cost()
    {
        await using var house = await TestHouse.OpenAsync();
        var first = await house.TicketAsync(TicketStatus.InProgress);
        await (await house.AsAsync(Cast.Technician)).Get<RepairCosts>().AddLabourAsync(first.Id, new UseLabourForm { Minutes = 60 }, Ct);
        house.Clock.Advance(TimeSpan.FromDays(29));
        var second = await house.TicketAsync();
        house.Clock.Advance(TimeSpan.FromDays(2));
        var third = await house.TicketAsync();
        var office = await house.AsAsync(Cast.Dispatcher);

        Assert.Equal((0, 1, 1), (first.Repeats, second.Repeats, third.Repeats));
        var earlier = Assert.Single((await office.Tickets.DetailAsync(second.Number, Ct)).Earlier);
        Assert.Equal((first.Number, 60m), (earlier.Number, earlier.Cost.Yuan));
        Assert.Equal(second.Number, Assert.Single((await office.Tickets.DetailAsync(third.Number, Ct)).Earlier).Number);
        Assert.Empty((await (await house.AsAsync(Cast.Resident)).Tickets.DetailAsync(second.Number, Ct)).Earlier);
    }

    [Fact]
    public async Task An_extension_is_asked_for_on_the_phone_waits_in_the_managers_list_and_its_decision_is_told()
    {
        var app = await TestApp.StartAsync();
        await using var house = new WorkedApp(app);
        var resident = await app.SignInAsync(Cast.Resident);
        var number = await app.ReportAsync(resident);
        var (office, technician, manager) = (await house.AsAsync(Cast.Dispatcher), await house.AsAsync(Cast.Technician), await house.AsAsync(Cast.Manager));
        var id = await house.IdAsync(number);
        await office.Repairs.AssignAsync(id, await AssignmentAsync(app, technician), Ct);
        await technician.Repairs.TakeAsync(id, Ct);

        var phone = await app.SignInAsync(Cast.Technician);
        using var empty = await phone.PostFormAsync($"/jobs/{number}", ("Input.Hours", ""), ("Input.Why", ""));
        Assert.NotEmpty((await empty.PageAsync()).QuerySelectorAll("#extend [aria-invalid=true]"));
        using var sent = await phone.PostFormAsync($"/jobs/{number}", ("Input.Hours", "7.5"), ("Input.Why", "等阀芯到货"));
        Assert.Equal(System.Net.HttpStatusCode.Redirect, sent.StatusCode);

        var waiting = Assert.Single((await manager.Lists.WindowAsync(new RepairFilter { View = RepairView.Extensions }, 50, ct: Ct)).Items);
        Assert.Equal((number, 450), (waiting.Number, waiting.AskedMinutes));
        await manager.Repairs.DecideExtensionAsync(id, granted: true, new NoteForm { Note = "同意" }, Ct);

        var told = await app.InDatabaseAsync(db =>
            db.Inbox.Where(i => i.Kind == (int)RepairNotification.ExtensionDecided).Select(i => i.PersonId).ToListAsync(Ct));
        var reporter = await app.InDatabaseAsync(db => db.Users.Where(p => p.UserName == Cast.Resident).Select(p => p.Id).SingleAsync(Ct));
        Assert.Contains(reporter, told);
        Assert.Contains(technician.PersonId, told);
        Assert.Empty((await manager.Lists.WindowAsync(new RepairFilter { View = RepairView.Extensions }, 50, ct: Ct)).Items);
    }

    private static Task<AssignForm> AssignmentAsync(TestApp app, Desk technician) => app.InDatabaseAsync(async db => new AssignForm
    {
        SeenStatus = TicketStatus.New,
        CrewId = await db.Users.Where(p => p.Id == technician.PersonId).Select(p => p.CrewId).SingleAsync(Ct),
        TechnicianId = technician.PersonId,
    });

    private static async Task<int> OwedAsync(Desk desk) => (await desk.Lists.CountsAsync(new RepairFilter(), Ct))[RepairView.FirstAsked];
}
