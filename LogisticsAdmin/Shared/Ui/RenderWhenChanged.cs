using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace LogisticsAdmin.Shared.Ui;

/// <summary>
/// A part of a live page that is rendered again only when <see cref="For"/> changes or an event occurs inside it, not with every changed row.
/// Otherwise a list that changes twenty times a second would rebuild its filters and menus as often.
/// </summary>
public sealed class RenderWhenChanged : ComponentBase
{
    private bool _isChanged = true;

    /// <summary>What the content shows; compared by value.</summary>
    [Parameter, EditorRequired] public object For { get; set; } = null!;
    [Parameter] public RenderFragment? ChildContent { get; set; }

    public override Task SetParametersAsync(ParameterView parameters)
    {
        var before = For;
        parameters.SetParameterProperties(this);
        _isChanged |= !Equals(before, For);
        return base.SetParametersAsync(ParameterView.Empty);
    }

    protected override bool ShouldRender() => _isChanged;

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.AddContent(0, ChildContent);
        _isChanged = false;
    }
}
