using System.Collections.Concurrent;
using LogisticsAdmin.Tests.Onboarding;
using LogisticsAdmin.Tests.Support;
using LogisticsAdmin.Tests.Voice;
using Microsoft.Playwright;
using Xunit;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>One app, and one Chromium per set of fonts, shared by the browser tests of a collection, which run one after the other.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, string> _signedIn = new();
    private readonly ConcurrentDictionary<FontSet, Lazy<Task<IBrowser>>> _browsers = new();
    private readonly DirectoryInfo _fontFolder = Directory.CreateTempSubdirectory("logistics-fonts-");
    private IPlaywright? _playwright;

    internal TestApp App { get; private set; } = null!;
    internal AppWithUsers Work { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout((float)TestTimeouts.Default.TotalMilliseconds);
        _playwright = await Playwright.CreateAsync();
        await BrowserAsync(new Viewport().Fonts);
        App = await TestApp.StartAsync(kestrel: true, settings: new Dictionary<string, string> { ["Office:Address"] = "https://repairs.example.edu" });
        Work = new AppWithUsers(App);
        Pages.PublishedNews = await App.InDatabaseAsync(NewsSteps.PublishQuietlyAsync);
        await App.InDatabaseAsync(FeeSteps.AddFirstBillAsync);
        await App.InDatabaseAsync(FeeSteps.AddFirstStatementAsync);
        await App.InDatabaseAsync(VoiceSteps.AddFirstCaseAsync);
        await App.InDatabaseAsync(OrderSteps.AddFirstOrderAsync);
        await App.InDatabaseAsync(ChoosingSteps.AddFirstPaperAsync);
        await App.InDatabaseAsync(OnboardingSteps.AddFirstSeasonAsync);
        await App.InDatabaseAsync(LeavingSteps.AddFirstRoundAsync);
    }

    public async ValueTask DisposeAsync()
    {
        if (Work is not null) await Work.DisposeAsync();
        foreach (var browser in _browsers.Values.Select(b => b.Value).Where(b => b.IsCompletedSuccessfully)) await (await browser).CloseAsync();
        _playwright?.Dispose();
        _fontFolder.Delete(recursive: true);
    }

    /// <summary>The browser with these fonts, started on first use.</summary>
    internal Task<IBrowser> BrowserAsync(FontSet fonts) =>
        _browsers.GetOrAdd(fonts, set => new(() => Chromium.LaunchAsync(_playwright!, set, _fontFolder.FullName))).Value;

    /// <summary>The cookies of a person who signed in through the form, once for all tests.</summary>
    internal async Task<string> SignedInAsync(string userName)
    {
        if (_signedIn.TryGetValue(userName, out var known)) return known;
        var viewport = new Viewport();
        await using var visitor = await Visitor.ArriveAsync(await BrowserAsync(viewport.Fonts), Visitor.AddressOf(App), viewport);
        await visitor.SignInAsync(userName);
        return _signedIn[userName] = await visitor.StateAsync();
    }
}

/// <summary>Two collections run beside each other, because a browser test mostly waits.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<BrowserFixture>
{
    public const string Name = "browser";
}

/// <summary>The walks over all pages, and other long ones.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserWalks : ICollectionFixture<BrowserFixture>
{
    public const string Name = "browser-walks";
}
