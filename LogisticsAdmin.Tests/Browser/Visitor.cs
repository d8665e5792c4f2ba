using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Tests.Support;
using Microsoft.AspNetCore.Localization;
using Microsoft.Playwright;
using Xunit;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>One person at one browser window, with cookies of their own.</summary>
internal sealed class Visitor : IAsyncDisposable
{
    // A trace with pictures of every act takes most of the time of a test.
    private static readonly bool RecordsPictures = Environment.GetEnvironmentVariable("BROWSER_TRACES") == "1";

    private readonly IBrowserContext _context;
    private readonly Uri _address;
    private readonly Viewport _viewport;
    private readonly ConcurrentQueue<string> _problems = [];

    private Visitor(IBrowserContext context, IPage page, Uri address, Viewport viewport)
    {
        (_context, Page, _address, _viewport) = (context, page, address, viewport);
        page.PageError += (_, error) => _problems.Enqueue(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error") _problems.Enqueue($"{message.Text} ({message.Location})");
        };
    }

    public IPage Page { get; }

    /// <summary>Script errors and violations of the content security policy so far.</summary>
    public IReadOnlyCollection<string> Problems => _problems;

    /// <summary>The app's URL as a person types it.</summary>
    public static Uri AddressOf(TestApp app) => new UriBuilder(app.Address!) { Host = "localhost" }.Uri;

    /// <summary>
    /// Opens a window; <paramref name="state"/> is the state of an earlier one (<see cref="StateAsync"/>). Unless it <paramref name="keepsPages"/>, no
    /// service worker stands between the page and the requests that a test watches.
    /// </summary>
    public static async Task<Visitor> ArriveAsync(IBrowser browser, Uri address, Viewport viewport, string? state = null, bool keepsPages = false)
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = address.AbsoluteUri,
            StorageState = state,
            ViewportSize = new ViewportSize { Width = viewport.Width, Height = viewport.Height },
            DeviceScaleFactor = viewport.Zoom,
            Locale = viewport.Language,
            TimezoneId = "Asia/Shanghai",
            ColorScheme = viewport.Dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            HasTouch = viewport.Width == Viewport.Phone,
            ServiceWorkers = keepsPages ? ServiceWorkerPolicy.Allow : ServiceWorkerPolicy.Block,
        });
        context.SetDefaultTimeout((float)TestTimeouts.Default.TotalMilliseconds);
        await context.Tracing.StartAsync(new TracingStartOptions { Screenshots = RecordsPictures, Snapshots = RecordsPictures });
        var visitor = new Visitor(context, await context.NewPageAsync(), address, viewport);
        await visitor.ApplyViewportAsync();
        return visitor;
    }

    public Task<string> StateAsync() => _context.StorageStateAsync();

    /// <summary>Sets language and theme for this test; signing in would set the person's own.</summary>
    private Task ApplyViewportAsync()
    {
        var language = CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(_viewport.Language));
        return _context.AddCookiesAsync(
        [
            new Cookie { Name = "theme", Value = _viewport.Dark ? "dark" : "light", Url = _address.AbsoluteUri },
            new Cookie { Name = CookieRequestCultureProvider.DefaultCookieName, Value = Uri.EscapeDataString(language), Url = _address.AbsoluteUri },
        ]);
    }

    /// <summary>Opens an address and waits until the page can be used.</summary>
    public async Task GoAsync(string path)
    {
        await Page.GotoAsync(path);
        await ReadyAsync();
    }

    /// <summary>Office pages set data-ready on main; static pages are ready when loaded.</summary>
    public Task ReadyAsync() => Page.WaitForSelectorAsync("body.office main[data-ready], body.portal main");

    public async Task SignInAsync(string userName)
    {
        await TrySignInAsync(userName, DemoPeople.Password);
        await Page.WaitForURLAsync(url => !url.Contains("/Account/Login", StringComparison.Ordinal));
        await ApplyViewportAsync();
    }

    public async Task TrySignInAsync(string userName, string password)
    {
        await GoAsync("Account/Login");
        await Page.FillAsync("#user-name", userName);
        await Page.FillAsync("#password", password);
        await Page.ClickAsync("main form button[type=submit]");
    }

    /// <summary>A ticket's row or card on this person's page; with <paramref name="status"/>, once it shows that state.</summary>
    public ILocator Ticket(string number, object? status = null) =>
        Page.Locator($"[data-ticket='{number}']{(status is null ? "" : $"[data-status='{status}']")}").First;

    /// <summary>Presses a button as a finger does: scrolled to where no fixed bar covers it.</summary>
    public async Task PressAsync(string selector) => await PressAsync(Page.Locator(selector).First);

    public static async Task PressAsync(ILocator button)
    {
        await button.EvaluateAsync("button => button.scrollIntoView({ block: 'center', behavior: 'instant' })");
        await button.ClickAsync();
    }

    /// <summary>Chooses a file once the field listens: Blazor attaches its listener a moment after the field is rendered.</summary>
    public async Task ChooseFileAsync(string selector, FilePayload file)
    {
        await Page.WaitForFunctionAsync("selector => document.querySelector(selector)?._blazorInputFileNextFileId !== undefined", selector);
        await Page.SetInputFilesAsync(selector, file);
    }

    /// <summary>
    /// Problems of the page in its current state: whatever axe finds, and content that overflows sideways. Empty when there are none.
    /// </summary>
    public async Task<IReadOnlyList<string>> ViolationsAsync(string what, bool asksAxe = true)
    {
        var violations = asksAxe ? (await Page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] })).Violations : [];
        List<string> problems = [.. violations.Select(violation => Describe($"{what} ({_viewport})", violation))];
        var tooWide = await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (tooWide > 0) problems.Add($"{what} ({_viewport}) is {tooWide} px wider than its window");
        return problems;
    }

    public async Task DemandAccessibleAsync(string what)
    {
        var problems = await ViolationsAsync(what);
        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    /// <summary>Saves a screenshot in TestResults/screenshots and returns its path.</summary>
    public async Task<string> PictureAsync(string name, bool fullPage = false)
    {
        var path = Path.Combine(TestResultFolder.Folder("screenshots"), $"{name}-{_viewport}.png");
        await Page.ScreenshotAsync(new PageScreenshotOptions { Path = path, FullPage = fullPage, Animations = ScreenshotAnimations.Disabled });
        return path;
    }

    /// <summary>Saves trace and screenshot of a failed test.</summary>
    public async Task SaveTraceAsync(string test)
    {
        var file = Path.Combine(TestResultFolder.Folder("failures"), test);
        if (!Page.IsClosed) await Page.ScreenshotAsync(new PageScreenshotOptions { Path = file + ".png" });
        await _context.Tracing.StopAsync(new TracingStopOptions { Path = file + ".zip" });
        await File.WriteAllLinesAsync(file + ".txt", [Page.Url, .. Problems]);
    }

    public async ValueTask DisposeAsync() => await _context.CloseAsync();

    public override string ToString() => $"{_address} {_viewport}";

    private static string Describe(string what, AxeResultItem violation) =>
        string.Join('\n', [$"{what}: {violation.Id} ({violation.Impact}): {violation.Help}", .. violation.Nodes.SelectMany(Describe)]);

    private static IEnumerable<string> Describe(AxeResultNode node) =>
        [$"    {node.Target}: {node.Html}", .. node.Any.Concat(node.All).Concat(node.None).Select(check => $"        {check.Message}")];
}
