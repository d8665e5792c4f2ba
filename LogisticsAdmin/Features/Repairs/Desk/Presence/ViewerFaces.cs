using System.Globalization;
using LogisticsAdmin.Live.Presence;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Repairs.Desk.Presence;

/// <summary>How viewers of a ticket are shown, shared by rows and the sheet.</summary>
internal static class ViewerFaces
{
    /// <summary>The maximum number of avatars; the text names everybody.</summary>
    public const int MaxFaces = 3;

    /// <summary>The avatar's letter. For a Chinese name it is the last character, because many people share a surname.</summary>
    public static string Initial(string name)
    {
        var letters = StringInfo.ParseCombiningCharacters(name);
        if (letters.Length == 0) return "";
        return char.IsAsciiLetter(name[0]) ? name[..1] : name[letters[^1]..];
    }

    public static string Names(SubjectPresence others, IStringLocalizer<DeskText> words) =>
        words["Presence.Looking", string.Join(" · ", others.Viewers.Select(v => v.Name))];
}
