namespace LogisticsAdmin.Features.Orders.Shelf;

/// <summary>Limits of what may be typed, in characters or pieces.</summary>
public static class OrdersLimits
{
    public const int Code = 20;
    public const int Name = 80;
    public const int NameEn = 120;
    public const int Unit = 12;
    public const int Text = 200;
    public const int Reason = 200;
    public const int Wish = 60;
    public const int Review = 300;

    /// <summary>Of a line of an order, of portions of a meal, and of one movement.</summary>
    public const int Quantity = 99;
    public const int Portions = 9_999;
    public const int Movement = 99_999;

    /// <summary>A stock, so that its sum never overflows.</summary>
    public const int Stock = 9_999_999;

    public const int Lines = 30;
    public const decimal Price = 9_999.99m;

    /// <summary>Letters, digits and dashes.</summary>
    public const string CodePattern = "^[A-Za-z0-9][A-Za-z0-9-]*$";

    /// <summary>Numbers of orders (订餐订物).</summary>
    public const string Series = "DC";
}
