namespace LogisticsAdmin.Features.Fees.MoveOut;

/// <summary>Addresses of pages about move-out statements, below the app's base.</summary>
public static class MoveOutAddresses
{
    public const string All = "fees/move-outs", Settings = "settings/move-outs";

    public static string New(long personId) => FormattableString.Invariant($"{All}/new?person={personId}");

    public static string Of(long id) => FormattableString.Invariant($"{All}/{id}");

    public static string Paper(string number) => $"{All}/{Uri.EscapeDataString(number)}.pdf";

    /// <summary>The page of whose statement it is.</summary>
    public static string OfMine(long id) => FormattableString.Invariant($"my/fees/move-outs/{id}");

    /// <summary>The same paper for whose statement it is.</summary>
    public static string Mine(string number) => $"my/fees/move-outs/{Uri.EscapeDataString(number)}.pdf";
}
