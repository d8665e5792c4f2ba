using System.Diagnostics;
using System.Globalization;
using System.Net.ServerSentEvents;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.News.Reading;
using LogisticsAdmin.Features.News.Writing;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Security;
using LogisticsAdmin.Tests.Benchmarks.Circuits;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Tests.Benchmarks;

/// <summary>What readers wait for, and how long a publication takes until everybody who has a page open is shown it.</summary>
internal static partial class NewsBench
{
    private const int Many = 20_000, Circuits = 500, Streams = 1_000, Rounds = 20, Clients = 4;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10), Pause = TimeSpan.FromSeconds(1);

    /// <summary>Each can be run alone.</summary>
    public static IReadOnlyDictionary<string, Func<Task>> Parts { get; } = new Dictionary<string, Func<Task>>(StringComparer.OrdinalIgnoreCase)
    {
        ["news-read"] = ReadAsync,
        ["news-banners"] = BannersAsync,
        ["news-stream"] = StreamAsync,
        ["news-search"] = SearchAsync,
        ["news-publishing"] = NewsPublishingBench.RunAsync,
    };

    public static async Task RunAsync()
    {
        foreach (var runAsync in Parts.Values) await runAsync();
    }

    private static async Task ReadAsync()
    {
        await using var work = new AppWithUsers(await TestApp.StartAsync(kestrel: true));
        await work.InDatabaseAsync(db => FillAsync(db, 400));
        var newest = (await (await work.AsAsync(TestUsers.Resident)).Get<NewsReader>().ListAsync(new NewsFilter())).Cards[0].Item.Number;
        var table = new Table("pages with 4 clients and 400 items", "requests/s", "p50 ms", "p95 ms", "max ms", "target");
        foreach (var (what, address) in new[] { ("/my/news", "/my/news"), ("one item", $"/my/news/{newest}") })
        {
            List<HttpClient> clients = [];
            for (var i = 0; i < Clients; i++) clients.Add(await work.App.SignInAsync(TestUsers.Resident));
            var (perSecond, times) = await PageLoad.MeasureAsync(clients, address);
            table.Row(what, perSecond, times.P50, times.P95, times.Max, "1,000, p95 10");
        }
    }

    private static async Task BannersAsync()
    {
        await using var app = await ChildApp.StartAsync();
        using var session = new CircuitSession(app.Address);
        await session.LoginAsync("/Account/Login", TestUsers.Dispatcher, DemoPeople.Password);
        await using var fleet = await CircuitFleet.OpenAsync([session], "/repairs", "data-ticket", Circuits);
        var table = new Table("from publishing to each open page", "p50 ms", "p95 ms", "max ms", "missed", "bytes", "save p95", "target");
        List<double> seen = [], saved = [];
        var (missed, bytes) = (0, 0.0);
        for (var i = -5; i < Rounds; i++)
        {
            if (i == 0) (seen, saved, missed, bytes) = ([], [], 0, 0);
            var title = $"紧急停水第{i}号";
            // Written before, and heard of by all: only the publication is measured.
            var id = await app.AskAsync($"draft {title}");
            await Task.Delay(Pause);
            var fanOut = await fleet.ExpectAsync(
                title, async () => saved.Add(double.Parse(await app.AskAsync($"publish {id}"), CultureInfo.InvariantCulture)), Timeout);
            seen.AddRange(fanOut.LatenciesMs);
            missed += fanOut.Missed;
            bytes += fanOut.BytesPerUpdate;
            await app.AskAsync($"withdraw {id}");
            await Task.Delay(Pause);
        }
        var times = Percentiles.Of(seen);
        table.Row(
            $"{Circuits} circuits with the banner", times.P50, times.P95, times.Max, missed, bytes / Rounds, Percentiles.Of(saved).P95, "p95 150, 0 missed");
    }

    private static async Task StreamAsync()
    {
        await using var work = new AppWithUsers(await TestApp.StartAsync(
            kestrel: true, settings: new Dictionary<string, string> { ["Live:StreamsPerPerson"] = "100000" }));
        var client = await work.App.SignInAsync(TestUsers.Resident);
        var admin = await work.AsAsync(TestUsers.Administrator);
        List<IAsyncEnumerator<SseItem<string>>> streams = [];
        for (var i = 0; i < Streams; i++)
        {
            var response = await client.GetAsync("/my/events", HttpCompletionOption.ResponseHeadersRead);
            var events = SseParser.Create(await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync()).EnumerateAsync().GetAsyncEnumerator();
            await events.MoveNextAsync();
            streams.Add(events);
        }
        List<double> seen = [];
        var missed = 0;
        for (var i = -1; i < 5; i++)
        {
            var draft = await admin.DraftNewsAsync(f => (f.Title, f.IsUrgent) = ($"紧急停水第{i}号", true));
            var began = Stopwatch.GetTimestamp();
            var heard = streams.Select(stream => Task.Run(() => HearAsync(stream, began))).ToList();
            await admin.Get<NewsService>().ReleaseAsync(draft.Id);
            var times = await Task.WhenAll(heard);
            if (i < 0) continue;
            seen.AddRange(times.OfType<double>());
            missed += times.Count(t => t is null);
        }
        var all = Percentiles.Of(seen);
        var table = new Table("from publishing to each event stream", "p50 ms", "p95 ms", "max ms", "missed", "target");
        table.Row($"{Streams} streams", all.P50, all.P95, all.Max, missed, "1,000");

        static async Task<double?> HearAsync(IAsyncEnumerator<SseItem<string>> stream, long began)
        {
            while (Stopwatch.GetElapsedTime(began) < Timeout)
            {
                if (!await stream.MoveNextAsync()) return null;
                if (stream.Current.EventType == "banners") return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            }
            return null;
        }
    }

    private static async Task SearchAsync()
    {
        await using var work = new AppWithUsers(await TestApp.StartAsync());
        await work.InDatabaseAsync(db => FillAsync(db, Many));
        var news = (await work.AsAsync(TestUsers.Resident)).Get<NewsReader>();
        var table = new Table($"search among {Many:N0} items", "found", "p50 ms", "p95 ms", "max ms", "target");
        foreach (var text in new[] { "竹园3号楼", "第1234期", "热水 检修", "zzz" })
        {
            List<double> took = [];
            var found = 0;
            for (var i = -10; i < 100; i++)
            {
                var time = await AppWithUsers.TimeAsync(async () => found = (await news.ListAsync(new NewsFilter { Text = text })).Total);
                if (i >= 0) took.Add(time);
            }
            var times = Percentiles.Of(took);
            table.Row(text, found, times.P50, times.P95, times.Max, "p95 5");
        }
    }

    /// <summary>Published items of different audiences, half of them for residents.</summary>
    internal static async Task<bool> FillAsync(LogisticsDb db, int items)
    {
        var column = await db.NewsColumns.SingleAsync(c => c.Code == "services");
        var author = await db.Users.Where(p => p.UserName == TestUsers.Administrator).Select(p => p.Id).SingleAsync();
        var now = TimeProvider.System.GetUtcNow().AddYears(-1);
        for (var start = 0; start < items; start += 500)
        {
            await db.WriteAsync(_ =>
            {
                db.Attach(column);
                for (var i = start; i < Math.Min(items, start + 500); i++)
                {
                    var item = new NewsItem($"TZ2025-{i:000000}", column, author, now);
                    var audience = (i % 4) switch
                    {
                        0 => AudienceRule.Everyone,
                        1 => NewsSteps.Role(nameof(Role.Resident)),
                        2 => NewsSteps.Role(nameof(Role.Technician)),
                        _ => new AudienceRule([new AudienceLine(AudienceField.Building, [(i % 60).ToString(CultureInfo.InvariantCulture)])], []),
                    };
                    item.Address(audience, isPublic: false, isUrgent: false, needsConfirmation: false, confirmBefore: null, pinnedUntil: null);
                    var place = i % 40 == 0 ? "竹园3号楼" : $"梅园{i % 9}号楼";
                    item.Write(
                        new NewsContent(
                            $"服务通知第{i}期", $"Notice {i}", $"{place}热水检修", "", $"{place}于**周五**停热水。\n\n- 请提前准备\n- 第{i}期", ""),
                        RevisionReason.Created, author, now, null);
                    item.Release(now.AddMinutes(i));
                    db.NewsItems.Add(item);
                }
                return Task.CompletedTask;
            }, CancellationToken.None);
            db.ChangeTracker.Clear();
        }
        return true;
    }
}
