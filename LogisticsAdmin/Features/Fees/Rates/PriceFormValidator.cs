using FluentValidation;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Rates;

/// <summary>What must hold of a price, and of the reason for it.</summary>
public abstract class PriceFormValidator<T> : AbstractValidator<T> where T : PriceForm
{
    private static readonly BillingCycle[] StepPeriods = [BillingCycle.Month, BillingCycle.Year];

    protected PriceFormValidator(Func<T, bool>? setsPrice = null)
    {
        When(f => setsPrice?.Invoke(f) != false && !f.SetsNoPrice, () =>
        {
            RuleFor(f => f.Steps).Must(AreSteps).WithMessage(_ => ValidatorNames.Word(typeof(RateForm), "Range.Steps"));
            RuleFor(f => f.StepPeriod).Must(p => StepPeriods.Contains(p));
            RuleFor(f => f.QuotaAmount).Must(q => q is null || (q > 0 && IsQuantity(q)))
                .WithMessage(_ => ValidatorNames.Word(typeof(RateForm), "Range.QuotaAmount"));
            RuleFor(f => f.QuotaBasis).IsInEnum();
            RuleFor(f => f.QuotaPeriod).IsInEnum();
            RuleFor(f => f.ExcludedMonths).Must(m => m.TrueForAll(n => n is >= 1 and <= 12) && m.Distinct().Count() == m.Count);
        });
        RuleFor(f => f.Reason).NotEmpty().NotInvisible().MaximumLength(FeesLimits.Reason);
        RuleFor(f => f.DocumentNumber).MaximumLength(FeesLimits.DocumentNumber);
    }

    private static bool AreSteps(List<StepForm> steps)
    {
        if (steps.Count is 0 or > FeesLimits.Steps) return false;
        var end = 0m;
        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i].Price is not (>= 0 and <= FeesLimits.Price and var price) || decimal.Round(price, 4) != price) return false;
            if (i == steps.Count - 1) continue;
            if (steps[i].UpTo is not { } bound || bound <= end || !IsQuantity(bound)) return false;
            end = bound;
        }
        return true;
    }

    private static bool IsQuantity(decimal? quantity) =>
        quantity is >= 0 and <= FeesLimits.Quantity && decimal.Round(quantity.Value, 4) == quantity.Value;
}
