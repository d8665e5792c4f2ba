using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Replies;

/// <summary>
/// 常用语: a text that the office sends again and again, shared or somebody's own. With an action it is a macro: sending the reply also
/// does something.
/// </summary>
public sealed class CannedReply : Versioned, IRetirable, IAudited
{
    private CannedReply() { }

    public CannedReply(long? ownerId) => OwnerId = ownerId;

    /// <summary>Null when it is shared by the whole office.</summary>
    public long? OwnerId { get; private set; }
    public string Name { get; private set; } = "";
    public string NameEn { get; private set; } = "";

    /// <summary>One of the two languages may be empty; then the other one is sent.</summary>
    public string Text { get; private set; } = "";
    public string TextEn { get; private set; } = "";

    /// <summary>Typed as /shortcut in a reply; unique among the replies of its owner that are not retired.</summary>
    public string? Shortcut { get; private set; }

    /// <summary>Sent as a note that only staff can read.</summary>
    public bool Internal { get; private set; }

    /// <summary>The action of a macro, see <see cref="MacroAction"/>.</summary>
    public string? Verb { get; private set; }
    public string? Code { get; private set; }

    public DateTimeOffset? RetiredAt { get; private set; }
    public long? RetiredById { get; private set; }

    public void Describe(LocalName name, LocalName text, string? shortcut, bool isInternal, MacroAction? action)
    {
        var (zh, en) = (CleanText.Clean(name.Zh), CleanText.Clean(name.En));
        (Name, NameEn) = (zh.Length > 0 ? zh : en, en);
        (Text, TextEn) = (text.Zh.Trim(), text.En.Trim());
        Shortcut = Normalize(shortcut);
        Internal = isInternal;
        (Verb, Code) = (action?.Verb, action?.Code);
    }

    public void Retire(long by, DateTimeOffset at)
    {
        if (RetiredAt is not null) throw Rejected.Because<RepliesText>("AlreadyRetired", Name);
        (RetiredAt, RetiredById) = (at, by);
    }

    public void Restore()
    {
        if (RetiredAt is null) throw Rejected.Because<RepliesText>("NotRetired", Name);
        (RetiredAt, RetiredById) = (null, null);
    }

    /// <summary>The shortcut as it is stored and compared; null when none was typed.</summary>
    public static string? Normalize(string? typed) =>
        CleanText.Clean(typed).TrimStart('/').ToLowerInvariant() is { Length: > 0 } shortcut ? shortcut : null;
}
