using LogisticsAdmin.Features.Imports;
using LogisticsAdmin.Features.Repairs.Desk;
using LogisticsAdmin.Features.Repairs.Desk.Export;
using LogisticsAdmin.Features.Repairs.LogImport;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Writing;
using LogisticsAdmin.Tests.Spreadsheets;
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

    [Fact]
    public async Task Reporter_and_technician_are_found_by_number_or_by_a_name_that_only_one_person_has()
    {
        await using var host = await TestHost.OpenAsync();
        await host.InDatabaseAsync(db =>
        {
            db.Users.AddRange(new Person("n1", "李重名", "n1"), new Person("n2", "李重名", "n2"));
            return db.SaveChangesAsync(Ct);
        });
        var manager = await host.AsAsync(TestUsers.Manager);
        await using var session = await manager.CheckAsync(Tickets, """
            单号,报修时间,完成时间,状态,报修类型,楼栋,房间号,报修内容,报修人,维修师傅,评价
            WX-1,2025-09-01 08:30,2025-09-02 16:00,已完成,水龙头,竹园3号楼,512,漏水,王小雨,孙强,5星
            WX-2,2025-09-01 08:31,2025-09-02 16:00,已完成,水龙头,竹园3号楼,512,漏水,student,technician,1
            WX-3,2025-09-01 08:32,2025-09-02 16:00,已完成,水龙头,竹园3号楼,512,漏水,李重名,王小雨,
            WX-4,2025-09-01 08:33,2025-09-02 16:00,已完成,水龙头,竹园3号楼,512,漏水,查无此人,,
            WX-5,2025-09-01 08:34,,未处理,水龙头,竹园3号楼,512,漏水,n2,孙强,
            WX-6,2025-09-01 08:35,,未处理,水龙头,竹园3号楼,512,漏水,,,4
            WX-7,2025-09-01 08:36,2025-09-02 16:00,已完成,水龙头,竹园3号楼,512,漏水,,,6
            """);
        Assert.Equal(new ImportCounts(5, 0, 0, 2), session.Counts);
        Assert.Equal([], session.Wrong(2).Concat(session.Wrong(3)).Concat(session.Wrong(6)));
        Assert.Equal(["reporter: Import.NamesakesHere", "technician: Import.NoTechnician"], session.Wrong(4));
        Assert.Equal(["reporter: Import.UnknownPerson"], session.Wrong(5));
        Assert.Equal(["rating: Import.RatedUnclosed"], session.Wrong(7));
        Assert.Equal(["rating: Import.OutOfRange"], session.Wrong(8));

        await manager.Imports.CommitAsync(session, goodRowsOnly: true, ct: Ct);
        var (student, technician, crew, namesake) = await host.InDatabaseAsync(async db => (
            await db.Users.Where(p => p.UserName == TestUsers.Resident).Select(p => (long?)p.Id).SingleAsync(Ct),
            await db.Users.Where(p => p.UserName == TestUsers.Technician).Select(p => (long?)p.Id).SingleAsync(Ct),
            await db.Users.Where(p => p.UserName == TestUsers.Technician).Select(p => p.CrewId).SingleAsync(Ct),
            await db.Users.Where(p => p.UserName == "n2").Select(p => (long?)p.Id).SingleAsync(Ct)));
        var tickets = await host.InDatabaseAsync(db => db.RepairTickets.AsNoTracking().Include(t => t.Events)
            .Where(t => t.Source == TicketLogImport.Source).OrderBy(t => t.SourceKey).ToListAsync(Ct));
        Assert.Equal(
            [
                (student, technician, crew, 5), (student, technician, crew, 1), (null, null, null, null), (null, null, null, null),
                (namesake, null, null, null),
            ],
            tickets.Select(t => (t.ReporterId, t.TechnicianId, t.CrewId, t.Stars)));
        Assert.Equal([null, null, "李重名", "查无此人", null], tickets.Select(t => t.ContactName));
        Assert.Equal([null, null, "维修师傅: 王小雨", null, "维修师傅: 孙强"],
            tickets.Select(t => t.Events.Single(e => e.Verb == RepairVerb.Import).Note));
    }

    [Theory]
    [InlineData(ExportFormat.Xlsx)]
    [InlineData(ExportFormat.Csv)]
    public async Task An_export_of_the_desk_brings_reporter_technician_and_rating_to_another_office(ExportFormat format)
    {
        await using var here = await TestHost.OpenAsync();
        var manager = await here.AsAsync(TestUsers.Manager);
        await manager.ImportAsync(Tickets, """
            单号,报修时间,完成时间,状态,报修类型,楼栋,房间号,报修内容,报修人,维修师傅,评价
            WX-1,2025-09-01 08:30,2025-09-02 16:00,已完成,水龙头,竹园3号楼,512,漏水,王小雨,孙强,4
            """);
        await using var file = new MemoryStream();
        await new ExportWriter(ReadBack.Office).WriteAsync(file, format, "清单", manager.Get<TicketExport>().Columns(),
            manager.Lists.ExportAsync(new RepairFilter { View = RepairView.All, Text = "漏水" }, DeskSort.Newest, Ct), Ct);
        file.Position = 0;

        await using var there = await TestHost.OpenAsync();
        var other = await there.AsAsync(TestUsers.Manager);
        await using var session = await other.Imports.OpenAsync(Tickets, $"清单.{format}", file, Ct);
        await other.Imports.CheckAsync(session, ct: Ct);
        Assert.Equal(Enumerable.Empty<string>(), session.Verdicts!.SelectMany(v => session.Wrong(v.Row)));
        await other.Imports.CommitAsync(session, goodRowsOnly: false, ct: Ct);
        var (ticket, names) = await there.InDatabaseAsync(async db =>
        {
            var brought = await db.RepairTickets.AsNoTracking().SingleAsync(t => t.Source == TicketLogImport.Source, Ct);
            return (brought, await db.Users.Where(p => p.Id == brought.ReporterId || p.Id == brought.TechnicianId)
                .Select(p => p.UserName).Order().ToListAsync(Ct));
        });
        Assert.Equal((TicketStatus.Closed, 4), (ticket.Status, ticket.Stars));
        Assert.Equal([TestUsers.Resident, TestUsers.Technician], names);
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
