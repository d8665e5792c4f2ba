using System.Text;
using LogisticsAdmin.Features.News.Feeds;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.News.Publishing;
using LogisticsAdmin.Features.News.Reading;
using LogisticsAdmin.Features.News.Writing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.News;

/// <summary>
/// Roles × life × audience: what each person gets by list, link, search, banner, feed and public page, against an answer that is computed
/// here from the stored rows in the slowest way.
/// </summary>
public sealed class NewsVisibilityTests
{
    private static readonly string[] People = ["admin", "manager", "dispatcher", "technician", "student"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everybody_gets_exactly_what_is_published_or_expired_and_addresses_them()
    {
        await using var host = await TestHost.OpenAsync(services =>
            services.Configure<OfficeOptions>(o => o.Address = "https://u.example.edu"));
        var admin = await host.AsAsync("admin");
        var student = await host.InDatabaseAsync(db => db.Users.SingleAsync(p => p.UserName == "student", Ct));
        var building = await host.InDatabaseAsync(db => db.Set<Room>().Where(r => r.Id == student.RoomId).Select(r => r.BuildingId).SingleAsync(Ct));
        var group = await host.InDatabaseAsync(async db =>
        {
            var saved = new AudienceGroup("师傅", "Technicians", NewsSteps.Role("Technician"));
            await db.WriteAsync(_ => Task.FromResult(db.Set<AudienceGroup>().Add(saved).Entity), Ct);
            return saved.Id;
        });
        List<(string Name, AudienceRule Rule, Func<string, bool> Addresses)> audiences =
        [
            ("everyone", AudienceRule.Everyone, _ => true),
            ("public", AudienceRule.Everyone, _ => true),
            ("residents", NewsSteps.Role("Resident"), p => p == "student"),
            ("staff", NewsSteps.Role("Technician", "Dispatcher"), p => p is "technician" or "dispatcher"),
            ("no residents", new AudienceRule([], [new AudienceLine(AudienceField.Role, ["Resident"])]), p => p != "student"),
            ("the building", new AudienceRule([new AudienceLine(AudienceField.Building, [$"{building}"])], []), p => p == "student"),
            ("another building", new AudienceRule([new AudienceLine(AudienceField.Building, [$"{building + 1}"])], []), _ => false),
            ("residents of the building who are technicians", new AudienceRule(
                [new AudienceLine(AudienceField.Role, ["Technician"]), new AudienceLine(AudienceField.Building, [$"{building}"])], []), _ => false),
            ("a saved audience", new AudienceRule([new AudienceLine(AudienceField.Group, [$"{group}"])], []), p => p == "technician"),
            ("one person", new AudienceRule([new AudienceLine(AudienceField.Person, [$"{student.Id}"])], []), p => p == "student"),
        ];
        List<(NewsDraft Draft, NewsState State, string Audience, Func<string, bool> Addresses)> items = [];
        foreach (var (name, rule, addresses) in audiences)
        {
            foreach (var state in Enum.GetValues<NewsState>())
                if (await BringAsync(admin, rule, name == "public", state) is { } draft) items.Add((draft, state, name, addresses));
        }
        host.Clock.Advance(TimeSpan.FromHours(2));
        await host.AsSystem().Get<NewsClock>().ExpireDueAsync(Ct);
        var stored = await host.InDatabaseAsync(db => db.NewsItems.ToDictionaryAsync(i => i.Number, i => i.State, Ct));
        Assert.All(items, i => Assert.Equal(i.State, stored[i.Draft.Number]));

        List<string> wrong = [];
        foreach (var person in People)
        {
            var desk = await host.AsAsync(person);
            var news = desk.Get<NewsReader>();
            var (listed, found) = (await AllAsync(news, null), await AllAsync(news, "停水通知"));
            var urgent = (await news.UrgentAsync(0, Ct)).Select(c => c.Item.Number).ToHashSet();
            foreach (var (draft, state, audience, addresses) in items)
            {
                var what = $"{person}, {state}, {audience}";
                var isReadable = state is NewsState.Published or NewsState.Expired;
                Compare($"{what}: list", isReadable && addresses(person), listed.Contains(draft.Number));
                Compare($"{what}: search", isReadable && addresses(person), found.Contains(draft.Number));
                Compare($"{what}: banner", state == NewsState.Published && addresses(person), urgent.Contains(draft.Number));
                var isOffice = person is "admin" or "manager" or "dispatcher";
                Compare($"{what}: link", isReadable && (addresses(person) || isOffice), await OpensAsync(() => news.OpenAsync(draft.Number, Ct)));
                var opensById = await OpensAsync(() => news.OpenAsync($"{draft.Id}", Ct));
                Compare($"{what}: link by id", isReadable && (addresses(person) || isOffice), opensById);
                Compare($"{what}: confirm", isReadable && addresses(person), await OpensAsync(() => news.ConfirmAsync(draft.Number, Ct)));
            }
        }
        var feeds = host.Services.GetRequiredService<NewsFeeds>();
        var atom = Encoding.UTF8.GetString((await feeds.AtomAsync("notices", Languages.Chinese, Ct))!.Content);
        var column = Encoding.UTF8.GetString((await feeds.AtomAsync("services", Languages.English, Ct))!.Content);
        var pages = host.AsSystem().Get<PublicNews>();
        foreach (var (draft, state, audience, _) in items)
        {
            var isInFeeds = state == NewsState.Published && audience == "public";
            Compare($"{state}, {audience}: feed", isInFeeds, atom.Contains(draft.Number, StringComparison.Ordinal));
            Compare($"{state}, {audience}: column", isInFeeds, column.Contains(draft.Number, StringComparison.Ordinal));
            Compare($"{state}, {audience}: public page", state is NewsState.Published or NewsState.Expired && audience == "public",
                await OpensAsync(() => pages.OpenAsync(draft.Number, Ct)));
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(30)));

        void Compare(string what, bool expected, bool actual)
        {
            if (expected != actual) wrong.Add($"{what} should be {expected}");
        }
    }

