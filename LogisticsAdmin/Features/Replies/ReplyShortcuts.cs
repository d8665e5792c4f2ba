using System.Text.RegularExpressions;

namespace LogisticsAdmin.Features.Replies;

/// <summary>Finds /shortcut in what is being written: at the beginning or after a space, and followed by a space.</summary>
public static partial class ReplyShortcuts
{
    /// <summary>The last shortcut in the text, as it is stored; null when there is none.</summary>
    public static string? Typed(string text) =>
        Whole().Matches(text) is { Count: > 0 } found ? CannedReply.Normalize(found[^1].Groups["shortcut"].Value) : null;

    [GeneratedRegex(@"(?<!\S)/(?<shortcut>[\p{L}\p{N}\-]{2,20})(?=\s)")]
    private static partial Regex Whole();
}
