using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Inbox;

/// <summary>A person's own messages: paged without gaps, marked as read when opened, invisible to others.</summary>
public sealed class InboxServiceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_have_no_gaps_where_many_messages_have_one_moment_and_lead_back_again()
    {
        await using var host = await TestHost.OpenAsync();
        var resident = await host.AsAsync(TestUsers.Resident);
        await SendAsync(host, resident.PersonId, 70);
        await SendAsync(host, (await host.AsAsync(TestUsers.Technician)).PersonId, 40);
        var inbox = resident.Get<InboxService>();

        var first = await inbox.ReadAsync(ct: Ct);
        var second = await inbox.ReadAsync(before: first.Older, ct: Ct);
        var third = await inbox.ReadAsync(before: second.Older, ct: Ct);

        Assert.Equal((30, 30, 10), (first.Lines.Count, second.Lines.Count, third.Lines.Count));
        Assert.Equal((null, null), (first.Newer, third.Older));
        List<InboxLine> all = [.. first.Lines, .. second.Lines, .. third.Lines];
        Assert.Equal(all.OrderByDescending(l => l.At).ThenByDescending(l => l.Id).Select(l => l.Id).Distinct(), all.Select(l => l.Id));
        Assert.All(new[] { first, second, third }, page => Assert.Equal(70, page.Unread));

        Assert.Equal(second.Lines, (await inbox.ReadAsync(after: third.Newer, ct: Ct)).Lines);
        Assert.Equal(first.Lines, (await inbox.ReadAsync(after: second.Newer, ct: Ct)).Lines);
    }

    [Fact]
    public async Task An_address_that_names_no_message_of_ones_own_shows_the_newest()
    {
        await using var host = await TestHost.OpenAsync();
        var (resident, other) = (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Technician));
        await SendAsync(host, resident.PersonId, 40);
        await SendAsync(host, other.PersonId, 1);
        var inbox = resident.Get<InboxService>();
        var newest = (await inbox.ReadAsync(ct: Ct)).Lines;
        var theirs = (await other.Get<InboxService>().ReadAsync(ct: Ct)).Lines[0].Id;

        foreach (var id in new[] { 0, theirs, long.MaxValue })
        {
            Assert.Equal(newest, (await inbox.ReadAsync(before: id, ct: Ct)).Lines);
            Assert.Equal(newest, (await inbox.ReadAsync(after: id, ct: Ct)).Lines);
        }
    }

    [Fact]
    public async Task Opening_a_message_marks_it_alone_as_read_at_its_first_opening()
    {
        await using var host = await TestHost.OpenAsync();
        var resident = await host.AsAsync(TestUsers.Resident);
        await SendAsync(host, resident.PersonId, 3);
        var inbox = resident.Get<InboxService>();
        var id = (await inbox.ReadAsync(ct: Ct)).Lines[1].Id;
        var opened = host.Clock.GetUtcNow();

        Assert.Equal("my/repairs/X2", await inbox.OpenAsync(id, marksRead: true, Ct));
        host.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("my/repairs/X2", await inbox.OpenAsync(id, marksRead: true, Ct));

        var view = await inbox.ReadAsync(ct: Ct);
        Assert.Equal(2, view.Unread);
        Assert.Equal([id], view.Lines.Where(l => l.Read).Select(l => l.Id));
        Assert.Equal(opened, await host.InDatabaseAsync(db => db.Inbox.Where(i => i.Id == id).Select(i => i.ReadAt!.Value).SingleAsync(Ct)));
    }

    [Fact]
    public async Task Somebody_elses_message_is_not_found_and_stays_unread()
    {
        await using var host = await TestHost.OpenAsync();
        var (resident, administrator) = (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Administrator));
        await SendAsync(host, resident.PersonId, 1);
        var id = (await resident.Get<InboxService>().ReadAsync(ct: Ct)).Lines[0].Id;

        await Assert.ThrowsAsync<NotFound>(() => administrator.Get<InboxService>().OpenAsync(id, marksRead: true, Ct));
        await administrator.Get<InboxService>().MarkReadAsync(id, Ct);

        Assert.Equal(1, await resident.Get<InboxService>().UnreadAsync(Ct));
    }

    [Fact]
    public async Task A_kind_that_no_slice_registers_any_more_is_shown_as_a_plain_message_and_can_be_read()
    {
        await using var host = await TestHost.OpenAsync();
        var resident = await host.AsAsync(TestUsers.Resident);
        await SendAsync(host, resident.PersonId, 1, kind: 9999);
        var inbox = resident.Get<InboxService>();

        var line = (await inbox.ReadAsync(ct: Ct)).Lines.Single();

        Assert.Equal(("消息", "Message", null, null), (line.Text.Zh, line.Text.En, line.Icon, line.Address));
        Assert.Null(await inbox.OpenAsync(line.Id, marksRead: true, Ct));
        Assert.Equal(0, await inbox.UnreadAsync(Ct));
    }

    [Fact]
    public async Task The_sound_is_off_until_a_person_turns_it_on_for_themselves()
    {
        await using var host = await TestHost.OpenAsync();
        var (office, other) = (await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.Manager));
        var inbox = office.Get<InboxService>();
        Assert.False(await inbox.SoundsAsync(Ct));

        await inbox.SetSoundAsync(sounds: true, Ct);

        Assert.True(await inbox.SoundsAsync(Ct));
        Assert.False(await other.Get<InboxService>().SoundsAsync(Ct));
        await inbox.SetSoundAsync(sounds: false, Ct);
        Assert.False(await inbox.SoundsAsync(Ct));
        Assert.Equal(0, await host.InDatabaseAsync(db => db.Audit.CountAsync(a => a.Field == "AlertSound", Ct)));
    }

    /// <summary>Sends messages with the subjects X1, X2 and so on; each ten of them have the same moment.</summary>
    private static Task<int> SendAsync(TestHost host, long personId, int count, int kind = (int)RepairNotification.Replied) => host.InDatabaseAsync(db =>
    {
        db.Inbox.AddRange(Enumerable.Range(1, count)
            .Select(n => new InboxItem(personId, kind, $"X{n}", null, TestHost.Start.AddMinutes(n / 10), $"第 {n} 条")));
        return db.SaveChangesAsync(Ct);
    });
}
