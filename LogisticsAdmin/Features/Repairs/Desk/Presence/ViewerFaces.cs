using System.Globalization;
using LogisticsAdmin.Live.Presence;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Repairs.Desk.Presence;

/// <summary>How people at a ticket are shown, in rows and on the sheet alike.</summary>
internal static class ViewerFaces
{
    /// <summary>So many have a face; the words name them all.</summary>
    public const int Most = 3;

    /// <summary>The last character of a Chinese name tells colleagues apart better than the surname that many share.</summary>
    public static string Initial(string name)
    {
        var letters = StringInfo.ParseCombiningCharacters(name);
        if (letters.Length == 0) return "";
        return char.IsAsciiLetter(name[0]) ? name[..1] : name[letters[^1]..];
    }

    public static string Names(SubjectPresence others, IStringLocalizer words) =>
        words["Presence.Looking", string.Join(" · ", others.Viewers.Select(v => v.Name))];
}
