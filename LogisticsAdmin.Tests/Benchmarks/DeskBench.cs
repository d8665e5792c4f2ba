using System.Collections.Concurrent;
using System.Text;
using LogisticsAdmin.Tests.Benchmarks.Circuits;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Support;
using Microsoft.Playwright;

namespace LogisticsAdmin.Tests.Benchmarks;

/// <summary>
/// A real Chromium on the desk: from choosing a filter, view or sort until its rows are painted, with the frames of the page's WebSocket. A
/// round trip is something that the page told the app before it received the rows; confirming a rendering is not.
/// </summary>
internal static class DeskBench
{
    private const int Tickets = 100_000, WarmUp = 10, Rounds = 40;

    private static readonly byte[][] Asks =
        [.. new[] { "BeginInvokeDotNetFromJS", "OnLocationChanged", "DispatchBrowserEvent" }.Select(Encoding.ASCII.GetBytes)];

    /// <summary>Changes a control and waits until other rows have been painted; answers the milliseconds it took.</summary>
    private const string Timed = """
        ([selector, value]) => new Promise((done, failed) => {
          const list = document.querySelector('section.list');
          const rows = () => [...list.querySelectorAll('[data-ticket]')].map(row => row.dataset.ticket).join() + list.querySelectorAll('.empty').length;
          const before = rows();
          const began = performance.now();
          const timer = setTimeout(() => failed(new Error('no other rows: ' + selector + ' ' + value)), 5000);
          new MutationObserver((_, observer) => {
            if (rows() === before) return;
            observer.disconnect();
            clearTimeout(timer);
            requestAnimationFrame(() => {
              const painted = new MessageChannel();
              painted.port1.onmessage = () => done(performance.now() - began);
              painted.port2.postMessage(null);
            });
          }).observe(list, { subtree: true, childList: true, attributes: true });
          const control = document.querySelector(selector);
          if (value === null) { control.click(); return; }
          control.value = value;
          control.dispatchEvent(new Event('change', { bubbles: true }));
        })
        """;

    public static async Task RunAsync()
    {
        using var store = await BenchStore.WithTicketsAsync(Tickets);
        await using var app = await TestApp.StartAsync(kestrel: true, storage: store.Directory);
        using var playwright = await Playwright.CreateAsync();
        var fonts = Directory.CreateTempSubdirectory("bench-fonts");
        await using var browser = await Chromium.LaunchAsync(playwright, FontSet.LatinAndChinese, fonts.FullName);
        await using var visitor = await Visitor.ArriveAsync(browser, Visitor.AddressOf(app), new Viewport());
        await visitor.SignInAsync(TestUsers.Dispatcher);
        // A window of its own, because that of a visitor is traced, which takes most of the time.
        await using var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Visitor.AddressOf(app).AbsoluteUri,
            StorageState = await visitor.StateAsync(),
            ViewportSize = new ViewportSize { Width = Viewport.Desk, Height = new Viewport().Height },
        });
        var page = await context.NewPageAsync();
        ConcurrentQueue<(bool IsAsk, int Received)> frames = [];
        page.WebSocket += (_, socket) =>
        {
            socket.FrameSent += (_, frame) =>
            {
                if (frame.Binary is { } sent && Asks.Any(ask => sent.AsSpan().IndexOf(ask) >= 0)) frames.Enqueue((true, 0));
            };
            socket.FrameReceived += (_, frame) => frames.Enqueue((false, frame.Binary?.Length ?? 0));
        };
        await page.GotoAsync("/repairs?view=All");
        await page.WaitForSelectorAsync("main[data-ready] [data-ticket]");

        await page.WaitForFunctionAsync("() => document.querySelectorAll('.filters select:nth-of-type(3) option').length > 8");
        var buildings = await ValuesAsync(".filters select >> nth=1");
        var categories = await ValuesAsync(".filters select >> nth=2");
        var table = new Table("to other rows", "p50 ms", "p95 ms", "max ms", "round trips", "frames", "KB received", "target");
        await MeasureAsync("building", i => (".filters select:nth-of-type(2)", buildings[i % buildings.Count]));
        await page.GotoAsync("/repairs?view=All");
        await page.WaitForSelectorAsync("main[data-ready] [data-ticket]");
        await MeasureAsync("category", i => (".filters select:nth-of-type(3)", categories[i % categories.Count]));
        await page.GotoAsync("/repairs?view=All");
        await page.WaitForSelectorAsync("main[data-ready] [data-ticket]");
        await MeasureAsync("word with many hits", i => (".filter-text", i % 2 == 0 ? "水" : "灯"));
        await page.GotoAsync("/repairs?view=All");
        await page.WaitForSelectorAsync("main[data-ready] [data-ticket]");
        await MeasureAsync("view", i => ($"[data-view={(i % 2 == 0 ? "New" : "All")}]", null));
        fonts.Delete(recursive: true);

        async Task<IReadOnlyList<string>> ValuesAsync(string select) =>
            await page.Locator(select).Locator("option").EvaluateAllAsync<string[]>("options => options.map(o => o.value).filter(v => v)");

        async Task MeasureAsync(string what, Func<int, (string Selector, string? Value)> choose)
        {
            List<double> took = [], trips = [], counts = [], bytes = [];
            for (var i = 0; i < WarmUp + Rounds; i++)
            {
                await Task.Delay(150);
                frames.Clear();
                var (selector, value) = choose(i);
                var ms = await page.EvaluateAsync<double>(Timed, new object?[] { selector, value });
                await Task.Delay(150);
                if (i < WarmUp) continue;
                var seen = frames.ToArray();
                var rows = Array.IndexOf(seen, seen.MaxBy(frame => frame.Received));
                took.Add(ms);
                trips.Add(seen.Take(rows).Count(frame => frame.IsAsk));
                counts.Add(seen.Count(frame => !frame.IsAsk));
                bytes.Add(seen.Sum(frame => frame.Received) / 1000.0);
            }
            var times = Percentiles.Of(took);
            table.Row(what, times.P50, times.P95, times.Max, Percentiles.Of(trips).P50, Percentiles.Of(counts).P50, Percentiles.Of(bytes).P50,
                "1, 45 KB, p95 20 ms");
        }
    }
}
