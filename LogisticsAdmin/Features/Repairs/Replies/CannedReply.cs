using LogisticsAdmin.Features.Repairs.ServiceLevels;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Replies;

/// <summary>Marker of the words of canned replies: RepliesText.resx (English) and RepliesText.zh-CN.resx.</summary>
public sealed class RepliesText;

/// <summary>
/// 常用语: a text the office sends again and again, shared or somebody's own. With an act it is a macro: what is sent is said and done at once.
/// </summary>
public sealed class CannedReply : Versioned, IRetirable, IAudited
{
    private CannedReply() { }

    public CannedReply(long? ownerId) => OwnerId = ownerId;

    /// <summary>Whose it is; null when the whole office uses it.</summary>
    public long? OwnerId { get; private set; }
    public string Name { get; private set; } = "";
    public string NameEn { get; private set; } = "";

    /// <summary>Either language may be empty: then the other one is sent.</summary>
    public string Text { get; private set; } = "";
    public string TextEn { get; private set; } = "";

    /// <summary>Typed as /shortcut in the reply; unique among the living of its owner.</summary>
    public string? Shortcut { get; private set; }

    /// <summary>Sent as a note that only staff read.</summary>
    public bool Internal { get; private set; }

    /// <summary>What a macro does besides; with the member name the verb needs.</summary>
    public RepairVerb? Verb { get; private set; }
    public string? Code { get; private set; }

    public DateTimeOffset? RetiredAt { get; private set; }
    public long? RetiredById { get; private set; }

    public void Describe(LocalName name, LocalName text, string? shortcut, bool isInternal, ReplyAct? act)
    {
        var (zh, en) = (CleanText.Code(name.Zh), CleanText.Code(name.En));
        (Name, NameEn) = (zh.Length > 0 ? zh : en, en);
        (Text, TextEn) = (text.Zh.Trim(), text.En.Trim());
        Shortcut = Normalize(shortcut);
        Internal = isInternal;
        (Verb, Code) = (act?.Verb, act?.Code);
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

    /// <summary>A shortcut as it is stored and compared; null when none was typed.</summary>
    public static string? Normalize(string? typed) =>
        CleanText.Code(typed).TrimStart('/').ToLowerInvariant() is { Length: > 0 } shortcut ? shortcut : null;
}

/// <summary>The verb of a macro, and the member name it needs: a hold reason, an urgency.</summary>
public sealed record ReplyAct(RepairVerb Verb, string? Code = null)
{
    /// <summary>Verbs that need no more than a choice made beforehand.</summary>
    public static readonly IReadOnlyList<RepairVerb> Verbs =
        [RepairVerb.Triage, RepairVerb.Hold, RepairVerb.Resume, RepairVerb.ChangeUrgency, RepairVerb.Verify];

    public HoldReason? Reason => Verb == RepairVerb.Hold ? Member<HoldReason>() : null;

    public Urgency? Urgency => Verb == RepairVerb.ChangeUrgency ? Member<Urgency>() : null;

    /// <summary>Whether it names a verb a macro may have, with just the member this verb needs.</summary>
    public bool IsWhole => Verbs.Contains(Verb) && Verb switch
    {
        RepairVerb.Hold => Reason is not null,
        RepairVerb.ChangeUrgency => Urgency is not null,
        _ => Code is null,
    };

    private T? Member<T>() where T : struct, Enum => Enum.TryParse<T>(Code, out var member) && Enum.IsDefined(member) ? member : null;
}
