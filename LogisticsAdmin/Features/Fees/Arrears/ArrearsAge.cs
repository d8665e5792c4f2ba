namespace LogisticsAdmin.Features.Fees.Arrears;

/// <summary>账龄: how long something has been unpaid, in days since it was charged.</summary>
public enum ArrearsAge
{
    UpTo30 = 1,
    UpTo60 = 2,
    UpTo90 = 3,
    Over90 = 4,
}
