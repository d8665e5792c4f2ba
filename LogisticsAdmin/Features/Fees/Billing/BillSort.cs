namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>By what bills are sorted.</summary>
public enum BillSort
{
    Newest = 1,
    Amount = 2,
    Usage = 3,
    Period = 4,
}
