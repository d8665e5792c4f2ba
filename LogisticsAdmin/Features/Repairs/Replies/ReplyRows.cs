using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.WebUtilities;

namespace LogisticsAdmin.Features.Repairs.Replies;

/// <summary>One canned reply as those who keep it see it in the list.</summary>
public sealed record ReplyRow(
    long Id, long Version, bool IsShared, string Name, string NameEn, string Text, string TextEn, string? Shortcut, bool Internal,
    RepairVerb? Verb, string? Code, DateTimeOffset? RetiredAt)
{
    /// <summary>Whether the reader may change it.</summary>
    public bool MayKeep { get; init; }
    public LocalName Called => new(Name, NameEn);
    public ReplyAct? Act => Verb is { } verb ? new ReplyAct(verb, Code) : null;
}

public sealed record ReplyFilter
{
    /// <summary>Part of a name, text or shortcut.</summary>
    public string? Text { get; init; }
    public bool Retired { get; init; }

    /// <summary>As the export's address spells it.</summary>
    public string ToQuery() => QueryHelpers.AddQueryString("", new Dictionary<string, string?>
    {
        ["q"] = string.IsNullOrWhiteSpace(Text) ? null : Text,
        ["retired"] = Retired ? "true" : null,
    });
}

/// <summary>What the reply box offers.</summary>
public sealed record ReplyOffer(long Id, LocalName Name, string? Shortcut, bool IsShared, bool Internal, ReplyAct? Act);

/// <summary>A canned reply made out for one ticket.</summary>
public sealed record FilledReply(string Text, bool Internal, ReplyAct? Act);
