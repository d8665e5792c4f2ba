using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace LogisticsAdmin.Shared.Ui;

/// <summary>
/// A part of a live page that stands still while the page's rows change: it is rendered when <see cref="For"/> is another, and by what
/// happens within it. A list that changes twenty times a second would else build its filters and menus as often.
/// </summary>
public sealed class Still : ComponentBase
{
    private bool _isOther = true;

    /// <summary>What the content shows; compared by value.</summary>
    [Parameter, EditorRequired] public object For { get; set; } = null!;
    [Parameter] public RenderFragment? ChildContent { get; set; }

    public override Task SetParametersAsync(ParameterView parameters)
    {
        var before = For;
        parameters.SetParameterProperties(this);
        _isOther |= !Equals(before, For);
        return base.SetParametersAsync(ParameterView.Empty);
    }

    protected override bool ShouldRender() => _isOther;

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.AddContent(0, ChildContent);
        _isOther = false;
    }
}
