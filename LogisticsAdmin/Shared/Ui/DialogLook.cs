using MudBlazor;

namespace LogisticsAdmin.Shared.Ui;

/// <summary>How dialogs stand on the page. The page's script puts the focus on the field marked autofocus.</summary>
public static class DialogLook
{
    public static readonly DialogOptions Narrow = new() { MaxWidth = MaxWidth.Small, FullWidth = true, CloseOnEscapeKey = true, CloseButton = true, DefaultFocus = DefaultFocus.None };
    public static readonly DialogOptions Wide = new() { MaxWidth = MaxWidth.Medium, FullWidth = true, CloseOnEscapeKey = true, CloseButton = true, DefaultFocus = DefaultFocus.None };
}