    [Fact]
    public async Task Who_moves_into_the_audience_sees_it_at_once_and_who_moves_out_no_longer()
    {
        await using var host = await TestHost.OpenAsync();
        var (admin, student) = (await host.AsAsync("admin"), await host.AsAsync("student"));
        var other = await host.InDatabaseAsync(db => db.Set<Room>().Where(r => r.Building.Code == "Z1").Select(r => new { r.Id, r.BuildingId }).FirstAsync(Ct));
        var draft = await admin.DraftNewsAsync(
            f => f.Audience = new AudienceRule([new AudienceLine(AudienceField.Building, [$"{other.BuildingId}"])], []));
        await admin.Get<NewsService>().ReleaseAsync(draft.Id, Ct);
        await Assert.ThrowsAsync<NotFound>(() => student.Get<NewsReader>().OpenAsync(draft.Number, Ct));
        var room = await host.InDatabaseAsync(db => db.Users.Where(p => p.Id == student.PersonId).Select(p => p.RoomId).SingleAsync(Ct));

        await MoveAsync(other.Id);
        await WaitAsync(async () => await OpensAsync(() => student.Get<NewsReader>().OpenAsync(draft.Number, Ct)));
        await MoveAsync(room);
        await WaitAsync(async () => !await OpensAsync(() => student.Get<NewsReader>().OpenAsync(draft.Number, Ct)));

        Task MoveAsync(long? to) => host.InDatabaseAsync(async db =>
        {
            await db.WriteAsync(async token =>
            {
                var person = await db.Users.SingleAsync(p => p.Id == student.PersonId, token);
                person.MoveTo(to);
                db.Announce(new LogisticsAdmin.Live.KeyChanged(LogisticsAdmin.Data.PersonRecords.Topic, person.Id));
            }, Ct);
            return true;
        });
    }

    private static async Task WaitAsync(Func<Task<bool>> holds)
    {
        using var limit = new CancellationTokenSource(TestTimeouts.Default);
        while (!await holds()) await Task.Delay(10, limit.Token);
    }

    private static async Task<HashSet<string>> AllAsync(NewsReader news, string? text)
    {
        HashSet<string> numbers = [];
        for (var page = 1; ; page++)
        {
            var list = await news.ListAsync(new NewsFilter { Text = text, Page = page }, Ct);
            if (list.Cards.Count == 0) return numbers;
            foreach (var card in list.Cards) Assert.True(numbers.Add(card.Item.Number));
        }
    }

    private static async Task<bool> OpensAsync(Func<Task> open)
    {
        try
        {
            await open();
            return true;
        }
        catch (NotFound)
        {
            return false;
        }
    }

    /// <summary>Null where an item with this audience can't get there: nobody is addressed.</summary>
    private static async Task<NewsDraft?> BringAsync(Desk admin, AudienceRule rule, bool isPublic, NewsState state)
    {
        var news = admin.Get<NewsService>();
        var draft = await admin.DraftNewsAsync(form =>
        {
            (form.Audience, form.IsPublic, form.IsUrgent) = (rule, isPublic, true);
            if (state == NewsState.Scheduled) form.PublishAt = new DateTime(2027, 1, 1, 8, 0, 0);
            if (state == NewsState.Expired) form.ExpiresAt = new DateTime(2026, 11, 22, 15, 0, 0);
        });
        try
        {
            if (state is NewsState.InReview) await news.SubmitAsync(draft.Id, Ct);
            if (state is NewsState.Discarded) await news.DiscardAsync(draft.Id, Ct);
            if (state is NewsState.Published or NewsState.Expired or NewsState.Scheduled or NewsState.Withdrawn) await news.ReleaseAsync(draft.Id, Ct);
        }
        catch (Rejected)
        {
            await news.DiscardAsync(draft.Id, Ct);
            return null;
        }
        if (state is NewsState.Withdrawn) await news.WithdrawAsync(draft.Id, "有误", Ct);
        return draft;
    }
}
