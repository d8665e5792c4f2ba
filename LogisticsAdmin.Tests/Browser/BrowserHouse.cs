using System.Collections.Concurrent;
using LogisticsAdmin.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>One app and one Chromium for all browser tests, which run one after the other.</summary>
public sealed class BrowserHouse : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, string> _signedIn = new();
    private IPlaywright? _playwright;

    internal TestApp App { get; private set; } = null!;
    internal WorkedApp Work { get; private set; } = null!;
    internal IBrowser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout((float)Patience.Enough.TotalMilliseconds);
        _playwright = await Playwright.CreateAsync();
        Browser = await Chromium.LaunchAsync(_playwright);
        App = await TestApp.StartAsync(kestrel: true);
        Work = new WorkedApp(App);
    }

    public async ValueTask DisposeAsync()
    {
        if (Work is not null) await Work.DisposeAsync();
        if (Browser is not null) await Browser.CloseAsync();
        _playwright?.Dispose();
    }

    /// <summary>The cookies of a person who signed in through the form, once in all tests.</summary>
    internal async Task<string> SignedInAsync(string userName)
    {
        if (_signedIn.TryGetValue(userName, out var known)) return known;
        await using var visitor = await Visitor.ArriveAsync(Browser, Visitor.AddressOf(App), new Sight());
        await visitor.SignInAsync(userName);
        return _signedIn[userName] = await visitor.StateAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<BrowserHouse>
{
    public const string Name = "browser";
}
