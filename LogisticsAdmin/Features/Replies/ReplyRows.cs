using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.WebUtilities;

namespace LogisticsAdmin.Features.Replies;

/// <summary>One canned reply in the list where replies are edited.</summary>
public sealed record ReplyRow(
    long Id, long Version, bool IsShared, string Name, string NameEn, string Text, string TextEn, string? Shortcut, bool Internal,
    string? Verb, string? Code, DateTimeOffset? RetiredAt)
{
    /// <summary>Whether the reader may change it.</summary>
    public bool MayChange { get; init; }
    public LocalName DisplayName => new(Name, NameEn);
    public MacroAction? Action => Verb is { } verb ? new MacroAction(verb, Code) : null;
}

public sealed record ReplyFilter
{
    /// <summary>Part of a name, text or shortcut.</summary>
    public string? Text { get; init; }
    public bool Retired { get; init; }

    /// <summary>The query string of the export.</summary>
    public string ToQuery() => QueryHelpers.AddQueryString("", new Dictionary<string, string?>
    {
        ["q"] = string.IsNullOrWhiteSpace(Text) ? null : Text,
        ["retired"] = Retired ? "true" : null,
    });
}

/// <summary>A canned reply to choose from while writing.</summary>
public sealed record ReplyOffer(long Id, LocalName Name, string? Shortcut, bool IsShared, bool Internal, MacroAction? Action);

/// <summary>A canned reply with its placeholders filled.</summary>
public sealed record FilledReply(string Text, bool Internal, MacroAction? Action);
