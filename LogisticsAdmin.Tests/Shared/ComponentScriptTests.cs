using Bunit;
using LogisticsAdmin.Shared.Ui;
using LogisticsAdmin.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.JSInterop;
using Xunit;

namespace LogisticsAdmin.Tests.Shared;

/// <summary>Script modules that arrive late, or not at all.</summary>
public sealed class ComponentScriptTests
{
    [Fact]
    public async Task A_module_that_arrives_after_its_component_is_gone_is_released_and_never_called()
    {
        var (scripts, module) = (new LateScripts(), new Module());
        await using var page = new BunitContext();
        page.Services.AddSingleton<IJSRuntime>(scripts);
        RenderFragment<string> option = tap => builder => builder.AddContent(0, tap);
        page.Render<Combobox<string>>(p => p
            .Add(b => b.Id, "tap").Add(b => b.Label, "Part").Add(b => b.Find, _ => Task.FromResult<IReadOnlyList<string>>([]))
            .Add(b => b.KeyOf, tap => tap).Add(b => b.TextOf, tap => tap).Add(b => b.ChildContent, option));
        await page.DisposeComponentsAsync();
        Assert.False(module.IsReleased);

        scripts.Import.SetResult(module);
        await module.Released.WaitAsync(TestTimeouts.Default, Xunit.TestContext.Current.CancellationToken);
        Assert.Empty(module.Calls);
    }

    [Fact]
    public async Task A_module_is_released_with_its_component_and_a_lost_browser_prevents_neither()
    {
        var (scripts, module) = (new LateScripts(), new Module());
        scripts.Import.SetResult(module);
        await using (var script = new ComponentScript(scripts, "some.js")) await script.InvokeVoidAsync("listen");
        Assert.Equal(["listen"], module.Calls);
        Assert.True(module.IsReleased);

        var lost = new LateScripts();
        lost.Import.SetException(new JSDisconnectedException("gone"));
        await using (var script = new ComponentScript(lost, "some.js"))
        {
            await script.InvokeVoidAsync("listen");
            await Assert.ThrowsAsync<OperationCanceledException>(() => script.InvokeAsync<string>("read"));
        }

        foreach (var failure in new Exception[] { new JSDisconnectedException("gone"), new TaskCanceledException() })
        {
            var unreachable = new LateScripts();
            unreachable.Import.SetResult(new Module(failure));
            await using var script = new ComponentScript(unreachable, "some.js");
            await script.LoadAsync();
        }
    }

    [Fact]
    public async Task A_script_that_cannot_be_imported_leaves_the_component_working_and_is_tried_again()
    {
        var (missing, module) = (new TaskCompletionSource<IJSObjectReference>(), new Module());
        missing.SetException(new JSException("Failed to fetch dynamically imported module"));
        var scripts = new LateScripts { Import = missing };
        await using var script = new ComponentScript(scripts, "some.js");
        await script.LoadAsync();
        await script.InvokeVoidAsync("listen");

        scripts.Import = new TaskCompletionSource<IJSObjectReference>();
        scripts.Import.SetResult(module);
        await script.InvokeVoidAsync("listen");
        Assert.Equal(["listen"], module.Calls);
    }

    [Fact]
    public void Components_import_their_scripts_in_this_way_only()
    {
        var importing = SourceTree.App(".razor", ".cs").Where(f => f.Value.Contains("<IJSObjectReference>(", StringComparison.Ordinal)).Select(f => f.Key);
        Assert.Equal(["LogisticsAdmin/Shared/Ui/ComponentScript.cs"], importing);
    }

    private sealed class LateScripts : IJSRuntime
    {
        public TaskCompletionSource<IJSObjectReference> Import { get; set; } = new();

        public async ValueTask<T> InvokeAsync<T>(string identifier, object?[]? args) => (T)await Import.Task;

        public ValueTask<T> InvokeAsync<T>(string identifier, CancellationToken cancellationToken, object?[]? args) => InvokeAsync<T>(identifier, args);
    }

    private sealed class Module(Exception? failure = null) : IJSObjectReference
    {
        private readonly TaskCompletionSource _released = new();

        public List<string> Calls { get; } = [];
        public Task Released => _released.Task;
        public bool IsReleased => _released.Task.IsCompleted;

        public ValueTask<T> InvokeAsync<T>(string identifier, object?[]? args)
        {
            Calls.Add(identifier);
            return default;
        }

        public ValueTask<T> InvokeAsync<T>(string identifier, CancellationToken cancellationToken, object?[]? args) => InvokeAsync<T>(identifier, args);

        public ValueTask DisposeAsync()
        {
            _released.TrySetResult();
            return failure is null ? default : ValueTask.FromException(failure);
        }
    }
}
