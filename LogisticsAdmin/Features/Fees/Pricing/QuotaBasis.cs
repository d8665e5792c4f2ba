namespace LogisticsAdmin.Features.Fees.Pricing;

/// <summary>Whom a free quota is granted to.</summary>
public enum QuotaBasis
{
    Room = 1,

    /// <summary>Each person present, in part for part of the days.</summary>
    Person = 2,
}
