using FluentValidation;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Kinds;

/// <summary>A kind of fee as it is typed.</summary>
public sealed class FeeKindForm
{
    public long Version { get; set; }
    public string? Code { get; set; }
    public string? Name { get; set; }
    public string? NameEn { get; set; }
    public string? Unit { get; set; }
    public string? UnitEn { get; set; }
    public FeeMeasure Measure { get; set; } = FeeMeasure.Unit;
    public FeePayer Payer { get; set; } = FeePayer.Room;
    public BillingCycle Cycle { get; set; } = BillingCycle.Month;

    /// <summary>Whether who moves out gets back the part of days to come; never of metered kinds.</summary>
    public bool GivesBack { get; set; }

    /// <summary>The place in lists, the lowest first; without one it becomes the last.</summary>
    public int? Order { get; set; }
}

/// <summary>Meters and areas belong to rooms, so what is measured by them is charged to rooms.</summary>
public sealed class FeeKindFormValidator : AbstractValidator<FeeKindForm>
{
    public FeeKindFormValidator()
    {
        RuleFor(f => f.Code).NotEmpty().NotInvisible().MaximumLength(20);
        RuleFor(f => f.Name).NotEmpty().NotInvisible().MaximumLength(80);
        RuleFor(f => f.NameEn).MaximumLength(120);
        RuleFor(f => f.Unit).NotEmpty().NotInvisible().MaximumLength(FeesLimits.Unit);
        RuleFor(f => f.UnitEn).MaximumLength(FeesLimits.Unit);
        RuleFor(f => f.Measure).IsInEnum();
        RuleFor(f => f.Payer).IsInEnum();
        RuleFor(f => f.Payer).Equal(FeePayer.Room).When(f => f.Measure is FeeMeasure.Meter or FeeMeasure.Area)
            .WithMessage(_ => ValidatorNames.Word(typeof(FeeKindForm), "Range.Payer"));
        RuleFor(f => f.Cycle).IsInEnum();
        RuleFor(f => f.Order).InclusiveBetween(0, 9_999);
    }
}
