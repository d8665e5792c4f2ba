using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.News.Publishing;
using LogisticsAdmin.Features.News.Reading;
using LogisticsAdmin.Features.News.Writing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.News;

/// <summary>What readers are answered from memory: read once for all, and never older than what they were told.</summary>
public sealed class ReadingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Many_who_open_a_new_text_at_once_cause_one_reading_of_it()
    {
        await using var host = await TestHost.OpenAsync();
        var (admin, student) = (await host.AsAsync("admin"), await host.AsAsync("student"));
        var draft = await admin.DraftNewsAsync(f => f.Body = string.Concat(Enumerable.Repeat("明天 **8:00** 停水。\n\n", 500)));
        await admin.Get<NewsService>().ReleaseAsync(draft.Id, Ct);
        var (texts, news) = (host.Services.GetRequiredService<NewsTexts>(), student.Get<NewsReader>());
        var reads = texts.Reads;

        var pages = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => news.OpenAsync(draft.Number, Ct), Ct)));

        Assert.Single(pages.Select(p => p.Html).Distinct());
        Assert.Equal(reads + 1, texts.Reads);
    }

    [Fact]
    public async Task Who_no_longer_waits_for_a_text_does_not_take_it_from_the_others()
    {
        await using var host = await TestHost.OpenAsync();
        var (admin, student) = (await host.AsAsync("admin"), await host.AsAsync("student"));
        var draft = await admin.DraftNewsAsync();
        await admin.Get<NewsService>().ReleaseAsync(draft.Id, Ct);
        var (texts, item) = (host.Services.GetRequiredService<NewsTexts>(), (await student.Get<NewsReader>().ListAsync(new NewsFilter(), Ct)).Cards[0].Item);
        using var impatient = new CancellationTokenSource();
        var first = texts.OfAsync(item, Languages.Chinese, impatient.Token).AsTask();
        var second = texts.OfAsync(item, Languages.Chinese, Ct).AsTask();
        await impatient.CancelAsync();

        Assert.Contains("8:00", (await second)!.Html, StringComparison.Ordinal);
        await Task.WhenAny(first);
    }

    [Fact]
    public async Task Who_is_told_of_a_move_before_the_kept_facts_are_forgotten_gets_the_new_ones()
    {
        await using var host = await TestHost.OpenAsync();
        var student = await host.AsAsync("student");
        var actor = student.Get<CurrentUser>().Actor;
        var feed = new SilentFeed { Sequence = 5 };
        using var facts = new ReaderFactsCache(host.Services.GetRequiredService<IServiceScopeFactory>(), feed);
        Assert.NotNull((await facts.OfAsync(actor, Ct))!.RoomId);
        await host.InDatabaseAsync(async db =>
        {
            await db.WriteAsync(async token => (await db.Users.SingleAsync(p => p.Id == student.PersonId, token)).MoveTo(null), Ct);
            return true;
        });

        feed.Sequence = 6;
        Assert.Null((await facts.OfAsync(actor, since: 6, Ct))!.RoomId);
        Assert.Equal(2, facts.Reads);

        // What it has followed without having to forget needs no other reading, and a person's change does.
        feed.Tell(7, new KeyChanged("something else", 1));
        feed.Tell(8, new KeyChanged("something else", 2));
        await facts.OfAsync(actor, since: 8, Ct);
        Assert.Equal(2, facts.Reads);
        feed.Tell(9, new KeyChanged(PersonRecords.Topic, student.PersonId));
        await facts.OfAsync(actor, since: 9, Ct);
        Assert.Equal(3, facts.Reads);
    }

    [Fact]
    public async Task A_message_about_a_correction_is_read_when_the_item_is_opened_even_by_who_was_faster_than_the_message()
    {
        await using var host = await TestHost.OpenAsync();
        var (admin, student) = (await host.AsAsync("admin"), await host.AsAsync("student"));
        var draft = await admin.DraftNewsAsync();
        var published = await admin.Get<NewsService>().ReleaseAsync(draft.Id, Ct);
        await TellAsync();
        await OpenAsync();
        Assert.Equal(0, await UnreadAsync());

        host.Clock.Advance(TimeSpan.FromDays(2));
        await OpenAsync();
        var form = new NewsForm { Version = published.Version, Title = "停水改期", Body = "改到后天。" };
        await admin.Get<NewsService>().CorrectAsync(draft.Id, form, new LocalName("改期", "Moved"), true, Ct);
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        await TellAsync();
        Assert.Equal(1, await UnreadAsync());
        await OpenAsync();
        Assert.Equal(0, await UnreadAsync());

        var current = await host.InDatabaseAsync(db => db.NewsItems.AsNoTracking().SingleAsync(i => i.Id == draft.Id, Ct));
        form = new NewsForm { Version = current.Version, Title = "停水再改期", Body = "改到大后天。" };
        await admin.Get<NewsService>().CorrectAsync(draft.Id, form, new LocalName("再改期", "Moved again"), true, Ct);
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        await OpenAsync();
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        await TellAsync();
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        await OpenAsync();
        Assert.Equal(0, await UnreadAsync());

        Task TellAsync() => host.AsSystem().Get<NewsDelivery>().TellAsync(Ct);

        async Task OpenAsync()
        {
            await student.Get<NewsReader>().OpenAsync(draft.Number, Ct);
            await host.Services.GetRequiredService<ReadMarks>().StoreAsync(Ct);
        }

        Task<int> UnreadAsync() => host.InDatabaseAsync(db =>
            db.Inbox.CountAsync(m => m.PersonId == student.PersonId && m.Subject == draft.Number && m.ReadAt == null, Ct));
    }

    [Fact]
    public async Task What_many_people_or_buildings_had_changed_together_concerns_each_open_page()
    {
        await using var host = await TestHost.OpenAsync();
        var (admin, student) = (await host.AsAsync("admin"), await host.AsAsync("student"));
        foreach (var signal in host.Services.GetServices<IPortalSignal>().Where(s => s.Name is "news" or "banners"))
        {
            Assert.True(signal.Wants(new KeyChanged(PersonRecords.Topic, 0), student.PersonId));
            Assert.True(signal.Wants(new KeyChanged(PersonRecords.Topic, student.PersonId), student.PersonId));
            Assert.False(signal.Wants(new KeyChanged(PersonRecords.Topic, student.PersonId + 1), student.PersonId));
        }

        var building = await host.InDatabaseAsync(db => db.Set<Building>().Where(b => b.Code == "Z3").Select(b => b.Id).SingleAsync(Ct));
        var draft = await admin.DraftNewsAsync(f =>
        {
            (f.OutageKind, f.OutageFrom, f.OutageUntil) = (OutageKind.Water, new DateTime(2099, 3, 1, 8, 0, 0), new DateTime(2099, 3, 1, 14, 0, 0));
            f.OutageBuildings = [building];
        });
        await admin.Get<NewsService>().ReleaseAsync(draft.Id, Ct);
        var old = Assert.Single((await student.Get<NewsReader>().OpenAsync(draft.Number, Ct)).Buildings);
        await host.InDatabaseAsync(async db =>
        {
            await db.WriteAsync(async token =>
            {
                db.Entry(await db.Set<Building>().SingleAsync(b => b.Id == building, token)).Property(b => b.Name).CurrentValue = "新名楼";
                db.Announce(new KeyChanged(PlacesTopics.Places, 0));
            }, Ct);
            return true;
        });

        Assert.NotEqual("新名楼", old.Zh);
        await NewsSteps.UntilAsync(async () => (await student.Get<NewsReader>().OpenAsync(draft.Number, Ct)).Buildings is [{ Zh: "新名楼" }]);
    }

    /// <summary>Tells only what a test says, at once.</summary>
    private sealed class SilentFeed : IChangeFeed
    {
        private readonly List<Subscription> _subscriptions = [];

        public long Sequence { get; set; }

        public void Publish(IReadOnlyList<Change> changes) => throw new NotSupportedException();

        public Subscription Subscribe(long? personId, Func<Change, bool> filter, Guid? session = null)
        {
            var subscription = new Subscription(personId, session, filter, _ => { });
            _subscriptions.Add(subscription);
            return subscription;
        }

        public void Tell(long sequence, Change change)
        {
            change.Sequence = Sequence = sequence;
            foreach (var subscription in _subscriptions) subscription.Deliver([change]);
        }
    }
}
