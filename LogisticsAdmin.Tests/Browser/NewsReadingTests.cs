using System.Collections.Concurrent;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.News.Writing;
using LogisticsAdmin.Tests.News;
using LogisticsAdmin.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>Notices in real browsers: shown, confirmed and withdrawn on open pages, and nothing that was pasted ever runs.</summary>
public sealed class NewsReadingTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_urgent_notice_appears_on_open_pages_of_office_and_phone_is_confirmed_there_and_vanishes_when_withdrawn()
    {
        var admin = await Fixture.Work.AsAsync(TestUsers.Administrator);
        var office = await SignInAsync(TestUsers.Dispatcher);
        await office.GoAsync("/repairs");
        var phone = await SignInAsync(TestUsers.Resident, new Viewport(Width: Viewport.Phone));
        await phone.GoAsync("/my/repairs/new");
        await phone.Page.FillAsync("#report-Description", "水龙头漏水");

        var draft = await admin.DraftNewsAsync(f => (f.Title, f.IsUrgent) = ("紧急停水" + new string('长', 190), true));
        await admin.Get<NewsService>().ReleaseAsync(draft.Id, Ct);
        var (banner, onPhone) = (office.Page.Locator($".urgent [data-urgent='{draft.Number}']"), phone.Page.Locator($"[data-urgent='{draft.Number}']"));
        await Expect(banner).ToBeVisibleAsync();
        await Expect(onPhone).ToBeVisibleAsync();
        await Expect(phone.Page.Locator("#report-Description")).ToHaveValueAsync("水龙头漏水");
        await office.PictureAsync("news-banner");
        await phone.PictureAsync("news-banner-phone");
        await office.DemandAccessibleAsync("banner of the office");
        await phone.DemandAccessibleAsync("banner on a phone");

        await banner.Locator("button").ClickAsync();
        await Expect(banner).ToHaveCountAsync(0);
        await phone.GoAsync($"/my/news/{draft.Number}");
        await Expect(phone.Page.Locator("article.news")).ToBeVisibleAsync();
        await phone.Page.Locator("[data-news-type]").ClickAsync();
        await Expect(phone.Page.Locator("article.news[data-large]")).ToBeVisibleAsync();
        await phone.DemandAccessibleAsync("an item");

        await admin.Get<NewsService>().WithdrawAsync(draft.Id, "有误", Ct);
        await Expect(phone.Page.Locator("article.news")).ToHaveCountAsync(0);
        await Expect(onPhone).ToHaveCountAsync(0);
        Assert.Empty(office.Problems);
    }

    [Fact]
    public async Task A_phone_page_whose_stream_was_refused_asks_again_and_shows_what_was_published_meanwhile()
    {
        var admin = await Fixture.Work.AsAsync(TestUsers.Administrator);
        var phone = await SignInAsync(TestUsers.Resident, new Viewport(Width: Viewport.Phone));
        await phone.Page.Clock.InstallAsync();
        var refused = new TaskCompletionSource();
        await phone.Page.RouteAsync("**/my/events", async route =>
        {
            await route.FulfillAsync(new() { Status = 502 });
            refused.TrySetResult();
        });
        await phone.GoAsync("/my/repairs");
        await refused.Task.WaitAsync(TestTimeouts.Default, Ct);
        var draft = await admin.DraftNewsAsync(f => f.IsUrgent = true);
        await admin.Get<NewsService>().ReleaseAsync(draft.Id, Ct);
        await phone.Page.UnrouteAsync("**/my/events");

        var banner = phone.Page.Locator($"[data-urgent='{draft.Number}']");
        await NewsSteps.UntilAsync(async () =>
        {
            await phone.Page.Clock.FastForwardAsync("00:21");
            return await banner.CountAsync() == 1;
        });
        await admin.Get<NewsService>().WithdrawAsync(draft.Id, "有误", Ct);
        await Expect(banner).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Nothing_that_was_pasted_runs_or_loads_anything_from_outside()
    {
        var admin = await Fixture.Work.AsAsync(TestUsers.Administrator);
        var all = HostilePayloads.Lines.Concat(HostilePayloads.Names).ToList();
        List<string> numbers = [];
        // Some in one text, and each of those that reach beyond their line in one of its own paragraphs.
        foreach (var body in all.Chunk(60).Select(lines => string.Join("\n\n", lines)).Append(string.Join("\n\n", HostilePayloads.Blocks)))
        {
            var name = HostilePayloads.Names[numbers.Count % HostilePayloads.Names.Count];
            var draft = await admin.DraftNewsAsync(f =>
            {
                (f.Title, f.Summary, f.Body, f.IsPublic) = (name + numbers.Count, name, body, true);
                f.IsUrgent = numbers.Count == 0;
            });
            await admin.Get<NewsService>().ReleaseAsync(draft.Id, Ct);
            numbers.Add(draft.Number);
        }
        try
        {
            foreach (var (who, addresses) in new (string?, IEnumerable<string>)[]
            {
                (TestUsers.Resident, numbers.SelectMany(n => new[] { $"/my/news/{n}", $"/my/news/{n}/print" }).Append("/my/news").Append("/my")),
                (TestUsers.Dispatcher, numbers.Select(n => $"/news/{n}")),
                (null, numbers.Select(n => $"/public/news/{n}")),
            })
            {
                var viewport = new Viewport(Width: Viewport.Phone);
                var visitor = who is null ? await ArriveAsync(viewport) : await SignInAsync(who, viewport);
                var outside = await WatchAsync(visitor);
                foreach (var address in addresses)
                {
                    await visitor.GoAsync(address);
                    await Expect(visitor.Page.Locator("article").First).ToBeVisibleAsync();
                    // Whatever waits for a pointer or the focus gets both.
                    await visitor.Page.EvaluateAsync("""
                        () => {
                          for (const e of document.querySelectorAll('article, article *')) {
                            for (const type of ['mouseover', 'focus', 'focusin', 'toggle', 'error', 'load', 'animationstart']) e.dispatchEvent(new Event(type));
                            e.focus?.();
                          }
                        }
                        """);
                    Assert.Equal(0, await visitor.Page.EvaluateAsync<int>("window.executions"));
                    Assert.Empty(await visitor.Page.EvaluateAsync<string[]>(Foreign));
                }
                Assert.Empty(outside);
                Assert.DoesNotContain(visitor.Problems, p => p.Contains("Content Security Policy", StringComparison.Ordinal));
            }
        }
        finally
        {
            foreach (var number in numbers)
            {
                var id = await Fixture.Work.InDatabaseAsync(db => Task.FromResult(db.NewsItems.Single(i => i.Number == number).Id));
                await admin.Get<NewsService>().WithdrawAsync(id, "测试", Ct);
            }
        }
    }

    [Fact]
    public async Task The_longest_text_and_the_widest_table_are_readable_on_a_phone()
    {
        var admin = await Fixture.Work.AsAsync(TestUsers.Administrator);
        var columns = string.Join(" | ", Enumerable.Range(1, 60).Select(i => $"第{i}列"));
        var body = $"| {columns} |\n|{string.Concat(Enumerable.Repeat(" --- |", 60))}\n| {columns} |\n\n"
            + "مرحبا بالعالم، انقطاع المياه غدا\n\n👨‍👩‍👧‍👦🚰🔧 表情\n\n" + new string('长', 2_000) + "\n\n"
            + string.Concat(Enumerable.Repeat("请提前储水，注意安全。\n\n", 6_000)) + "https://example.edu/" + new string('x', 300);
        var draft = await admin.DraftNewsAsync(f => (f.Title, f.Body) = (new string('题', 200), body));
        await admin.Get<NewsService>().ReleaseAsync(draft.Id, Ct);
        foreach (var dark in new[] { false, true })
        {
            var phone = await SignInAsync(TestUsers.Resident, new Viewport(Dark: dark, Width: Viewport.Phone));
            foreach (var address in new[] { $"/my/news/{draft.Number}", "/my/news", $"/my/news/{draft.Number}/print" })
            {
                await phone.GoAsync(address);
                Assert.Empty(await phone.ViolationsAsync(address, asksAxe: false));
                await phone.PictureAsync($"news-longest-{address.Split('/').Length}-{address.Length}");
            }
            Assert.Equal("rtl", await phone.Page.Locator(".news-text p").Nth(0).EvaluateAsync<string>("e => getComputedStyle(e).direction"));
        }
        await admin.Get<NewsService>().WithdrawAsync(draft.Id, "测试", Ct);
    }

    /// <summary>Elements of the text that only this app's own markup may have, and addresses that lead to a script.</summary>
    private const string Foreign = """
        () => [
          ...document.querySelectorAll('article :is(script,iframe,object,embed,svg,math,style,link,meta,base,video,audio,form,button)'),
          ...document.querySelectorAll('article :is([onclick],[onerror],[onload],[onfocus],[style])'),
          ...[...document.querySelectorAll('article a')].filter(a => a.href && !/^(https?|mailto|tel):/.test(a.href)),
        ].map(e => e.outerHTML.slice(0, 120))
        """;

    private static async Task<ConcurrentQueue<string>> WatchAsync(Visitor visitor)
    {
        ConcurrentQueue<string> outside = [];
        await visitor.Page.AddInitScriptAsync("""
            window.executions = 0;
            window.alert = window.confirm = window.prompt = () => { window.executions++; };
            """);
        var host = new Uri(visitor.Page.Url is "about:blank" ? "http://localhost" : visitor.Page.Url).Host;
        await visitor.Page.RouteAsync("**/*", async route =>
        {
            if (new Uri(route.Request.Url) is { Scheme: "http" or "https" } address && address.Host != host)
            {
                outside.Enqueue(route.Request.Url);
                await route.AbortAsync();
                return;
            }
            await route.ContinueAsync();
        });
        visitor.Page.Dialog += (_, dialog) =>
        {
            outside.Enqueue($"dialog {dialog.Message}");
            _ = dialog.DismissAsync();
        };
        return outside;
    }
}
