using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Replies;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Work;

/// <summary>What a canned reply may do with a ticket when it is sent.</summary>
internal sealed class RepairMacroActions : IMacroActions
{
    public IReadOnlyList<MacroAction> Offered { get; } =
    [
        new(nameof(RepairVerb.Triage)),
        .. Enum.GetNames<HoldReason>().Select(reason => new MacroAction(nameof(RepairVerb.Hold), reason)),
        new(nameof(RepairVerb.Resume)),
        .. Enum.GetNames<Urgency>().Select(urgency => new MacroAction(nameof(RepairVerb.ChangeUrgency), urgency)),
        new(nameof(RepairVerb.Verify)),
    ];

    public bool Allows(string verb) => ReplyAction.Of(new MacroAction(verb)) is { } act && ReplyAction.Verbs.Contains(act.Verb);

    public bool IsComplete(MacroAction action) => ReplyAction.Of(action) is { IsComplete: true };

    public LocalName NameOf(MacroAction action)
    {
        var verb = LocalName.Of<TicketsText>($"RepairVerb.{action.Verb}");
        return ReplyAction.Of(action) switch
        {
            { Reason: { } reason } => Both(verb, LocalName.Of<TicketsText>($"HoldReason.{reason}")),
            { Urgency: { } urgency } => Both(verb, urgency.Name()),
            _ => verb,
        };
    }

    private static LocalName Both(LocalName verb, LocalName choice) => new($"{verb.Zh} · {choice.Zh}", $"{verb.En} · {choice.En}");
}
