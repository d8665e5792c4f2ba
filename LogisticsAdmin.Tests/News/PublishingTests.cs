using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.News.Publishing;
using LogisticsAdmin.Features.News.Reading;
using LogisticsAdmin.Features.News.Writing;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Outbox;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.News;

/// <summary>When items go out, and that everybody is told once.</summary>
public sealed class PublishingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Asia/Shanghai", "2028-02-29T00:00", "2028-02-28T16:00Z")]
    [InlineData("Asia/Shanghai", "2026-12-31T23:59", "2026-12-31T15:59Z")]
    // Clocks go forward from 2:00 to 3:00: the time that is skipped is moved forward.
    [InlineData("Europe/Berlin", "2027-03-28T02:30", "2027-03-28T01:00Z")]
    // Clocks go back from 3:00 to 2:00: of the two, the later one (standard time).
    [InlineData("Europe/Berlin", "2027-10-31T02:30", "2027-10-31T01:30Z")]
    public async Task A_time_is_that_of_the_office_s_clocks(string zone, string typed, string due)
    {
        await using var host = await TestHost.OpenAsync(services => services.Configure<OfficeOptions>(o => o.TimeZone = zone));
        var admin = await host.AsAsync("admin");
        var at = DateTime.Parse(typed, System.Globalization.CultureInfo.InvariantCulture);
        var moment = DateTimeOffset.Parse(due, System.Globalization.CultureInfo.InvariantCulture);
        var draft = await admin.DraftNewsAsync(form => form.PublishAt = at);
        await admin.Get<NewsService>().ReleaseAsync(draft.Id, Ct);
        var clock = host.AsSystem().Get<NewsClock>();

        host.Clock.SetUtcNow(moment.AddSeconds(-1));
        Assert.Equal(0, await clock.PublishDueAsync(TestHost.Start, Ct));
        host.Clock.SetUtcNow(moment);
        Assert.Equal(1, await clock.PublishDueAsync(TestHost.Start, Ct));
    }

    [Fact]
    public async Task What_was_due_while_the_app_was_down_goes_out_at_its_start_and_is_marked_as_late()
    {
        await using var host = await TestHost.OpenAsync();
        var (admin, student) = (await host.AsAsync("admin"), await host.AsAsync("student"));
        var draft = await admin.DraftNewsAsync(form => form.PublishAt = new DateTime(2026, 11, 22, 18, 0, 0, DateTimeKind.Unspecified));
        await admin.Get<NewsService>().ReleaseAsync(draft.Id, Ct);

        host.Clock.SetUtcNow(TestHost.Start.AddDays(1));
        await host.AsSystem().Get<NewsClock>().PublishDueAsync(started: host.Clock.GetUtcNow(), Ct);

        var card = (await student.Get<NewsReader>().OpenAsync(draft.Number, Ct)).Card;
        Assert.True(card.Item.WasLate);
        Assert.Equal(TestHost.Start.AddDays(1), card.Item.PublishedAt);
    }

    [Fact]
    public async Task A_clock_that_jumps_back_publishes_nothing_twice_and_ends_nothing_early()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync("admin");
        var draft = await admin.DraftNewsAsync(form =>
        {
            form.PublishAt = new DateTime(2026, 11, 22, 18, 0, 0, DateTimeKind.Unspecified);
            form.ExpiresAt = new DateTime(2026, 11, 23, 18, 0, 0, DateTimeKind.Unspecified);
        });
        await admin.Get<NewsService>().ReleaseAsync(draft.Id, Ct);
        host.Clock.SetUtcNow(TestHost.Start.AddHours(5));
        var clock = host.AsSystem().Get<NewsClock>();
        Assert.Equal(1, await clock.PublishDueAsync(TestHost.Start, Ct));
        var told = await host.AsSystem().Get<NewsDelivery>().TellAsync(Ct);

        // FakeTimeProvider does not go back; an item that is due later stands for a clock that did.
        Assert.Equal((0, 0), (await clock.PublishDueAsync(TestHost.Start, Ct), await clock.ExpireDueAsync(Ct)));
        Assert.True(told > 0);
        Assert.Equal(0, await host.AsSystem().Get<NewsDelivery>().TellAsync(Ct));
        host.Clock.SetUtcNow(TestHost.Start.AddHours(28));
        Assert.Equal((1, 0), (await clock.ExpireDueAsync(Ct), await clock.ExpireDueAsync(Ct)));
    }

    [Fact]
    public async Task Several_that_look_at_the_clock_at_once_publish_an_item_once()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync("admin");
        var draft = await admin.DraftNewsAsync(form => form.PublishAt = new DateTime(2026, 11, 22, 18, 0, 0, DateTimeKind.Unspecified));
        await admin.Get<NewsService>().ReleaseAsync(draft.Id, Ct);
        host.Clock.SetUtcNow(TestHost.Start.AddHours(4));

        var published = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            Task.Run(() => host.AsSystem().Get<NewsClock>().PublishDueAsync(TestHost.Start, Ct))));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => host.AsSystem().Get<NewsDelivery>().TellAsync(Ct))));

        Assert.Equal(1, published.Sum());
        Assert.Empty(await host.InDatabaseAsync(db => db.Inbox.Where(m => m.Subject == draft.Number)
            .GroupBy(m => m.PersonId).Where(g => g.Count() > 1).Select(g => g.Key).ToListAsync(Ct)));
    }

    [Fact]
    public async Task Whoever_joins_the_audience_later_sees_it_while_it_is_valid_and_gets_no_message()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync("admin");
        var (building, room) = await host.InDatabaseAsync(async db =>
        {
            var rooms = db.Set<LogisticsAdmin.Features.Places.Room>();
            var found = await rooms.Where(r => r.Beds.Count > 0 && r.Building.Code == "Z1").OrderBy(r => r.Id)
                .Select(r => new { r.BuildingId, r.Id }).FirstAsync(Ct);
            return (found.BuildingId, found.Id);
        });
        var draft = await admin.DraftNewsAsync(form => form.Audience = new AudienceRule(
            [new AudienceLine(AudienceField.Building, [building.ToString(System.Globalization.CultureInfo.InvariantCulture)])], []));
        await admin.Get<NewsService>().ReleaseAsync(draft.Id, Ct);
        await host.AsSystem().Get<NewsDelivery>().TellAsync(Ct);
        var student = await host.AsAsync("student");
        await Assert.ThrowsAsync<NotFound>(() => student.Get<NewsReader>().OpenAsync(draft.Number, Ct));

        await host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            var person = await db.Users.SingleAsync(p => p.UserName == "student", token);
            await LogisticsAdmin.Features.Places.Housing.MoveAsync(db, person, room, null, host.Clock.GetUtcNow(), token);
            db.Announce(new LogisticsAdmin.Live.KeyChanged(LogisticsAdmin.Data.PersonRecords.Topic, person.Id));
            return true;
        }, Ct));
        await NewsSteps.UntilAsync(async () => await student.ReadsAsync(draft.Number));

        Assert.DoesNotContain((await student.Get<InboxService>().ReadAsync(ct: Ct)).Lines, l => l.Subject == draft.Number);
    }

    [Fact]
    public async Task A_correction_tells_again_only_when_it_is_asked_to()
    {
        await using var host = await TestHost.OpenAsync();
        var (admin, student) = (await host.AsAsync("admin"), await host.AsAsync("student"));
        var draft = await admin.DraftNewsAsync();
        var service = admin.Get<NewsService>();
        var published = await service.ReleaseAsync(draft.Id, Ct);
        var all = await host.AsSystem().Get<NewsDelivery>().TellAsync(Ct);
        var form = new NewsForm { Version = published.Version, Title = "停水通知", Body = "改为 **9:00** 停水。" };

        var quietly = await service.CorrectAsync(draft.Id, form, new LocalName("时间改为 9:00", "9:00 instead"), tellsAgain: false, Ct);
        Assert.Equal(0, await host.AsSystem().Get<NewsDelivery>().TellAsync(Ct));
        form.Version = quietly.Version;
        form.Body = "改为 **10:00** 停水。";
        await service.CorrectAsync(draft.Id, form, new LocalName("时间改为 10:00", "10:00 instead"), tellsAgain: true, Ct);
        Assert.Equal(all, await host.AsSystem().Get<NewsDelivery>().TellAsync(Ct));

        var opened = await student.Get<NewsReader>().OpenAsync(draft.Number, Ct);
        Assert.Contains("10:00", opened.Html, StringComparison.Ordinal);
        Assert.Equal("时间改为 10:00", opened.Card.Item.Correction!.Zh);
        Assert.Contains((await student.Get<InboxService>().ReadAsync(ct: Ct)).Lines, l => l.Kind == (int)NewsNotification.Corrected);
    }

    [Fact]
    public async Task Who_confirmed_before_the_messages_were_written_gets_none_and_no_mail()
    {
        await using var host = await TestHost.OpenAsync(Mailing.To(1));
        await host.WithMailAsync(TestUsers.Resident);
        var (admin, student) = (await host.AsAsync(TestUsers.Administrator), await host.AsAsync(TestUsers.Resident));
        var draft = await admin.DraftNewsAsync(form => form.IsUrgent = true);
        var service = admin.Get<NewsService>();
        var published = await service.ReleaseAsync(draft.Id, Ct);
        await student.Get<NewsReader>().ConfirmAsync(draft.Number, Ct);

        var told = await host.AsSystem().Get<NewsDelivery>().TellAsync(Ct);

        Assert.True(told > 0);
        Assert.Empty((await student.Get<InboxService>().ReadAsync(ct: Ct)).Lines);
        Assert.DoesNotContain(await host.OutboxAsync(), m => m.PersonId == student.PersonId);
        Assert.Null(await host.InDatabaseAsync(db => db.NewsRecipients.Where(r => r.PersonId == student.PersonId).Select(r => r.ToldAt).SingleAsync(Ct)));
        // What changed since is news to them, too.
        var form = new NewsForm { Version = published.Version, Title = "停水通知", Body = "改为 **9:00** 停水。" };
        await service.CorrectAsync(draft.Id, form, new LocalName("时间改为 9:00", "9:00 instead"), tellsAgain: true, Ct);
        Assert.Equal(told + 1, await host.AsSystem().Get<NewsDelivery>().TellAsync(Ct));
        Assert.Equal((int)NewsNotification.Corrected, Assert.Single((await student.Get<InboxService>().ReadAsync(ct: Ct)).Lines).Kind);
    }

    [Fact]
    public async Task Many_readers_cost_one_reading_of_the_items_and_a_withdrawal_another()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync("admin");
        var draft = await admin.DraftNewsAsync();
        await admin.Get<NewsService>().ReleaseAsync(draft.Id, Ct);
        var student = await host.AsAsync("student");
        await student.Get<NewsReader>().ListAsync(new NewsFilter(), Ct);
        var board = host.Services.GetRequiredService<NewsBoard>();
        var before = board.Reads;

        for (var i = 0; i < 50; i++) await student.Get<NewsReader>().OpenAsync(draft.Number, Ct);
        // Whoever publishes says so at once, and the feed says it again a moment later.
        Assert.InRange(board.Reads, before, before + 1);

        await admin.Get<NewsService>().WithdrawAsync(draft.Id, "有误", Ct);
        await Assert.ThrowsAsync<NotFound>(() => student.Get<NewsReader>().OpenAsync(draft.Number, Ct));
        Assert.InRange(board.Reads, before + 1, before + 3);
    }
}
