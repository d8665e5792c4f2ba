using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Repairs.Replies;

internal static class ReplyLook
{
    /// <summary>What a macro does, in the words of the buttons on the sheet.</summary>
    public static string Told(this ReplyAct act, IStringLocalizer<RepairsText> repair) =>
        act.Reason is { } reason ? $"{repair["RepairVerb.Hold"]} · {repair[$"HoldReason.{reason}"]}"
        : act.Urgency is { } urgency ? $"{repair["RepairVerb.ChangeUrgency"]} · {repair[$"Urgency.{urgency}"]}"
        : repair[$"RepairVerb.{act.Verb}"];
}
