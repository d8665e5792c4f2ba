using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Live;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>Public replies and internal notes.</summary>
public sealed class CommentingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TicketStatus.New)]
    [InlineData(TicketStatus.Completed)]
    [InlineData(TicketStatus.Closed)]
    [InlineData(TicketStatus.Rejected)]
    public async Task A_comment_never_changes_the_state_and_never_goes_stale(TicketStatus state)
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(state);
        var (resident, office) = (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Dispatcher));
        await Task.WhenAll(
            resident.Repairs.CommentAsync(ticket.Id, new CommentForm { Text = "在吗？" }, Ct),
            office.Repairs.CommentAsync(ticket.Id, new CommentForm { Text = "在的" }, Ct),
            resident.Repairs.CommentAsync(ticket.Id, new CommentForm { Text = "好" }, Ct));

        var sheet = await resident.Tickets.DetailAsync(ticket.Number, Ct);
        Assert.Equal(state, sheet.Row.Status);
        Assert.Equal(3, sheet.Timeline.Count(e => e.Verb == RepairVerb.Comment && e.From == state && e.To == state));
    }

    [Fact]
    public async Task Internal_notes_reach_no_resident_by_any_way()
    {
        const string secret = "疑似人为损坏请拍照";
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.Assigned);
        var (resident, technician) = (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Technician));
        var feed = technician.Get<IChangeFeed>();
        using var rows = feed.Subscribe(resident.PersonId, c => c is Changed<RepairRow>);
        var photo = await host.InDatabaseAsync(async db =>
        {
            var draft = new RepairPhoto(Guid.NewGuid(), technician.PersonId, 10, 10, 100, TestHost.Start);
            db.RepairPhotos.Add(draft);
            await db.SaveChangesAsync(Ct);
            return draft.Key;
        });
        await technician.Repairs.CommentAsync(ticket.Id, new CommentForm { Text = secret, Internal = true, Photos = [photo] }, Ct);
        await technician.Repairs.DeclineAsync(ticket.Id, new NoteForm { Note = secret }, Ct);

        var sheet = await resident.Tickets.DetailAsync(ticket.Number, Ct);
        Assert.DoesNotContain(sheet.Timeline, e => e.Internal || e.Note == secret || e.Photos.Count > 0);
        Assert.Empty(await resident.Tickets.SearchAsync(secret[..4], ct: Ct));
        Assert.Empty(await (await host.AsAsync(TestUsers.Dispatcher)).Tickets.SearchAsync(secret[..4], ct: Ct));
        Assert.DoesNotContain(await resident.Tickets.MineAsync(ct: Ct), r => Holds(r, secret));
        Assert.DoesNotContain(await host.InDatabaseAsync(db => db.Set<Features.Inbox.InboxItem>().Where(i => i.PersonId == resident.PersonId).ToListAsync(Ct)),
            i => $"{i.About}{i.Detail}".Contains(secret, StringComparison.Ordinal) || i.Kind == (int)RepairNotification.Replied);
        var delivery = await rows.NextAsync(Ct);
        // The report itself may be delivered only now, and has nothing before it.
        Assert.All(delivery!.Changes.Cast<Changed<RepairRow>>(),
            c => Assert.DoesNotContain(new[] { c.Before, c.After }.OfType<RepairRow>(), row => Holds(row, secret)));

        var staff = await (await host.AsAsync(TestUsers.Dispatcher)).Tickets.DetailAsync(ticket.Number, Ct);
        Assert.Single(staff.Timeline, e => e is { Verb: RepairVerb.Comment, Internal: true, Note: secret, Photos.Count: 1 });
    }

    [Fact]
    public async Task A_resident_writes_no_internal_notes()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync();
        await Assert.ThrowsAsync<Forbidden>(async () =>
            await (await host.AsAsync(TestUsers.Resident)).Repairs.CommentAsync(ticket.Id, new CommentForm { Text = "x", Internal = true }, Ct));
    }

    [Fact]
    public async Task A_technician_who_only_reported_a_ticket_reads_it_as_its_reporter()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync(TicketStatus.Assigned, "100206");
        await (await host.AsAsync(TestUsers.Dispatcher)).Repairs.CommentAsync(ticket.Id, new CommentForm { Text = "内部", Internal = true }, Ct);

        var carpenter = await host.AsAsync("100206");
        Assert.DoesNotContain((await carpenter.Tickets.DetailAsync(ticket.Number, Ct)).Timeline, e => e.Internal);
        await Assert.ThrowsAsync<Forbidden>(() => carpenter.Repairs.CommentAsync(ticket.Id, new CommentForm { Text = "x", Internal = true }, Ct));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("\u200b")]
    public async Task An_empty_comment_is_refused(string text)
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync();
        var rejected = await Assert.ThrowsAsync<Rejected>(async () =>
            await (await host.AsAsync(TestUsers.Resident)).Repairs.CommentAsync(ticket.Id, new CommentForm { Text = text }, Ct));
        Assert.Equal(nameof(CommentForm.Text), Assert.Single(rejected.Problems).Field);
    }

    private static bool Holds(RepairRow row, string secret) => row.ToString().Contains(secret, StringComparison.Ordinal);
}
