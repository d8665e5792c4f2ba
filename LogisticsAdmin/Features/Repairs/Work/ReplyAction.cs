using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Replies;
using LogisticsAdmin.Features.ServiceLevels;

namespace LogisticsAdmin.Features.Repairs.Work;

/// <summary>The verb of a macro, and the name of the member it needs: a hold reason, an urgency.</summary>
public sealed record ReplyAction(RepairVerb Verb, string? Code = null)
{
    /// <summary>Verbs that need no more than a choice made beforehand.</summary>
    public static readonly IReadOnlyList<RepairVerb> Verbs =
        [RepairVerb.Triage, RepairVerb.Hold, RepairVerb.Resume, RepairVerb.ChangeUrgency, RepairVerb.Verify];

    public HoldReason? Reason => Verb == RepairVerb.Hold ? Member<HoldReason>() : null;

    public Urgency? Urgency => Verb == RepairVerb.ChangeUrgency ? Member<Urgency>() : null;

    /// <summary>Whether a macro may have the verb, with just the member this verb needs.</summary>
    public bool IsComplete => Verbs.Contains(Verb) && Verb switch
    {
        RepairVerb.Hold => Reason is not null,
        RepairVerb.ChangeUrgency => Urgency is not null,
        _ => Code is null,
    };

    /// <summary>Null when the name is no verb's.</summary>
    public static ReplyAction? Of(MacroAction action) => Parse<RepairVerb>(action.Verb) is { } verb ? new ReplyAction(verb, action.Code) : null;

    private T? Member<T>() where T : struct, Enum => Parse<T>(Code);

    private static T? Parse<T>(string? name) where T : struct, Enum => Enum.TryParse<T>(name, out var member) && Enum.IsDefined(member) ? member : null;
}
