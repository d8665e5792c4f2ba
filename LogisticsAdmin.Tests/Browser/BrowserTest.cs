using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>A test with browser windows of its own; traces and screenshots are kept when it fails.</summary>
[Collection(BrowserTests.Name)]
public abstract class BrowserTest(BrowserFixture fixture) : IAsyncLifetime
{
    private readonly List<Visitor> _visitors = [];

    protected BrowserFixture Fixture { get; } = fixture;

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A window of somebody not signed in.</summary>
    private protected Task<Visitor> ArriveAsync(Viewport? viewport = null) => OpenAsync(Fixture.App, viewport);

    /// <summary>A window of somebody signed in.</summary>
    private protected async Task<Visitor> SignInAsync(string userName, Viewport? viewport = null) =>
        await OpenAsync(Fixture.App, viewport, await Fixture.SignedInAsync(userName));

    private protected async Task<Visitor> OpenAsync(TestApp app, Viewport? viewport = null, string? state = null, bool keepsPages = false)
    {
        viewport ??= new Viewport();
        var visitor = await Visitor.ArriveAsync(await Fixture.BrowserAsync(viewport.Fonts), Visitor.AddressOf(app), viewport, state, keepsPages);
        _visitors.Add(visitor);
        return visitor;
    }

    public virtual async ValueTask DisposeAsync()
    {
        var test = TestContext.Current;
        for (var i = 0; i < _visitors.Count; i++)
        {
            if (test.TestState?.Result == TestResult.Failed)
                await _visitors[i].SaveTraceAsync($"{test.TestMethod?.MethodName ?? "test"}-{i + 1}");
            await _visitors[i].DisposeAsync();
        }
        GC.SuppressFinalize(this);
    }
}
