namespace LogisticsAdmin.Features.Fees.Figures;

/// <summary>账龄: how long ago an unpaid amount was charged.</summary>
internal enum DebtAge
{
    /// <summary>At most 30 days.</summary>
    Days30 = 1,
    Days60 = 2,
    Days90 = 3,
    Older = 4,
}
