using System.Globalization;
using System.Text.RegularExpressions;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>An amount in yuan as people type it: also in full-width digits, from one fen to <see cref="FeesLimits.Amount"/>.</summary>
internal static partial class TypedAmount
{
    /// <summary>Refuses at the field what is no amount, is finer than a fen or out of range. <paramref name="signed"/>: below zero is accepted.</summary>
    public static Money Parse(string? typed, string field, bool signed = false)
    {
        var clean = CleanText.Clean(typed).Replace(" ", "", StringComparison.Ordinal).TrimStart('¥').Replace("。", ".", StringComparison.Ordinal);
        if (clean.Length == 0) throw Rejected.At<PaymentsText>(field, "AmountMissing");
        if (!Number().IsMatch(clean) || !decimal.TryParse(clean, NumberStyles.Number, CultureInfo.InvariantCulture, out var yuan))
            throw Rejected.At<PaymentsText>(field, "AmountNoNumber");
        if (Math.Abs(yuan) > FeesLimits.Amount || yuan == 0 || (yuan < 0 && !signed))
            throw Rejected.At<PaymentsText>(field, "AmountRange", new Money(1), Money.FromYuan(FeesLimits.Amount));
        if (decimal.Round(yuan, 2) != yuan) throw Rejected.At<PaymentsText>(field, "AmountDecimals");
        return Money.FromYuan(yuan);
    }

    // A comma groups thousands or is a mistake, never a decimal point.
    [GeneratedRegex(@"^[+-]?([0-9]{1,18}|[0-9]{1,3}(,[0-9]{3}){1,5})(\.[0-9]{1,10})?$", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
