using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Features.Repairs.Work.Undo;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Imports;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>Repeats and rework follow the place and category of the tickets, however these came about.</summary>
public sealed class RepeatMarkTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_corrected_place_moves_the_marks_of_the_ticket_and_of_those_after_it_and_undo_moves_them_back()
    {
        await using var host = await TestHost.OpenAsync();
        var closed = await host.TicketAsync(TicketStatus.Closed);
        host.Clock.Advance(TimeSpan.FromDays(1));
        var middle = await host.TicketAsync();
        host.Clock.Advance(TimeSpan.FromDays(1));
        var last = await host.TicketAsync();
        var before = await MarksAsync(host);
        Assert.Equal([(0, null), (1, closed.Id), (2, closed.Id)], before);
        var office = await host.AsAsync(TestUsers.Dispatcher);

        await CorrectAsync(host, office, middle.Id, room: "511");

        Assert.Equal([(0, null), (0, null), (1, closed.Id)], await MarksAsync(host));

        Assert.Equal(1, (await office.Get<UndoService>().UndoAsync((await office.Get<UndoService>().LatestAsync(Ct))!.Id, Ct)).Done);
        Assert.Equal(before, await MarksAsync(host));
        Assert.NotEqual(0, last.Id);
    }

    [Fact]
    public async Task A_corrected_category_counts_among_the_tickets_of_the_new_one()
    {
        await using var host = await TestHost.OpenAsync();
        var tap = await host.TicketAsync(TicketStatus.Closed);
        host.Clock.Advance(TimeSpan.FromDays(2));
        var resident = await host.AsAsync(TestUsers.Resident);
        var wrong = await host.RowAsync(await resident.Intake.SubmitAsync(await host.FormAsync("water-burst"), Ct));
        host.Clock.Advance(TimeSpan.FromDays(2));
        await host.TicketAsync();
        Assert.Equal([(0, null), (0, null), (1, tap.Id)], await MarksAsync(host));
        var before = await host.InDatabaseAsync(db => db.RepairTickets.OrderBy(t => t.Id).Select(t => t.Version).ToListAsync(Ct));

        await CorrectAsync(host, await host.AsAsync(TestUsers.Dispatcher), wrong.Id, category: "water-tap");

        Assert.Equal([(0, null), (1, tap.Id), (2, tap.Id)], await MarksAsync(host));
        var after = await host.InDatabaseAsync(db => db.RepairTickets.OrderBy(t => t.Id).Select(t => t.Version).ToListAsync(Ct));
        Assert.Equal(before[0], after[0]);
        Assert.True(after[2] > before[2], "The changed mark reaches the open pages.");
    }

    [Fact]
    public async Task What_is_only_of_the_same_room_or_older_than_thirty_days_keeps_its_marks()
    {
        await using var host = await TestHost.OpenAsync();
        await host.TicketAsync(TicketStatus.Closed);
        host.Clock.Advance(TimeSpan.FromDays(31));
        var moved = await host.TicketAsync();
        host.Clock.Advance(TimeSpan.FromDays(31));
        await host.TicketAsync();

        await CorrectAsync(host, await host.AsAsync(TestUsers.Dispatcher), moved.Id, room: "511");

        Assert.Equal([(0, null), (0, null), (0, null)], await MarksAsync(host));
    }

    [Fact]
    public async Task Imported_tickets_are_marked_mark_those_here_and_undo_of_the_import_takes_the_marks_back()
    {
        await using var host = await TestHost.OpenAsync();
        await host.TicketAsync();
        var manager = await host.AsAsync(TestUsers.Manager);
        // The rows of a log may come in any order.
        var (batch, counts) = await manager.ImportAsync("tickets", """
            单号,报修时间,完成时间,状态,报修类型,楼栋,房间号,报修内容
            WX-2,2026-11-10 08:30,2026-11-12 16:00,已完成,水龙头,竹园3号楼,512,水龙头又漏水
            WX-1,2026-11-01 08:30,2026-11-02 16:00,已完成,水龙头,竹园3号楼,512,水龙头漏水
            WX-3,2026-11-11 08:30,2026-11-12 16:00,已完成,水龙头,竹园3号楼,511,水龙头漏水
            """);
        Assert.Equal(3, counts.New);
        var ids = await host.InDatabaseAsync(db => db.RepairTickets.Where(t => t.SourceKey != null).ToDictionaryAsync(t => t.SourceKey!, t => t.Id, Ct));

        Assert.Equal(
            [(2, ids["WX-2"]), (0, null), (1, ids["WX-1"]), (0, null)],
            await host.InDatabaseAsync(db =>
                db.RepairTickets.OrderBy(t => t.SourceKey).Select(t => ValueTuple.Create(t.Repeats, t.ReworkOfId)).ToListAsync(Ct)));

        var report = await manager.Imports.UndoAsync(batch, Ct);

        Assert.Equal((3, 0), (report.Undone, report.Skipped.Count));
        Assert.Equal([(0, null)], await MarksAsync(host));
    }

    [Fact]
    public async Task An_import_of_later_tickets_leaves_the_marks_of_earlier_ones()
    {
        await using var host = await TestHost.OpenAsync();
        var closed = await host.TicketAsync(TicketStatus.Closed);
        host.Clock.Advance(TimeSpan.FromDays(29));
        await host.TicketAsync();
        host.Clock.Advance(TimeSpan.FromDays(30));

        await (await host.AsAsync(TestUsers.Manager)).ImportAsync("tickets", """
            单号,报修时间,完成时间,状态,报修类型,楼栋,房间号,报修内容
            WX-1,2027-01-11 08:30,2027-01-12 16:00,已完成,水龙头,竹园3号楼,512,水龙头漏水
            """);

        Assert.Equal([(0, null), (1, closed.Id), (1, null)], await MarksAsync(host));
    }

    [Fact]
    public void Tens_of_thousands_of_tickets_of_one_place_are_marked_at_once()
    {
        var reports = Enumerable.Range(0, 60_000).Select(n => new FaultReport(
            n, 1, 1, TicketStatus.Closed, TestHost.Start.AddMinutes(n), TestHost.Start.AddMinutes(n + 5), 0, null));

        var (last, repeats, reworkOf) = FaultReport.Marks(reports).Last();

        Assert.Equal((59_999L, 30 * 24 * 60, 59_994L), (last.Id, repeats, reworkOf));
    }

    [Fact]
    public async Task A_second_import_that_marks_tickets_of_the_first_leaves_both_undoable()
    {
        await using var host = await TestHost.OpenAsync();
        var manager = await host.AsAsync(TestUsers.Manager);
        var (first, _) = await manager.ImportAsync("tickets", Log("WX-9", "2026-11-10 08:30", "2026-11-12 16:00"));
        var (second, _) = await manager.ImportAsync("tickets", Log("WX-8", "2026-11-01 08:30", "2026-11-02 16:00"));
        Assert.Equal([1, 0], (await MarksAsync(host)).Select(m => m.Repeats));

        Assert.Equal(1, (await manager.Imports.UndoAsync(first, Ct)).Undone);
        Assert.Equal([(0, null)], await MarksAsync(host));
        Assert.Equal(1, (await manager.Imports.UndoAsync(second, Ct)).Undone);

        static string Log(string key, string from, string to) => $"""
            单号,报修时间,完成时间,状态,报修类型,楼栋,房间号,报修内容
            {key},{from},{to},已完成,水龙头,竹园3号楼,512,水龙头漏水
            """;
    }

    private static async Task CorrectAsync(TestHost host, Desk office, long id, string room = "512", string category = "water-tap")
    {
        var form = await host.InDatabaseAsync(async db => new CorrectForm
        {
            Version = (await db.RepairTickets.SingleAsync(t => t.Id == id, Ct)).Version,
            RoomId = await db.Rooms.Where(r => r.Code == room && r.Building.Code == "Z3").Select(r => r.Id).SingleAsync(Ct),
            CategoryId = await db.Categories.Where(c => c.Code == category).Select(c => c.Id).SingleAsync(Ct),
            Phone = "13800002071",
        });
        await office.Repairs.CorrectAsync(id, form, Ct);
    }

    private static Task<List<(int Repeats, long? ReworkOf)>> MarksAsync(TestHost host) => host.InDatabaseAsync(db =>
        db.RepairTickets.OrderBy(t => t.Id).Select(t => ValueTuple.Create(t.Repeats, t.ReworkOfId)).ToListAsync(Ct));
}
