namespace LogisticsAdmin.Features.Orders.Shelf;

/// <summary>An answer in a file.</summary>
public enum YesNo
{
    Yes = 1,
    No = 2,
}
