using System.Net;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.News.Reading;
using LogisticsAdmin.Features.News.Writing;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.News;

/// <summary>The readers' pages, requested as by a phone without scripts.</summary>
public sealed class NewsPageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_list_shows_pinned_then_unread_items_and_is_searched_by_their_Chinese_text()
    {
        await using var work = new AppWithUsers(await TestApp.StartAsync());
        var admin = await work.AsAsync(TestUsers.Administrator);
        var read = await PublishAsync(admin, f => (f.Title, f.Body) = ("食堂菜单", "今天有饺子"));
        var unread = await PublishAsync(admin, f => (f.Title, f.Body) = ("浴室检修", "竹园浴室**周五**停用，请到梅园浴室"));
        var pinned = await PublishAsync(admin, f => (f.Title, f.PinnedUntil) = ("开学须知", new DateOnly(2099, 1, 1)));
        var client = await SignInAsync(work, TestUsers.Resident);
        await client.PageAsync($"/my/news/{read}");

        var page = await client.PageAsync("/my/news");

        Assert.Equal([pinned, unread, read], page.QuerySelectorAll("[data-news]").Select(c => c.GetAttribute("data-news")));
        Assert.Equal(["置顶", "未读"], page.QuerySelectorAll($"[data-news='{pinned}'] .pill").Select(p => p.TextContent));
        Assert.Equal("竹园浴室周五停用，请到梅园浴室", page.QuerySelector($"[data-news='{unread}'] .summary")!.TextContent);
        Assert.Equal("news", page.QuerySelector(".tabs [aria-current]")!.GetAttribute("href")!.Split('/')[^1]);

        page = await client.PageAsync("/my/news?q=梅园浴室");
        Assert.Equal([unread], page.QuerySelectorAll("[data-news]").Select(c => c.GetAttribute("data-news")));
        page = await client.PageAsync("/my/news?view=unread&column=services");
        Assert.Equal([pinned, unread], page.QuerySelectorAll("[data-news]").Select(c => c.GetAttribute("data-news")));
        page = await client.PageAsync("/my/news?column=safety");
        Assert.NotNull(page.QuerySelector(".empty a[href='my/news']"));
        page = await client.PageAsync("/my");
        Assert.Equal([unread, pinned], page.QuerySelectorAll("[data-news]").Select(c => c.GetAttribute("data-news")).Order());
    }

    [Fact]
    public async Task Older_items_are_on_further_pages()
    {
        await using var work = new AppWithUsers(await TestApp.StartAsync());
        var admin = await work.AsAsync(TestUsers.Administrator);
        List<string> numbers = [];
        for (var i = 0; i < NewsFilter.PageSize + 3; i++) numbers.Add(await PublishAsync(admin));
        var client = await SignInAsync(work, TestUsers.Resident);

        var first = await client.PageAsync("/my/news");
        var second = await client.PageAsync("/" + first.QuerySelector("a[rel=next]")!.GetAttribute("href"));

        numbers.Reverse();
        Assert.Equal(numbers, first.QuerySelectorAll("[data-news]").Concat(second.QuerySelectorAll("[data-news]")).Select(c => c.GetAttribute("data-news")));
        Assert.Null(second.QuerySelector("a[rel=next]"));
        Assert.NotNull(second.QuerySelector("a[rel=prev]"));
    }

    [Fact]
    public async Task An_item_says_what_was_corrected_what_is_cut_off_and_asks_for_a_confirmation()
    {
        await using var work = new AppWithUsers(await TestApp.StartAsync());
        var admin = await work.AsAsync(TestUsers.Administrator);
        var building = await work.InDatabaseAsync(db => Task.FromResult(db.Set<LogisticsAdmin.Features.Places.Building>().First(b => b.Code == "Z3")));
        var number = await PublishAsync(admin, f =>
        {
            (f.OutageKind, f.OutageFrom, f.OutageUntil) = (OutageKind.Water, new DateTime(2099, 3, 1, 8, 0, 0), new DateTime(2099, 3, 1, 14, 0, 0));
            (f.OutageBuildings, f.NeedsConfirmation, f.TitleEn, f.BodyEn) = ([building.Id], true, "", "");
        });
        var draft = await work.InDatabaseAsync(db => Task.FromResult(db.NewsItems.First(i => i.Number == number)));
        await admin.Get<NewsService>().CorrectAsync(
            draft.Id, new NewsForm { Version = draft.Version, Title = "停水通知", Body = "改为 9:00" }, new LocalName("时间改为 9:00", "At 9:00 now"), false, Ct);
        var client = await SignInAsync(work, TestUsers.Resident);

        var page = await client.PageAsync($"/my/news/{number}");

        Assert.Contains("时间改为 9:00", page.QuerySelector("[data-correction]")!.TextContent, StringComparison.Ordinal);
        var facts = page.QuerySelectorAll(".outage dd").Skip(1)
            .Select(d => string.Join(' ', d.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal(["2099-03-01 08:00 – 14:00", building.Name], facts);
        Assert.NotNull(page.QuerySelector("#confirm button"));

        using var confirmed = await client.PostFormAsync($"/my/news/{number}", ("_handler", "confirm"));
        page = await client.PageAsync($"/my/news/{number}");
        Assert.Null(page.QuerySelector("#confirm"));
        Assert.NotNull(page.QuerySelector(".done"));

        Assert.NotNull((await client.PageAsync($"/my/news/{number}/print")).QuerySelector("[data-print]"));
        using var english = await client.PostFormAsync($"/my/news/{number}", ("language", "en"));
        page = await client.PageAsync($"/my/news/{number}");
        Assert.Equal("This text is in Chinese only", page.QuerySelector("[data-other-language]")!.TextContent);
        Assert.Equal("zh-CN", page.QuerySelector(".news-text")!.GetAttribute("lang"));
    }

    [Fact]
    public async Task An_urgent_notice_stands_above_every_page_until_it_is_confirmed_there()
    {
        await using var work = new AppWithUsers(await TestApp.StartAsync());
        var admin = await work.AsAsync(TestUsers.Administrator);
        var number = await PublishAsync(admin, f => (f.IsUrgent, f.Audience) = (true, NewsSteps.Role("Resident")));
        var (resident, technician) = (await SignInAsync(work, TestUsers.Resident), await SignInAsync(work, TestUsers.Technician));

        Assert.Null((await technician.PageAsync("/my/repairs")).QuerySelector("[data-urgent]"));
        var page = await resident.PageAsync("/my/repairs?view=open");
        Assert.Equal(number, page.QuerySelector("[aria-live=assertive] [data-urgent]")!.GetAttribute("data-urgent"));
        var parts = await resident.PageAsync("/my/live");
        Assert.NotNull(parts.QuerySelector($"[data-live-part=banners] [data-urgent='{number}'] input[name=__RequestVerificationToken]"));

        var form = page.QuerySelector("[data-urgent] form")!;
        using var answer = await resident.SendFormAsync((AngleSharp.Html.Dom.IHtmlFormElement)form, "/my/repairs");
        Assert.Equal((HttpStatusCode.Redirect, "/my/repairs?view=open"), (answer.StatusCode, answer.Headers.Location!.OriginalString));
        Assert.Null((await resident.PageAsync("/my/repairs")).QuerySelector("[data-urgent]"));
    }

    [Fact]
    public async Task Readers_cause_one_query_for_each_change_and_not_one_each()
    {
        await using var host = await TestHost.OpenAsync();
        var (admin, student) = (await host.AsAsync("admin"), await host.AsAsync("student"));
        var draft = await admin.DraftNewsAsync();
        await admin.Get<NewsService>().ReleaseAsync(draft.Id, Ct);
        var board = student.Get<NewsBoard>();
        await student.Get<NewsReader>().OpenAsync(draft.Number, Ct);
        var reads = board.Reads;

        for (var i = 0; i < 50; i++)
        {
            await student.Get<NewsReader>().ListAsync(new NewsFilter(), Ct);
            await student.Get<NewsReader>().OpenAsync(draft.Number, Ct);
            await student.Get<NewsReader>().UrgentAsync(0, Ct);
        }

        Assert.Equal(reads, board.Reads);
        await admin.Get<NewsService>().WithdrawAsync(draft.Id, "有误", Ct);
        await Assert.ThrowsAsync<NotFound>(() => student.Get<NewsReader>().OpenAsync(draft.Number, Ct));
        Assert.Equal(reads + 1, board.Reads);
    }

    [Fact]
    public async Task Pages_that_wait_for_the_same_reading_of_the_items_are_all_answered()
    {
        await using var work = new AppWithUsers(await TestApp.StartAsync());
        var student = await SignInAsync(work, "student");
        for (var round = 0; round < 5; round++)
        {
            work.App.Services.GetRequiredService<NewsBoard>().Invalidate();
            var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(n =>
                Task.Run(() => student.GetAsync(n % 2 == 0 ? "/my/news" : "/my/repairs/new", Ct))));
            Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
        }
    }

    private static Task<HttpClient> SignInAsync(AppWithUsers work, string who) => work.App.SignInAsync(who);

    private static async Task<string> PublishAsync(Desk writer, Action<NewsForm>? change = null)
    {
        var draft = await writer.DraftNewsAsync(change);
        await writer.Get<NewsService>().ReleaseAsync(draft.Id, Ct);
        return draft.Number;
    }
}
