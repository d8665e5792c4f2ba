using System.Globalization;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Shared;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Fees.Rates;

/// <summary>Prices in words, and how a charge comes about: 120 度 = 免费 40 + 80 × 0.4943 = 39.54 元.</summary>
public sealed class RateArithmetic(IStringLocalizer<RatesText> words, IStringLocalizer<FeesText> fees)
{
    /// <summary>A price with at least two and at most four decimals.</summary>
    public static string Price(decimal price) => price.ToString("#,##0.00##", CultureInfo.InvariantCulture);

    /// <summary>A quantity without zeros at the end.</summary>
    public static string Quantity(decimal quantity) => quantity.ToString("#,##0.####", CultureInfo.InvariantCulture);

    /// <summary>The charge of one rate, spelled out.</summary>
    public string Spell(Charge charge, decimal quantity, LocalName unit)
    {
        var part = charge.Parts[0];
        List<string> parts = [.. part.Lines.Select(l => $"{Quantity(l.Quantity)} × {Price(l.Price)}")];
        if (part.QuotaUsed > 0) parts.Insert(0, words["FreePart", Quantity(part.QuotaUsed)]);
        if (parts.Count == 0) parts.Add("0");
        return words["Arithmetic", Quantity(quantity), unit, string.Join(" + ", parts), charge.Amount.Yuan.ToString("N2", CultureInfo.InvariantCulture)];
    }

    /// <summary>The steps of a price, one each.</summary>
    public IReadOnlyList<string> Steps(PriceRule rule)
    {
        if (!rule.SetsPrice) return [words["NoPrice"]];
        if (rule.Steps.Count == 1) return [Price(rule.Steps[0].Price)];
        var period = rule.StepPeriod;
        return
        [
            .. rule.Steps.Select(s => s.UpTo is { } end
                ? words[period == BillingCycle.Year ? "UpToInYear" : "UpTo", Quantity(end), Price(s.Price)].Value
                : words["Beyond", Price(s.Price)].Value),
        ];
    }

    /// <summary>The free quota in words; null where there is none.</summary>
    public string? Quota(PriceRule rule, LocalName unit)
    {
        if (rule.Quota is not { } quota) return null;
        var text = words["QuotaOf", Quantity(quota.Amount), unit, fees[$"QuotaBasis.{quota.Basis}"], fees[$"BillingCycle.{quota.Period}"]].Value;
        if (quota.ExcludedMonths.Count > 0) text = words["QuotaExcept", text, string.Join(", ", quota.ExcludedMonths)];
        return quota.CarriesOver ? words["QuotaCarried", text] : text;
    }
}
