namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>A room or person that a run comes to: what the bill is computed from, or why there is none.</summary>
public sealed record BillCase(long Id, string Subject, long? RoomId, long? PersonId, BillProof? Proof, LeftOutReason? Reason);
