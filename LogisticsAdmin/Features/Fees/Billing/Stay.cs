namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>An occupancy in days of the office's time zone. <paramref name="MovedOut"/> is null while they live there.</summary>
public sealed record Stay(long PersonId, long RoomId, DateOnly First, DateOnly? MovedOut);
