using LogisticsAdmin.Features.Imports;
using LogisticsAdmin.Features.Repairs.LogImport;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Imports;

/// <summary>Imports of an existing ticket log, column by column.</summary>
public sealed class TicketLogImportTests
{
    private const string Tickets = "tickets";

    private const string Log = """
        报修台账（2025）
        单号,报修时间,完成时间,状态,报修类型,楼栋,房间号,报修内容,费用,报修人学号
        WX-1,2025-09-01 08:30,2025-09-02 16:00,已完成,水龙头,竹园3号楼,512,水龙头漏水,35.5,无此人
        WX-2,2025/9/3 9:00,,未处理,水龙头,竹园3号楼,511,水龙头关不紧,,
        """;

    [Fact]
    public async Task Closed_and_open_rows_keep_their_times_and_a_second_run_adds_nothing()
    {
        await using var host = await TestHost.OpenAsync();
        var manager = await host.AsAsync(TestUsers.Manager);
        var (_, counts) = await manager.ImportAsync(Tickets, Log);
        Assert.Equal(new ImportCounts(2, 0, 0, 0), counts);
        var tickets = await host.InDatabaseAsync(db => db.RepairTickets.AsNoTracking().Where(t => t.Source == TicketLogImport.Source).OrderBy(t => t.SourceKey)
            .ToListAsync(Ct));
        Assert.Equal([TicketStatus.Closed, TicketStatus.New], tickets.Select(t => t.Status));
        Assert.Equal(("BX20250901-0001", new DateTimeOffset(2025, 9, 1, 0, 30, 0, TimeSpan.Zero), 35.5m),
            (tickets[0].Number, tickets[0].SubmittedAt, tickets[0].Cost?.Yuan));
        await using var again = await manager.CheckAsync(Tickets, Log);
        Assert.Equal(new ImportCounts(0, 0, 2, 0), again.Counts);
    }

    [Fact]
    public async Task Unknown_values_and_reversed_times_are_refused()
    {
        await using var host = await TestHost.OpenAsync();
        await using var session = await (await host.AsAsync(TestUsers.Manager)).CheckAsync(Tickets, """
            单号,报修时间,完成时间,报修类型,楼栋,房间号,报修内容
            WX-3,2025-09-02,2025-09-01,水龙头,竹园3号楼,512,漏水
            WX-4,2099-01-01,,天外飞仙,竹园3号楼,9999,漏水
            """);
        await using var costs = await (await host.AsAsync(TestUsers.Manager)).CheckAsync(Tickets, """
            单号,报修时间,报修类型,楼栋,房间号,报修内容,费用
            WX-5,2025-09-02,水龙头,竹园3号楼,512,漏水,-0.004
            """);
        Assert.Equal(["cost: Import.Negative"], costs.Wrong(2));
        Assert.Equal(["ended: Import.EndsBeforeStart"], session.Wrong(2));
        Assert.Equal(["category: Import.UnknownCategory", "room: Import.UnknownRoom", "submitted: Import.Future"], session.Wrong(3).Order());
    }

    [Fact]
    public async Task Undo_removes_tickets_nobody_worked_on_and_never_gives_their_numbers_again()
    {
        await using var host = await TestHost.OpenAsync();
        var manager = await host.AsAsync(TestUsers.Manager);
        var (batch, _) = await manager.ImportAsync(Tickets, Log);
        var open = await host.InDatabaseAsync(db => db.RepairTickets.SingleAsync(t => t.SourceKey == "WX-2", Ct));
        await (await host.AsAsync(TestUsers.Dispatcher)).Repairs.TriageAsync(open.Id, ct: Ct);

        var report = await manager.Imports.UndoAsync(batch, Ct);
        Assert.Equal((1, open.Number), (report.Undone, Assert.Single(report.Skipped).Label));
        Assert.Equal(["WX-2"], await host.InDatabaseAsync(db => db.RepairTickets.Where(t => t.Source == TicketLogImport.Source).Select(t => t.SourceKey!)
            .ToListAsync(Ct)));
        await manager.ImportAsync(Tickets, Log);
        Assert.Equal("BX20250901-0002", await host.InDatabaseAsync(db => db.RepairTickets.Where(t => t.SourceKey == "WX-1").Select(t => t.Number)
            .SingleAsync(Ct)));
    }

    [Theory]
    [InlineData(TestUsers.Dispatcher)]
    [InlineData(TestUsers.Technician)]
    [InlineData(TestUsers.Resident)]
    public async Task Only_managers_and_administrators_bring_a_log_in(string userName)
    {
        await using var host = await TestHost.OpenAsync();
        await Assert.ThrowsAsync<NotFound>(async () => await (await host.AsAsync(userName)).OpenAsync(Tickets, Log));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;
}
