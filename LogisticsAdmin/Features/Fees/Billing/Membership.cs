namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>The days on which somebody belongs to a resident group.</summary>
public sealed record Membership(long GroupId, long PersonId, DateOnly First, DateOnly? Last)
{
    public bool Covers(DateOnly first, DateOnly last) => First <= first && (Last is null || Last >= last);
}
