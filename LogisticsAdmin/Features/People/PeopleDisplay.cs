using LogisticsAdmin.Spreadsheets.Importing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.People;

/// <summary>Css classes and texts of states.</summary>
internal static class PeopleDisplay
{
    /// <summary>The reason as typed, or the text of a predefined one.</summary>
    public static string Because(IStringLocalizer words, string because) => because == ImportKind.UndoneReason ? words["ImportUndone"] : because;

    public static string Pill(PersonState state) => state switch
    {
        PersonState.Expected => "new",
        PersonState.Active => "done",
        PersonState.Disabled => "late",
        _ => "hold",
    };
}
