using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Demo;
using LogisticsAdmin.Features.Repairs.Desk;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Imports;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Live;

/// <summary>What a write publishes to the feed, and what it does not.</summary>
public sealed class FeedOfWritesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_verb_publishes_the_row_as_it_was_and_as_it_is()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync();
        var office = await host.AsAsync(TestUsers.Dispatcher);
        using var reader = office.Get<IChangeFeed>().Subscribe(office.PersonId, c => c is Changed<RepairRow> { After.Status: TicketStatus.Assigned });

        await office.Repairs.AssignAsync(ticket.Id, await host.AssignmentAsync(ticket.Number), Ct);

        var change = Assert.IsType<Changed<RepairRow>>(Assert.Single((await reader.NextAsync(Ct))!.Changes));
        Assert.Equal(ticket, change.Before);
        Assert.Equal(await host.RowAsync(ticket.Number), change.After);
        Assert.Equal(("孙强", ticket.Version + 1), (change.After!.Technician, change.After.Version));
    }

    [Fact]
    public async Task A_row_built_from_a_saved_ticket_equals_the_row_that_would_be_read()
    {
        await using var host = await TestHost.OpenAsync();
        await host.AsSystem().Get<DemoTickets>().GenerateAsync(300, 6, 7, TestHost.Start, Ct);
        // Values that the demo never creates.
        await host.InDatabaseAsync(async db =>
        {
            var entry = db.Entry(await db.RepairTickets.OrderBy(t => t.Id).FirstAsync(Ct));
            (entry.Property(t => t.IsOverdue).CurrentValue, entry.Property(t => t.AskedMinutes).CurrentValue, entry.Property(t => t.Repeats).CurrentValue) =
                (true, 60, 3);
            (entry.Property(t => t.SourceKey).CurrentValue, entry.Property(t => t.ContactName).CurrentValue) = ("A-1", "门卫");
            entry.Property(t => t.OutageNoticeId).CurrentValue = 7;
            return await db.SaveChangesAsync(Ct);
        });
        var (tickets, rows) = await host.InDatabaseAsync(async db => (
            await db.RepairTickets.AsNoTracking().OrderBy(t => t.Id).ToListAsync(Ct),
            await RepairRow.From(db, db.RepairTickets).OrderBy(r => r.Id).ToListAsync(Ct)));
        HashSet<string> same = [.. typeof(RepairRow).GetProperties().Where(p => p.SetMethod is not null).Select(p => p.Name)];
        for (var i = 1; i < rows.Count; i++)
        {
            var (row, other) = (rows[i], rows[i - 1]);
            // Another ticket's row with the same place and crew: only the values stored on the ticket itself differ.
            var stranger = other with
            {
                RoomId = row.RoomId,
                BuildingId = row.BuildingId,
                Building = row.Building,
                Room = row.Room,
                Floor = row.Floor,
                CategoryId = row.CategoryId,
                CategoryParentId = row.CategoryParentId,
                Category = row.Category,
                CrewId = row.CrewId,
                Crew = row.Crew,
                TechnicianId = row.TechnicianId,
                Technician = row.Technician,
                ReporterId = row.ReporterId,
                Reporter = row.Reporter,
                ReporterWords = row.ReporterWords,
            };
            same.RemoveWhere(name => !Equals(typeof(RepairRow).GetProperty(name)!.GetValue(stranger), typeof(RepairRow).GetProperty(name)!.GetValue(row)));
            Assert.Equal(row, stranger.AfterSave(tickets[i]));
            if ((other.TechnicianId, other.ReporterId) != (row.TechnicianId, row.ReporterId)) Assert.Null(other.AfterSave(tickets[i]));
        }
        Assert.Equal(
            [
                "Building", "BuildingId", "Category", "CategoryId", "CategoryParentId", "Crew", "CrewId", "Floor", "Reporter",
                "ReporterId", "ReporterWords", "Room", "RoomId", "Technician", "TechnicianId",
            ],
            same.Order());
    }

    [Fact]
    public async Task A_report_publishes_a_row_that_was_not_there_before()
    {
        await using var host = await TestHost.OpenAsync();
        var resident = await host.AsAsync(TestUsers.Resident);
        using var reader = resident.Get<IChangeFeed>().Subscribe(resident.PersonId, c => c is Changed<RepairRow>);
        var number = await resident.Intake.SubmitAsync(await host.FormAsync(), Ct);
        var change = (Changed<RepairRow>)Assert.Single((await reader.NextAsync(Ct))!.Changes);
        Assert.Null(change.Before);
        Assert.Equal(number, change.After!.Number);
    }

    [Fact]
    public async Task Inbox_lines_travel_as_keys_of_those_who_got_them()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync();
        var (office, resident) = (await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.Resident));
        using var reader = office.Get<IChangeFeed>().Subscribe(resident.PersonId, c => c is KeyChanged { Topic: InboxService.Topic });
        await office.Repairs.TriageAsync(ticket.Id, Ct);
        Assert.Equal(resident.PersonId, ((KeyChanged)Assert.Single((await reader.NextAsync(Ct))!.Changes)).Key);
    }

    [Fact]
    public async Task What_was_refused_or_rolled_back_is_never_published()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync();
        var office = await host.AsAsync(TestUsers.Dispatcher);
        using var reader = office.Get<IChangeFeed>().Subscribe(office.PersonId, c => c is Changed<RepairRow> { Before: not null });

        await Assert.ThrowsAsync<Rejected>(() => office.Repairs.ResumeAsync(ticket.Id, new NoteForm(), Ct));
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.InDatabaseAsync(db => db.WriteAsync<int>(async token =>
        {
            var tracked = await db.RepairTickets.SingleAsync(t => t.Id == ticket.Id, token);
            tracked.Triage(office.PersonId, TestHost.Start);
            await db.SaveChangesAsync(token);
            throw new InvalidOperationException("half way");
        }, Ct)));
        Assert.Equal(ticket, await host.RowAsync(ticket.Number));

        await office.Repairs.TriageAsync(ticket.Id, Ct);
        var change = (Changed<RepairRow>)Assert.Single((await reader.NextAsync(Ct))!.Changes);
        Assert.Equal((TicketStatus.New, TicketStatus.Triaged), (change.Before!.Status, change.After!.Status));
    }

    [Fact]
    public async Task A_bulk_write_announces_many_at_once()
    {
        await using var host = await TestHost.OpenAsync();
        var office = await host.AsAsync(TestUsers.Dispatcher);
        using var reader = office.Get<IChangeFeed>().Subscribe(office.PersonId, c => c is ManyChanged);
        await host.InDatabaseAsync(async db =>
        {
            await db.WriteAsync(_ =>
            {
                db.Announce(new ManyChanged(typeof(RepairRow)));
                return Task.CompletedTask;
            }, Ct);
            return true;
        });
        Assert.Equal(typeof(RepairRow), ((ManyChanged)Assert.Single((await reader.NextAsync(Ct))!.Changes)).Row);
    }

    [Fact]
    public async Task A_renamed_building_room_crew_or_category_reloads_the_lists_that_show_it_and_nothing_else_of_them_does()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        Type[] lists = [typeof(RepairRow), typeof(VoiceRow)];
        await Renames<Building>(lists, b => b.Rename("改名", b.NameEn));
        await Renames<Building>([], b => b.Rename(b.Name, b.NameEn));
        await Renames<Room>(lists, r => r.Rename(r.Name, "Renamed"));
        await Renames<Room>([], r => r.Describe(RoomKind.Office, 12, 3));
        await Renames<Crew>(lists, c => c.Rename("改名", c.NameEn));
        await Renames<Category>([typeof(RepairRow)], c => c.Rename("改名", c.NameEn));
        await Renames<Campus>([], c => c.Rename("改名", c.NameEn));
        using (var reader = Subscribe())
        {
            await admin.ImportAsync("rooms", "楼栋,房间号,房间名称\n改名,101,值班室");
            Assert.Equal(lists.ToHashSet(), (await reader.NextAsync(Ct))!.Changes.OfType<ManyChanged>().Select(m => m.Row).ToHashSet());
        }

        Subscription Subscribe() => admin.Get<IChangeFeed>().Subscribe(admin.PersonId, c => c is ManyChanged or KeyChanged { Topic: "the end" });

        async Task Renames<T>(Type[] reloaded, Action<T> change) where T : class
        {
            using var reader = Subscribe();
            await host.InDatabaseAsync(async db =>
            {
                await db.WriteAsync(async token =>
                {
                    change(await db.Set<T>().OrderBy(x => EF.Property<long>(x, "Id")).FirstAsync(token));
                    await db.SaveChangesAsync(token);
                    db.Announce(new KeyChanged("the end", 0));
                }, Ct);
                return 0;
            });
            var heard = (await reader.NextAsync(Ct))!.Changes.OfType<ManyChanged>().ToList();
            Assert.True(heard.Count == reloaded.Length && heard.TrueForAll(m => reloaded.Contains(m.Row)), $"{typeof(T).Name}: {heard.Count}");
        }
    }

    [Fact]
    public async Task A_renewed_stamp_ends_the_person_s_subscriptions_and_refuses_their_next_verb()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync();
        var office = await host.AsAsync(TestUsers.Dispatcher);
        using var reader = office.Get<IChangeFeed>().Subscribe(office.PersonId, _ => true);

        await host.InDatabaseAsync(async db =>
        {
            (await db.Users.SingleAsync(p => p.Id == office.PersonId, Ct)).RenewStamp();
            return await db.SaveChangesAsync(Ct);
        });

        Assert.Null(await reader.NextAsync(Ct));
        await Assert.ThrowsAsync<Forbidden>(() => office.Repairs.TriageAsync(ticket.Id, Ct));
        await Assert.ThrowsAsync<Forbidden>(() => office.Lists.CountsAsync(new RepairFilter(), Ct));
        Assert.Throws<Forbidden>(() => office.Get<CurrentUser>().PersonId);
    }
}
