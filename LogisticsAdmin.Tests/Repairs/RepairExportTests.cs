using LogisticsAdmin.Features.Repairs.Costs;
using LogisticsAdmin.Features.Repairs.Desk;
using LogisticsAdmin.Features.Repairs.Desk.Export;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>The desk's list as a file: complete, in the desk's order, with columns that only the file has.</summary>
public sealed class RepairExportTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_ticket_of_the_filter_comes_once_in_the_desks_order()
    {
        await using var host = await TestHost.OpenAsync();
        await host.StoreAsync(Many(1_203));
        var queries = (await host.AsAsync(TestUsers.Dispatcher)).Lists;
        foreach (var sort in Enum.GetValues<DeskSort>())
        {
            foreach (var filter in new[]
            {
                new RepairFilter { View = RepairView.All },
                new RepairFilter { View = RepairView.New, Urgency = Urgency.Urgent },
                new RepairFilter { View = RepairView.All, Text = "，！" },
            })
            {
                var listed = (await queries.WindowAsync(filter, 2_000, sort: sort, ct: Ct)).Items;
                var exported = await queries.ExportAsync(filter, sort, Ct).ToListAsync(Ct);
                Assert.Equal(listed, exported.Select(r => r.Row));
            }
        }
    }

    [Fact]
    public async Task A_search_is_listed_and_exported_whole()
    {
        await using var host = await TestHost.OpenAsync();
        await host.StoreAsync(Many(700));
        var queries = (await host.AsAsync(TestUsers.Dispatcher)).Lists;
        var filter = new RepairFilter { View = RepairView.All, Text = "水" };
        Assert.Equal(700, (await queries.WindowAsync(filter, 2_000, ct: Ct)).Items.Count);
        Assert.Equal(700, await queries.ExportAsync(filter, ct: Ct).CountAsync(Ct));
    }

    [Fact]
    public async Task What_moves_while_it_is_read_is_neither_missing_nor_twice()
    {
        await using var host = await TestHost.OpenAsync();
        await host.StoreAsync(Many(1_100));
        var office = await host.AsAsync(TestUsers.Dispatcher);
        List<RepairExportRow> read = [];
        await foreach (var row in office.Lists.ExportAsync(new RepairFilter { View = RepairView.New }, ct: Ct))
        {
            read.Add(row);
            if (read.Count != 10) continue;
            var last = await host.InDatabaseAsync(db =>
                db.RepairTickets.OrderByDescending(t => t.Pressing).ThenByDescending(t => t.Id).Select(t => t.Id).FirstAsync(Ct));
            await office.Repairs.TriageAsync(last, Ct);
        }
        Assert.Equal(1_100, read.Select(r => r.Row.Id).Distinct().Count());
        Assert.Equal(1_100, read.Count);
        // The state at the time when the ticket is read.
        Assert.Equal(TicketStatus.Triaged, read[^1].Row.Status);
    }

    [Fact]
    public async Task Reporter_phone_and_cost_come_along()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.Completed);
        var part = await host.InDatabaseAsync(db => db.Parts.Where(p => p.Code == "SL-004").Select(p => p.Id).SingleAsync(Ct));
        await (await host.AsAsync(TestUsers.Dispatcher)).Get<RepairCosts>().AddPartAsync(ticket.Id, new UsePartForm { PartId = part, Quantity = 2 }, Ct);
        var row = await (await host.AsAsync(TestUsers.Manager)).Lists.ExportAsync(new RepairFilter { View = RepairView.All }, ct: Ct).SingleAsync(Ct);
        Assert.Equal(("王小雨", "13800002071", 36m), (row.Reporter, row.Phone, row.Cost?.Yuan));
    }

    [Theory]
    [InlineData(TestUsers.Technician)]
    [InlineData(TestUsers.Resident)]
    public async Task Only_the_office_exports_tickets(string who)
    {
        await using var host = await TestHost.OpenAsync();
        var queries = (await host.AsAsync(who)).Lists;
        Assert.Throws<Forbidden>(() => queries.ExportAsync(new RepairFilter(), ct: Ct));
    }

    private static RandomTickets.Plan[] Many(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new RandomTickets.Plan(i % 6, i % 6, (i % 4) + 1, 5, i % 3, i % 3, i % 2, []))];
}
