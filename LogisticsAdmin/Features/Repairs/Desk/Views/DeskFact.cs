namespace LogisticsAdmin.Features.Repairs.Desk.Views;

/// <summary>What a row of the desk can show in addition to status, fault and limit.</summary>
[Flags]
public enum DeskFact
{
    Number = 1,
    Place = 2,
    Category = 4,
    Who = 8,
    Submitted = 16,
    Phone = 32,
    Reporter = 64,
}
