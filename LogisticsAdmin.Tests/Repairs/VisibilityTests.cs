using CsCheck;
using LogisticsAdmin.Features.Repairs.Desk;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>Which tickets each person gets from each query.</summary>
public sealed class VisibilityTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static readonly string[] Users =
        [TestUsers.Administrator, TestUsers.Manager, TestUsers.Dispatcher, TestUsers.Technician, "100202", "100206", "100209", TestUsers.Resident, "2025020051",
            "2025050048"];

    [Fact]
    public async Task Queries_and_the_rule_for_one_row_agree_for_everybody() =>
        await RandomTickets.Ticket.Array[40].SampleAsync(async plans =>
        {
            await using var host = await TestHost.OpenAsync();
            await host.StoreAsync(plans);
            var rows = await host.InDatabaseAsync(db => RepairRow.From(db, db.RepairTickets).ToListAsync(Ct));
            foreach (var user in Users)
            {
                var desk = await host.AsAsync(user);
                var actor = desk.Get<CurrentUser>().Actor;
                var seen = await host.InDatabaseAsync(db => db.RepairTickets.VisibleTo(actor).Select(t => t.Id).ToListAsync(Ct));
                Assert.Equal(rows.Where(r => actor.MaySee(r.Parties)).Select(r => r.Id).Order(), seen.Order());

                var found = await desk.Tickets.SearchAsync("BX20261122", take: 1_000, ct: Ct);
                Assert.Equal(seen.Order(), found.Select(r => r.Id).Order());
                Assert.Equal(
                    rows.Where(r => r.ReporterId == desk.PersonId).Select(r => r.Id).Order(),
                    (await desk.Tickets.MineAsync(ct: Ct)).Select(r => r.Id).Order());

                var hidden = rows.FirstOrDefault(r => !seen.Contains(r.Id));
                if (hidden is not null) await Assert.ThrowsAsync<NotFound>(() => desk.Tickets.DetailAsync(hidden.Number, Ct));
            }
        }, iter: 3, threads: 1);

    [Theory]
    [InlineData(TestUsers.Technician)]
    [InlineData(TestUsers.Resident)]
    public async Task The_triage_list_its_counts_and_people_are_the_office_s(string user)
    {
        await using var host = await TestHost.OpenAsync();
        var desk = await host.AsAsync(user);
        await Assert.ThrowsAsync<Forbidden>(() => desk.Lists.WindowAsync(new RepairFilter(), 10, ct: Ct));
        await Assert.ThrowsAsync<Forbidden>(() => desk.Lists.CountsAsync(new RepairFilter(), Ct));
        await Assert.ThrowsAsync<Forbidden>(() => desk.Choices.PeopleAsync("王", ct: Ct));
        var choices = await desk.Choices.ChoicesAsync(Ct);
        Assert.Empty(choices.Technicians);
        Assert.Empty(choices.Office);
    }

    [Fact]
    public async Task Jobs_are_the_technician_s_own_or_their_crew_s_while_nobody_is_named()
    {
        await using var host = await TestHost.OpenAsync();
        var named = await host.TicketAsync(TicketStatus.Assigned);
        var open = await host.TicketAsync();
        var form = await host.AssignmentAsync(open.Number);
        form.TechnicianId = null;
        await (await host.AsAsync(TestUsers.Dispatcher)).Repairs.AssignAsync(open.Id, form, Ct);
        await host.TicketAsync(TicketStatus.Completed);

        Assert.Equal([named.Id, open.Id], (await (await host.AsAsync(TestUsers.Technician)).Tickets.JobsAsync(Ct)).Select(r => r.Id).Order());
        Assert.Equal([open.Id], (await (await host.AsAsync("100202")).Tickets.JobsAsync(Ct)).Select(r => r.Id));
        Assert.Empty(await (await host.AsAsync("100206")).Tickets.JobsAsync(Ct));
        await Assert.ThrowsAsync<Forbidden>(async () => await (await host.AsAsync(TestUsers.Resident)).Tickets.JobsAsync(Ct));
    }

    [Theory]
    [InlineData("BX20261122-0001")]
    [InlineData("bx20261122-0001")]
    [InlineData(" ｂｘ20261122-0001 ")]
    [InlineData("512")]
    [InlineData("龙")]
    [InlineData("龙头")]
    [InlineData("水龙头")]
    [InlineData("竹园3号楼")]
    [InlineData("竹园3号楼 512")]
    [InlineData("Bamboo")]
    [InlineData("bam")]
    [InlineData("滴水 竹园")]
    public async Task A_ticket_is_found_by_number_room_place_and_any_run_of_chinese(string typed)
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync();
        await (await host.AsAsync("2025020051")).Intake.SubmitAsync(await OtherAsync(host), Ct);

        Assert.Equal([ticket.Number], (await (await host.AsAsync(TestUsers.Dispatcher)).Tickets.SearchAsync(typed, ct: Ct)).Select(r => r.Number));
    }

    [Theory]
    [InlineData("BX")]
    [InlineData("bx2026")]
    [InlineData("BX20261122-000")]
    public async Task The_beginning_of_a_number_finds_the_newest(string typed)
    {
        await using var host = await TestHost.OpenAsync();
        var first = await host.TicketAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await (await host.AsAsync("2025020051")).Intake.SubmitAsync(await OtherAsync(host), Ct);

        var tickets = (await host.AsAsync(TestUsers.Dispatcher)).Tickets;
        Assert.Equal(["BX20261122-0002", first.Number], (await tickets.SearchAsync(typed, ct: Ct)).Select(r => r.Number));
        Assert.Equal(["BX20261122-0002"], (await tickets.SearchAsync(typed, take: 1, ct: Ct)).Select(r => r.Number));
    }

    [Theory]
    [InlineData("BX2025")]
    [InlineData("BX20261122-0001-1")]
    [InlineData("头龙")]
    [InlineData("水龙头 空调")]
    [InlineData("\" OR 1")]
    [InlineData("NEAR(水 龙)")]
    [InlineData("text:水龙头*) OR (a")]
    public async Task What_is_not_there_is_not_found_and_no_search_syntax_gets_through(string typed)
    {
        await using var host = await TestHost.OpenAsync();
        await host.TicketAsync();
        Assert.Empty(await (await host.AsAsync(TestUsers.Dispatcher)).Tickets.SearchAsync(typed, ct: Ct));
    }

    private static async Task<ReportForm> OtherAsync(TestHost host)
    {
        var form = await host.FormAsync("hvac-ac", "空调不制冷");
        form.RoomId = await host.InDatabaseAsync(db =>
            db.Set<Features.Places.Room>().Where(r => r.Code == "101" && r.Building.Code == "M1").Select(r => r.Id).SingleAsync(Ct));
        return form;
    }
}
