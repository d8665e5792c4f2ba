using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Arrears;

/// <summary>
/// What an account owes. <paramref name="All"/>: what is unpaid of it, the newest first; <paramref name="Parts"/>: what of it is asked for, at least one.
/// </summary>
internal sealed record Debt(long AccountId, IReadOnlyList<UnpaidPart> All, IReadOnlyList<UnpaidPart> Parts)
{
    public Money Owed { get; } = new(Parts.Sum(p => p.Fen));

    public DateOnly Oldest { get; } = Parts.Min(p => p.Day);
}
