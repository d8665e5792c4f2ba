using FluentValidation;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Metering;

/// <summary>A reading of a meter, or the correction of one.</summary>
public sealed class ReadingForm
{
    public long? MeterId { get; set; }
    public DateOnly? Day { get; set; }

    /// <summary>As the counter shows it.</summary>
    public decimal? Value { get; set; }

    /// <summary>New for each empty form, so that a form sent twice is one reading.</summary>
    public Guid? Key { get; set; }

    /// <summary>Why a doubtful reading is right, or why one is corrected.</summary>
    public string? Reason { get; set; }

    /// <summary>A photo of the counter that <see cref="ReadingPhotos"/> has stored.</summary>
    public Guid? Photo { get; set; }

    /// <summary>The doubts that the reason answers.</summary>
    public IReadOnlyList<ReadingDoubtKind> Confirmed { get; set; } = [];
}

public sealed class ReadingFormValidator : AbstractValidator<ReadingForm>
{
    public ReadingFormValidator()
    {
        RuleFor(f => f.Day).NotNull().InclusiveBetween(MeterLimits.FirstDay, MeterLimits.LastDay);
        RuleFor(f => f.Value).NotNull().IsReading(typeof(ReadingForm));
        RuleFor(f => f.Reason).MaximumLength(FeesLimits.Note).NotInvisible();
    }
}

internal static class ReadingFormRules
{
    /// <summary>Not negative, with at most four decimals.</summary>
    public static IRuleBuilderOptions<T, decimal?> IsReading<T>(this IRuleBuilder<T, decimal?> rule, Type form) =>
        rule.Must(value => value is null or >= 0 and <= FeesLimits.Quantity && decimal.Round(value ?? 0, 4) == (value ?? 0))
            .WithMessage(_ => ValidatorNames.Word(form, "Range.Reading"));
}
