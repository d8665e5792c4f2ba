using System.Globalization;

namespace LogisticsAdmin.Features.Places;

/// <summary>The order of codes and room numbers: 512 before 1001, Z3 before Z12.</summary>
internal static class PlaceOrder
{
    public static readonly IComparer<string> Codes = StringComparer.Create(CultureInfo.InvariantCulture, CompareOptions.NumericOrdering);
}
