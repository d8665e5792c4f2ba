using FluentValidation;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Costs;

/// <summary>Limits of the form fields for parts and labour.</summary>
public static class CostLimits
{
    public const int Code = 20;
    public const int Name = 80;
    public const int Unit = 12;
    public const decimal Price = 99_999.99m;
    public const decimal Quantity = 9_999;
    public const int Minutes = 1_440;

    /// <summary>Letters, digits and dashes, as on a shelf label. Letters are stored in upper case.</summary>
    public const string CodePattern = "^[A-Za-z0-9][A-Za-z0-9-]*$";
}

/// <summary>A new part, or changes to one; then Version is the version that the form was opened with, and the code is not changed.</summary>
public sealed class PartForm
{
    public long Version { get; set; }
    public string? Code { get; set; }
    public string? Name { get; set; }
    public string? NameEn { get; set; }
    public string? Unit { get; set; }
    public string? UnitEn { get; set; }
    public decimal? Price { get; set; }
}

public sealed class PartFormValidator : AbstractValidator<PartForm>
{
    public PartFormValidator()
    {
        RuleFor(f => f.Code).NotEmpty().MaximumLength(CostLimits.Code).Matches(CostLimits.CodePattern);
        RuleFor(f => f.Name).NotEmpty().NotInvisible().MaximumLength(CostLimits.Name);
        RuleFor(f => f.NameEn).MaximumLength(CostLimits.Name);
        RuleFor(f => f.Unit).NotEmpty().NotInvisible().MaximumLength(CostLimits.Unit);
        RuleFor(f => f.UnitEn).MaximumLength(CostLimits.Unit);
        RuleFor(f => f.Price).NotNull().IsMoney(typeof(PartForm));
    }
}

/// <summary>A crew's new hourly rate.</summary>
public sealed class LabourRateForm
{
    public decimal? PricePerHour { get; set; }

    /// <summary>The current rate when the form was opened; null when there was none.</summary>
    public long? ExpectedRateId { get; set; }
}

public sealed class LabourRateFormValidator : AbstractValidator<LabourRateForm>
{
    public LabourRateFormValidator() => RuleFor(f => f.PricePerHour).NotNull().IsMoney(typeof(LabourRateForm));
}

/// <summary>Records a quantity of a part as used.</summary>
public sealed class UsePartForm
{
    public long? PartId { get; set; }
    public decimal? Quantity { get; set; }

    /// <summary>New for each empty form, so that a form sent twice is recorded once.</summary>
    public Guid? Key { get; set; }
}

public sealed class UsePartFormValidator : AbstractValidator<UsePartForm>
{
    public UsePartFormValidator()
    {
        RuleFor(f => f.PartId).NotNull();
        RuleFor(f => f.Quantity).NotNull().Must(q => q is null or (> 0 and <= CostLimits.Quantity) && decimal.Round(q ?? 0, 2) == (q ?? 0))
            .WithMessage(_ => ValidatorNames.Word(typeof(UsePartForm), "Range.Quantity"));
    }
}

/// <summary>Records minutes of work.</summary>
public sealed class UseLabourForm
{
    public int? Minutes { get; set; }
    public Guid? Key { get; set; }
}

public sealed class UseLabourFormValidator : AbstractValidator<UseLabourForm>
{
    public UseLabourFormValidator() => RuleFor(f => f.Minutes).NotNull().Must(m => m is null or (>= 1 and <= CostLimits.Minutes))
        .WithMessage(_ => ValidatorNames.Word(typeof(UseLabourForm), "Range.Minutes"));
}

internal static class CostRules
{
    /// <summary>Zero to <see cref="CostLimits.Price"/>, with at most two decimals.</summary>
    public static IRuleBuilderOptions<T, decimal?> IsMoney<T>(this IRuleBuilder<T, decimal?> rule, Type form) =>
        rule.Must(price => price is null or (>= 0 and <= CostLimits.Price) && decimal.Round(price ?? 0, 2) == (price ?? 0))
            .WithMessage(_ => ValidatorNames.Word(form, "Range.Price"));
}
