using LogisticsAdmin.Features.Repairs.Tickets;

namespace LogisticsAdmin.Features.Repairs.Phone;

/// <summary>What a technician's page says after a verb was done: key "Jobs.Ok.…" of the slice's words.</summary>
internal static class JobConfirmations
{
    public static readonly string[] Known =
        [.. new[] { RepairVerb.Take, RepairVerb.Decline, RepairVerb.Start, RepairVerb.Hold, RepairVerb.Resume, RepairVerb.Complete, RepairVerb.Comment, RepairVerb.RequestExtension }.Select(Of)];

    public static string Of(RepairVerb verb) => verb.ToString().ToLowerInvariant();
}
