namespace LogisticsAdmin.Features.Fees.Pricing;

/// <summary>Whose account a fee is charged to.</summary>
public enum FeePayer
{
    Room = 1,
    Person = 2,
}
