namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>Addresses of pages about payments, below the app's base.</summary>
public static class PaymentAddresses
{
    public const string Mine = "my/pay";

    /// <summary>The payer's page of an order, to which gateways lead back.</summary>
    public static string Order(string number) => $"{Mine}?order={Uri.EscapeDataString(number)}";

    public static string Receipt(string number) => $"my/fees/receipts/{Uri.EscapeDataString(number)}.pdf";

    public static string Account(long id) => FormattableString.Invariant($"fees/accounts/{id}");
}
