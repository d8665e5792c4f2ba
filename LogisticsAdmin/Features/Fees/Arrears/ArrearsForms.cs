using FluentValidation;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Arrears;

/// <summary>The thresholds of a kind of fee: amounts in yuan as typed, empty or 0 for never, and days. Carries the version that was opened.</summary>
public sealed class SettingForm
{
    public long Version { get; set; }
    public string? LowBalance { get; set; }
    public string? Arrears { get; set; }
    public int? ReminderDays { get; set; }
    public int? CoolDownDays { get; set; }
    public string? CutOff { get; set; }
    public int? NoticeDays { get; set; }
}

public sealed class SettingFormValidator : AbstractValidator<SettingForm>
{
    public SettingFormValidator()
    {
        RuleFor(f => f.ReminderDays).NotNull().InclusiveBetween(0, ArrearsLimits.Days);
        RuleFor(f => f.CoolDownDays).NotNull().InclusiveBetween(1, ArrearsLimits.Days);
        RuleFor(f => f.NoticeDays).NotNull().InclusiveBetween(0, ArrearsLimits.Days);
    }
}

/// <summary>An examination period. Carries the version that was opened; 0 for a new one.</summary>
public sealed class ExamForm
{
    public long Version { get; set; }
    public DateOnly? From { get; set; }

    /// <summary>The last day; if empty, the same as the first day.</summary>
    public DateOnly? To { get; set; }
    public string? Name { get; set; }

    internal DateOnly Last => To ?? From!.Value;
}

public sealed class ExamFormValidator : AbstractValidator<ExamForm>
{
    public ExamFormValidator()
    {
        RuleFor(f => f.From).NotNull();
        RuleFor(f => f.To).Must((f, to) => to >= f.From).WithMessage(_ => ValidatorNames.Word(typeof(ExamForm), "Refusal.EndsBeforeStart"))
            .Must((f, to) => to!.Value.DayNumber - f.From!.Value.DayNumber < ArrearsLimits.ExamDays)
            .WithMessage(_ => ValidatorNames.Word(typeof(ExamForm), "Refusal.TooLong")).When(f => f.From is not null && f.To is not null);
        RuleFor(f => f.Name).NotEmpty().NotInvisible().MaximumLength(ArrearsLimits.Name);
    }
}

/// <summary>The rule of leaks. Carries the version that was opened; 0 where nothing was stored.</summary>
public sealed class LeakForm
{
    public long Version { get; set; }
    public bool IsOn { get; set; }
    public long? CategoryId { get; set; }

    /// <summary>In yuan, as typed.</summary>
    public string? Daily { get; set; }
}

public sealed class LeakFormValidator : AbstractValidator<LeakForm>
{
    public LeakFormValidator()
    {
        RuleFor(f => f.CategoryId).NotNull().When(f => f.IsOn);
        RuleFor(f => f.Daily).NotEmpty().When(f => f.IsOn);
    }
}

/// <summary>The technician who cuts off or restores.</summary>
public sealed class CutOffAssignForm
{
    public long? TechnicianId { get; set; }
}

public sealed class CutOffAssignFormValidator : AbstractValidator<CutOffAssignForm>
{
    public CutOffAssignFormValidator() => RuleFor(f => f.TechnicianId).NotNull();
}

/// <summary>Why a cut-off is taken back.</summary>
public sealed class TakeBackForm
{
    public string? Because { get; set; }
}

public sealed class TakeBackFormValidator : AbstractValidator<TakeBackForm>
{
    public TakeBackFormValidator() => RuleFor(f => f.Because).NotEmpty().NotInvisible().MaximumLength(FeesLimits.Reason);
}

/// <summary>What a technician adds to what was done.</summary>
public sealed class CutOffDoneForm
{
    public string? Note { get; set; }
}

public sealed class CutOffDoneFormValidator : AbstractValidator<CutOffDoneForm>
{
    public CutOffDoneFormValidator() => RuleFor(f => f.Note).MaximumLength(FeesLimits.Note);
}
