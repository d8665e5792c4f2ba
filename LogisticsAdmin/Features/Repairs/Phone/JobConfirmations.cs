using LogisticsAdmin.Features.Repairs.Tickets;

namespace LogisticsAdmin.Features.Repairs.Phone;

/// <summary>The confirmation shown to a technician after an action: resource "Jobs.Ok.…" of PhoneText.</summary>
internal static class JobConfirmations
{
    public static readonly string[] Known =
    [
        .. new[]
        {
            RepairVerb.Take, RepairVerb.Decline, RepairVerb.Arrive, RepairVerb.Start, RepairVerb.Hold, RepairVerb.Resume, RepairVerb.Complete,
            RepairVerb.Comment, RepairVerb.RequestExtension, RepairVerb.Undo,
        }.Select(Of),
    ];

    public static string Of(RepairVerb verb) => verb.ToString().ToLowerInvariant();
}
