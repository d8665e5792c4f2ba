using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.News.Proof;
using LogisticsAdmin.Features.News.Publishing;
using LogisticsAdmin.Features.News.Reading;
using LogisticsAdmin.Features.News.Writing;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.News;

/// <summary>Who has read an item, and reminding the others.</summary>
public sealed class ProofTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Readings_and_confirmations_are_counted_by_building_and_by_name_and_stay_after_the_withdrawal()
    {
        await using var host = await TestHost.OpenAsync();
        var (admin, student) = (await host.AsAsync("admin"), await host.AsAsync("student"));
        var draft = await PublishAsync(host, admin);
        var proof = admin.Get<ProofService>();
        var before = await proof.ReadAsync(draft.Number, Ct);
        await student.Get<NewsReader>().OpenAsync(draft.Number, Ct);
        await host.Services.GetRequiredService<ReadMarks>().StoreAsync(Ct);
        var read = await proof.ReadAsync(draft.Number, Ct);
        await student.Get<NewsReader>().ConfirmAsync(draft.Number, Ct);
        await admin.Get<NewsService>().WithdrawAsync(draft.Id, "有误", Ct);
        var after = await proof.ReadAsync(draft.Number, Ct);

        Assert.Equal((0, 0), (before.All.Read, before.All.Confirmed));
        Assert.Equal((1, 0), (read.All.Read, read.All.Confirmed));
        Assert.Equal((1, 1, NewsState.Withdrawn), (after.All.Read, after.All.Confirmed, after.State));
        Assert.Equal(before.All.Addressed, after.All.Addressed);
        Assert.Equal(after.All, new ProofCount(after.Buildings.Sum(b => b.Count.Addressed), after.Buildings.Sum(b => b.Count.Read), 1));
        var (people, total) = await proof.PeopleAsync(draft.Number, new ProofFilter { State = ProofState.Confirmed }, Ct);
        Assert.Equal(("王小雨", 1), (Assert.Single(people).Name, total));
        Assert.Equal(after.All.Addressed - 1, (await proof.PeopleAsync(draft.Number, new ProofFilter { State = ProofState.Unread }, Ct)).Total);
        Assert.Single((await proof.PeopleAsync(draft.Number, new ProofFilter { Text = "wxy" }, Ct)).People, p => p.Name == "王小雨");
    }

    [Fact]
    public async Task The_unread_are_reminded_once_per_cool_down_whoever_presses_the_button()
    {
        await using var host = await TestHost.OpenAsync();
        var (admin, student) = (await host.AsAsync("admin"), await host.AsAsync("student"));
        await host.MayPublishAsync("manager");
        var manager = await host.AsAsync("manager");
        var draft = await PublishAsync(host, admin);
        await student.Get<NewsReader>().ConfirmAsync(draft.Number, Ct);
        var all = (await admin.Get<ProofService>().ReadAsync(draft.Number, Ct)).All.Addressed;

        var reminded = await Task.WhenAll(new[] { admin, manager }.Select(who => Task.Run(async () =>
        {
            try
            {
                return await who.Get<ProofService>().RemindAsync(draft.Number, Ct);
            }
            catch (Rejected)
            {
                return -1;
            }
        })));

        Assert.Equal([-1, all - 1], reminded.Order());
        Assert.DoesNotContain((await student.Get<InboxService>().ReadAsync(ct: Ct)).Lines, l => l.Kind == (int)NewsNotification.Reminded);
        Assert.Equal(all - 1, await host.InDatabaseAsync(db => db.Inbox.CountAsync(m => m.Subject == draft.Number && m.ReadAt == null, Ct)));
        host.Clock.Advance(ProofService.CoolDown);
        Assert.Equal(all - 1, await admin.Get<ProofService>().RemindAsync(draft.Number, Ct));
    }

    [Fact]
    public async Task A_reminder_that_was_broken_off_goes_on_and_reaches_each_person_once()
    {
        await using var host = await TestHost.OpenAsync();
        var (admin, student) = (await host.AsAsync("admin"), await host.AsAsync("student"));
        var draft = await PublishAsync(host, admin);
        // As if a first batch had been reminded before the app was killed.
        await host.InDatabaseAsync(async db =>
        {
            (await db.NewsRecipients.SingleAsync(r => r.ItemId == draft.Id && r.PersonId == student.PersonId, Ct)).Remind(TestHost.Start);
            return await db.SaveChangesAsync(Ct);
        });
        var all = (await admin.Get<ProofService>().ReadAsync(draft.Number, Ct)).All.Addressed;

        Assert.Equal(all - 1, (await admin.Get<ProofService>().ReadAsync(draft.Number, Ct)).Waiting);
        Assert.Equal(all - 1, await admin.Get<ProofService>().RemindAsync(draft.Number, Ct));

        Assert.DoesNotContain((await student.Get<InboxService>().ReadAsync(ct: Ct)).Lines, l => l.Kind == (int)NewsNotification.Reminded);
        await Assert.ThrowsAsync<Rejected>(() => admin.Get<ProofService>().RemindAsync(draft.Number, Ct));
    }

    [Fact]
    public async Task A_reminder_reaches_only_those_who_are_still_addressed_and_leaves_other_messages_unread()
    {
        await using var host = await TestHost.OpenAsync();
        var (admin, student) = (await host.AsAsync("admin"), await host.AsAsync("student"));
        var draft = await admin.DraftNewsAsync(form => form.Audience = NewsSteps.Role("Resident"));
        var published = await admin.Get<NewsService>().ReleaseAsync(draft.Id, Ct);
        await host.AsSystem().Get<NewsDelivery>().TellAsync(Ct);
        // In the middle, by id: somebody who read the first version and has an unread message about the correction.
        var people = await host.InDatabaseAsync(db =>
            db.NewsRecipients.Where(r => r.ItemId == draft.Id).OrderBy(r => r.PersonId).Select(r => r.PersonId).ToListAsync(Ct));
        var reader = people.Where(p => p != student.PersonId).Skip(1).First();
        await host.InDatabaseAsync(async db =>
        {
            (await db.NewsRecipients.SingleAsync(r => r.ItemId == draft.Id && r.PersonId == reader, Ct)).Read(TestHost.Start);
            (await db.Users.SingleAsync(p => p.Id == student.PersonId, Ct)).Retire(TestHost.Start, null, "离校");
            return await db.SaveChangesAsync(Ct);
        });

        Assert.Equal(people.Count - 2, await admin.Get<ProofService>().RemindAsync(published.Number, Ct));

        var told = await host.InDatabaseAsync(db => db.Inbox.Where(m => m.Subject == draft.Number && m.ReadAt == null)
            .Select(m => new { m.PersonId, m.Kind }).ToListAsync(Ct));
        Assert.DoesNotContain(told, m => m.PersonId == student.PersonId && m.Kind == (int)NewsNotification.Reminded);
        Assert.Contains(told, m => m.PersonId == reader);
    }

    [Theory]
    [InlineData("admin", true, true)]
    [InlineData("manager", true, false)]
    [InlineData("dispatcher", false, false)]
    [InlineData("technician", false, false)]
    [InlineData("student", false, false)]
    public async Task Management_and_publishers_see_it_and_only_publishers_remind(string who, bool maySee, bool mayRemind)
    {
        await using var host = await TestHost.OpenAsync();
        var draft = await PublishAsync(host, await host.AsAsync("admin"));
        var proof = (await host.AsAsync(who)).Get<ProofService>();

        Assert.Equal(maySee, await Record.ExceptionAsync(() => proof.ReadAsync(draft.Number, Ct)) is null);
        Assert.Equal(maySee, await Record.ExceptionAsync(() => proof.PeopleAsync(draft.Number, new ProofFilter(), Ct)) is null);
        Assert.Equal(maySee, await Record.ExceptionAsync(() => proof.AllAsync(draft.Number, new ProofFilter(), Ct)) is null);
        Assert.Equal(mayRemind, await Record.ExceptionAsync(() => proof.RemindAsync(draft.Number, Ct)) is null);
    }

    private static async Task<NewsDraft> PublishAsync(TestHost host, Desk writer)
    {
        var draft = await writer.DraftNewsAsync(form =>
        {
            form.Audience = NewsSteps.Role("Resident");
            form.NeedsConfirmation = true;
        });
        await writer.Get<NewsService>().ReleaseAsync(draft.Id, Ct);
        await host.AsSystem().Get<NewsDelivery>().TellAsync(Ct);
        return draft;
    }
}
