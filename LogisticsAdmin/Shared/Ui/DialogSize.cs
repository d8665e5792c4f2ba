using MudBlazor;

namespace LogisticsAdmin.Shared.Ui;

/// <summary>The sizes of dialogs. The page's script, not MudBlazor, puts the focus on the field marked autofocus.</summary>
public static class DialogSize
{
    public static readonly DialogOptions Narrow = Of(MaxWidth.Small);
    public static readonly DialogOptions Wide = Of(MaxWidth.Medium);

    /// <summary>Closed by its own button alone, for what is shown only once.</summary>
    public static readonly DialogOptions NarrowUntilConfirmed = Narrow with { CloseOnEscapeKey = false, BackdropClick = false, CloseButton = false };

    private static DialogOptions Of(MaxWidth width) =>
        new() { MaxWidth = width, FullWidth = true, CloseOnEscapeKey = true, CloseButton = true, DefaultFocus = DefaultFocus.None };
}
