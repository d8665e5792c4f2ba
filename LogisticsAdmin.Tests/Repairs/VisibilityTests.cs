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
        [Cast.Administrator, Cast.Manager, Cast.Dispatcher, Cast.Technician, "100202", "100206", "100209", Cast.Resident, "2025020051", "2025050048"];

    [Fact]
    public async Task Queries_and_the_rule_for_one_row_agree_for_everybody() =>
        await Crowd.Ticket.Array[40].SampleAsync(async plans =>
        {
            await using var house = await TestHouse.OpenAsync();
            await house.StoreAsync(plans);
            var rows = await house.InDatabaseAsync(db => RepairRow.From(db, db.RepairTickets).ToListAsync(Ct));
            foreach (var user in Users)
            {
                var desk = await house.AsAsync(user);
                var actor = desk.Get<CurrentUser>().Actor;
                var seen = await house.InDatabaseAsync(db => db.RepairTickets.VisibleTo(actor).Select(t => t.Id).ToListAsync(Ct));
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
    [InlineData(Cast.Technician)]
    [InlineData(Cast.Resident)]
    public async Task The_triage_list_its_counts_and_people_are_the_office_s(string user)
    {
        await using var house = await TestHouse.OpenAsync();
        var desk = await house.AsAsync(user);
        await Assert.ThrowsAsync<Forbidden>(() => desk.Lists.WindowAsync(new RepairFilter(), 10, ct: Ct));
        await Assert.ThrowsAsync<Forbidden>(() => desk.Lists.CountsAsync(new RepairFilter(), Ct));
        await Assert.ThrowsAsync<Forbidden>(() => desk.Choices.PeopleAsync("王", Ct));
        var choices = await desk.Choices.ChoicesAsync(Ct);
        Assert.Empty(choices.Technicians);
        Assert.Empty(choices.Office);
    }

    [Fact]
    public async Task Jobs_are_the_technician_s_own_or_their_crew_s_while_nobody_is_named()
    {
        await using var house = await TestHouse.OpenAsync();
        var named = await house.TicketAsync(TicketStatus.Assigned);
        var open = await house.TicketAsync();
        var form = await house.AssignmentAsync(open.Number);
        form.TechnicianId = null;
        await (await house.AsAsync(Cast.Dispatcher)).Repairs.AssignAsync(open.Id, form, Ct);
        await house.TicketAsync(TicketStatus.Completed);

        Assert.Equal([named.Id, open.Id], (await (await house.AsAsync(Cast.Technician)).Tickets.JobsAsync(Ct)).Select(r => r.Id).Order());
        Assert.Equal([open.Id], (await (await house.AsAsync("100202")).Tickets.JobsAsync(Ct)).Select(r => r.Id));
        Assert.Empty(await (await house.AsAsync("100206")).Tickets.JobsAsync(Ct));
        await Assert.ThrowsAsync<Forbidden>(async () => await (await house.AsAsync(Cast.Resident)).Tickets.JobsAsync(Ct));
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
        await using var house = await TestHouse.OpenAsync();
        var ticket = await house.TicketAsync();
        await (await house.AsAsync("2025020051")).Intake.SubmitAsync(await OtherAsync(house), Ct);

        Assert.Equal([ticket.Number], (await (await house.AsAsync(Cast.Dispatcher)).Tickets.SearchAsync(typed, ct: Ct)).Select(r => r.Number));
    }

    [Theory]
    [InlineData("BX")]
    [InlineData("bx2026")]
    [InlineData("BX20261122-000")]
    public async Task The_beginning_of_a_number_finds_the_newest(string typed)
    {
        await using var house = await TestHouse.OpenAsync();
        var first = await house.TicketAsync();
        house.Clock.Advance(TimeSpan.FromMinutes(1));
        await (await house.AsAsync("2025020051")).Intake.SubmitAsync(await OtherAsync(house), Ct);

        var tickets = (await house.AsAsync(Cast.Dispatcher)).Tickets;
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
        await using var house = await TestHouse.OpenAsync();
        await house.TicketAsync();
        Assert.Empty(await (await house.AsAsync(Cast.Dispatcher)).Tickets.SearchAsync(typed, ct: Ct));
    }

    private static async Task<ReportForm> OtherAsync(TestHouse house)
    {
        var form = await house.FormAsync("hvac-ac", "空调不制冷");
        form.RoomId = await house.InDatabaseAsync(db =>
            db.Set<Features.Places.Room>().Where(r => r.Code == "101" && r.Building.Code == "M1").Select(r => r.Id).SingleAsync(Ct));
        return form;
    }
}
