using LogisticsAdmin.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>One app and one Chromium for all browser tests, which run one after the other.</summary>
public sealed class BrowserHouse : IAsyncLifetime
{
    private IPlaywright? _playwright;

    internal TestApp App { get; private set; } = null!;
    internal IBrowser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        Browser = await Chromium.LaunchAsync(_playwright);
        App = await TestApp.StartAsync(kestrel: true);
    }

    public async ValueTask DisposeAsync()
    {
        if (App is not null) await App.DisposeAsync();
        if (Browser is not null) await Browser.CloseAsync();
        _playwright?.Dispose();
    }
}

[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<BrowserHouse>
{
    public const string Name = "browser";
}
