using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>A test with browser windows of its own; traces and screenshots are kept when it fails.</summary>
[Collection(BrowserTests.Name)]
public abstract class BrowserTest(BrowserHouse house) : IAsyncLifetime
{
    private readonly List<Visitor> _visitors = [];

    protected BrowserHouse House { get; } = house;

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A window of somebody not signed in.</summary>
    private protected Task<Visitor> ArriveAsync(Sight? sight = null) => OpenAsync(House.App, sight);

    /// <summary>A window of somebody signed in.</summary>
    private protected async Task<Visitor> SignInAsync(string userName, Sight? sight = null) =>
        await OpenAsync(House.App, sight, await House.SignedInAsync(userName));

    private protected async Task<Visitor> OpenAsync(TestApp app, Sight? sight = null, string? state = null)
    {
        sight ??= new Sight();
        var visitor = await Visitor.ArriveAsync(await House.BrowserAsync(sight.Fonts), Visitor.AddressOf(app), sight, state);
        _visitors.Add(visitor);
        return visitor;
    }

    public virtual async ValueTask DisposeAsync()
    {
        var test = TestContext.Current;
        for (var i = 0; i < _visitors.Count; i++)
        {
            if (test.TestState?.Result == TestResult.Failed)
                await _visitors[i].KeepAsync($"{test.TestMethod?.MethodName ?? "test"}-{i + 1}");
            await _visitors[i].DisposeAsync();
        }
        GC.SuppressFinalize(this);
    }
}
