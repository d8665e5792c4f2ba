using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Live;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Data;

public sealed class BulkWriterTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_written_in_bulk_reads_as_if_it_had_been_saved()
    {
        await using var host = await TestHost.OpenAsync();
        var (at, clocks) = (TestHost.Start.AddMinutes(-90), await host.ClocksAsync());
        var due = clocks.TimeOf(clocks.LevelOf(Urgency.Urgent, 0, at)).Add(at, TimeSpan.FromHours(7.5));
        await host.InDatabaseAsync(db => db.WriteAsync(async ct =>
        {
            var category = await db.Categories.Where(c => c.Code == "water-tap").Select(c => c.Id).SingleAsync(ct);
            var room = await db.Rooms.Include(r => r.Building).FirstAsync(ct);
            var slot = await db.VisitSlots.FirstAsync(ct);
            using var bulk = new BulkWriter(db);
            var first = bulk.NextId<RepairTicket>();
            var tickets = Enumerable.Range(1, 3).Select(i => RepairTicket.Submit($"BX20260101-{i:0000}",
                new Report(room, category, Urgency.Urgent, "水龙头滴水 🚰", null, new DateOnly(2026, 1, 2), slot.Id, SubmissionKey: Guid.NewGuid()),
                null, null, at)).ToList();
            foreach (var ticket in tickets) ticket.RecalculateDeadlines(clocks, at);
            tickets[1].Nudge(1, "快一点", at);
            bulk.Add(tickets, ct);
            Assert.Equal([first, first + 1, first + 2], tickets.Select(t => t.Id));
            return true;
        }, Ct));

        var read = await host.InDatabaseAsync(db => db.RepairTickets.AsNoTracking().Include(t => t.Events).OrderBy(t => t.Id).ToListAsync(Ct));
        Assert.All(read, t => Assert.Equal(
            (1L, at, due, Urgency.Urgent, new DateOnly(2026, 1, 2)),
            (t.Version, t.SubmittedAt, t.DueAt, t.Urgency, t.VisitDay!.Value)));
        Assert.Equal([1, 2, 1], read.Select(t => t.Events.Count));
        var key = read[2].SubmissionKey;
        Assert.True(await host.InDatabaseAsync(db => db.RepairTickets.AnyAsync(t => t.SubmissionKey == key && t.DueAt > at, Ct)));
        var office = await host.AsAsync(TestUsers.Dispatcher);
        Assert.Equal(3, (await office.Tickets.SearchAsync("水龙", ct: Ct)).Count);
        await office.Repairs.TriageAsync(read[0].Id, Ct);
        Assert.Equal(2, (await host.RowAsync(read[0].Number)).Version);
    }

    [Fact]
    public async Task Audited_things_are_audited_follow_what_they_point_to_and_an_error_leaves_nothing()
    {
        await using var host = await TestHost.OpenAsync();
        await host.InDatabaseAsync(db => db.WriteAsync(async ct =>
        {
            var campus = await db.Campuses.FirstAsync(ct);
            using var bulk = new BulkWriter(db);
            bulk.Add([new Building(campus, "X1", "新楼", "New house", BuildingKind.Other)], ct);
            return true;
        }, Ct));
        var building = await host.InDatabaseAsync(db => db.Buildings.SingleAsync(b => b.Code == "X1", Ct));
        Assert.NotEqual(0, building.CampusId);
        var audit = await host.InDatabaseAsync(db => db.Audit
            .Where(a => a.Entity == "Building" && a.EntityId == building.Id).Select(a => $"{a.Field}={a.New}").ToListAsync(Ct));
        Assert.Contains("Name=新楼", audit);
        Assert.Contains("Kind=Other", audit);

        await Assert.ThrowsAnyAsync<Exception>(() => host.InDatabaseAsync(db => db.WriteAsync(async ct =>
        {
            var campus = await db.Campuses.FirstAsync(ct);
            using var bulk = new BulkWriter(db);
            bulk.Add([new Building(campus, "X2", "二", "Two", BuildingKind.Other), new Building(campus, "X2", "二", "Two", BuildingKind.Other)], ct);
            return true;
        }, Ct)));
        Assert.False(await host.InDatabaseAsync(db => db.Buildings.AnyAsync(b => b.Code == "X2", Ct)));
    }

    [Fact]
    public async Task A_live_list_hears_of_it_once()
    {
        var feed = new RecordingFeed();
        await using var host = await TestHost.OpenAsync(s =>
            Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton<IChangeFeed>(s, feed));
        await host.AsSystem().Get<LogisticsAdmin.Features.Repairs.Demo.DemoTickets>().GenerateAsync(30, 1, 1, TestHost.Start, Ct);

        Assert.Equal([typeof(RepairRow)], feed.Changes.OfType<ManyChanged>().Select(m => m.Row));
        Assert.Single(feed.Changes);
    }

    private sealed class RecordingFeed : IChangeFeed
    {
        public List<Change> Changes { get; } = [];
        public long Sequence => 0;

        public void Publish(IReadOnlyList<Change> changes) => Changes.AddRange(changes);
        public Subscription Subscribe(long? personId, Func<Change, bool> filter, Guid? session = null) => throw new NotSupportedException();
    }
}
