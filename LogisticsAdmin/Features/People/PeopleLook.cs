using LogisticsAdmin.Spreadsheets.Importing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.People;

/// <summary>How states look and read.</summary>
internal static class PeopleLook
{
    /// <summary>The reason as somebody typed it, or what stands for one.</summary>
    public static string Because(IStringLocalizer words, string because) => because == ImportKind.UndoneReason ? words["ImportUndone"] : because;

    public static string Pill(PersonState state) => state switch
    {
        PersonState.Expected => "new",
        PersonState.Active => "done",
        PersonState.Disabled => "late",
        _ => "hold",
    };
}
