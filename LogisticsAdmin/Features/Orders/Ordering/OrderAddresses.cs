namespace LogisticsAdmin.Features.Orders.Ordering;

/// <summary>Addresses of a person's own orders.</summary>
public static class OrderAddresses
{
    public const string Mine = "my/orders";

    public static string Order(string number) => $"{Mine}/{Uri.EscapeDataString(number)}";

    /// <summary>Of an order after a form was accepted: the browser forgets what it kept of it.</summary>
    public static string Accepted(string number) => $"{Order(number)}?ok=sent";

    /// <summary>Where a payment that was asked for is paid.</summary>
    public static string Pay(string payment) => $"my/pay?order={Uri.EscapeDataString(payment)}";
}
