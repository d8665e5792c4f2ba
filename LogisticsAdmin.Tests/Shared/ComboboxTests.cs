using AngleSharp.Dom;
using Bunit;
using LogisticsAdmin.Shared.Ui;
using LogisticsAdmin.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Xunit;

namespace LogisticsAdmin.Tests.Shared;

/// <summary>Selecting one of many items by typing, with the keyboard alone and for screen readers.</summary>
public sealed class ComboboxTests : IAsyncDisposable
{
    private static readonly string[] Taps = ["三角阀", "三通", "水龙头"];

    private readonly BunitContext _page = new();
    private readonly IRenderedComponent<Combobox<string>> _box;
    private string? _chosen;

    public ComboboxTests()
    {
        _page.JSInterop.Mode = JSRuntimeMode.Loose;
        _page.JSInterop.SetupModule("./Shared/Ui/Combobox.razor.js").Mode = JSRuntimeMode.Loose;
        RenderFragment<string> option = tap => builder => builder.AddContent(0, tap);
        _box = _page.Render<Combobox<string>>(p => p
            .Add(b => b.Id, "tap").Add(b => b.Label, "Part").Add(b => b.NothingFound, "No such part.")
            .Add(b => b.Find, typed => Task.FromResult<IReadOnlyList<string>>([.. Taps.Where(t => t.Contains(typed, StringComparison.Ordinal))]))
            .Add(b => b.KeyOf, tap => tap).Add(b => b.TextOf, tap => $"[{tap}]").Add(b => b.ChildContent, option)
            .Add(b => b.ValueChanged, tap => _chosen = tap));
    }

    public ValueTask DisposeAsync() => _page.DisposeAsync();

    [Fact]
    public async Task Typing_opens_a_list_whose_first_option_is_marked_for_screen_readers()
    {
        Assert.Equal("false", Input.GetAttribute("aria-expanded"));
        Assert.False(Input.HasAttribute("aria-activedescendant"));
        await TypeAsync("三", 2);

        Assert.Equal("true", Input.GetAttribute("aria-expanded"));
        Assert.Equal(_box.Find("[role=listbox]").Id, Input.GetAttribute("aria-controls"));
        Assert.Equal(_box.Find("[role=option][aria-selected=true]").Id, Input.GetAttribute("aria-activedescendant"));
        Assert.Equal("三角阀", _box.Find("[aria-selected=true]").TextContent);
        Assert.Null(_chosen);
    }

    [Fact]
    public async Task Arrows_go_round_the_list_and_Enter_chooses()
    {
        await TypeAsync("三", 2);
        await PressAsync("ArrowDown");
        Assert.Equal("三通", _box.Find("[aria-selected=true]").TextContent);
        await PressAsync("ArrowDown");
        Assert.Equal("三角阀", _box.Find("[aria-selected=true]").TextContent);
        await PressAsync("ArrowUp");
        await PressAsync("Enter");

        Assert.Equal("三通", _chosen);
        Assert.Equal("[三通]", Input.GetAttribute("value"));
        Assert.Empty(_box.FindAll("[role=listbox]"));
    }

    [Fact]
    public async Task Typing_on_takes_the_choice_back()
    {
        await TypeAsync("水", 1);
        await _box.Find("[role=option]").ClickAsync();
        Assert.Equal("水龙头", _chosen);
        _box.Render(p => p.Add(b => b.Value, _chosen));

        await Input.InputAsync("");
        Assert.Null(_chosen);
    }

    [Fact]
    public async Task Escape_closes_the_list_and_keeps_what_was_typed()
    {
        await TypeAsync("三", 2);
        await PressAsync("Escape");
        Assert.Empty(_box.FindAll("[role=listbox]"));
        Assert.Equal("三", Input.GetAttribute("value"));
        Assert.Null(_chosen);
    }

    [Fact]
    public async Task What_is_not_found_is_said()
    {
        await Input.InputAsync("瓷砖");
        await _box.WaitForAssertionAsync(() => Assert.Equal("No such part.", _box.Find("[role=status]").TextContent), TestTimeouts.Default);
    }

    [Fact]
    public async Task A_draft_brings_the_choice_back()
    {
        await Input.InputAsync("三");
        await _box.Find("#tap-chosen").ChangeAsync("三通");
        Assert.Equal("三通", _chosen);
        Assert.Equal("[三通]", Input.GetAttribute("value"));
    }

    private IElement Input => _box.Find("#tap");

    private async Task TypeAsync(string typed, int found)
    {
        await Input.InputAsync(typed);
        await _box.WaitForAssertionAsync(() => Assert.Equal(found, _box.FindAll("[role=option]").Count), TestTimeouts.Default);
    }

    private Task PressAsync(string key) => Input.KeyDownAsync(new KeyboardEventArgs { Key = key });
}
