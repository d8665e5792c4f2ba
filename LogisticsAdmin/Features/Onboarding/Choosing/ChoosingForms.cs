using FluentValidation;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Onboarding.Choosing;

/// <summary>The student confirms what is recorded about them, with what is wrong in it.</summary>
public sealed class DataForm
{
    public string? Remark { get; set; }
}

public sealed class DataFormValidator : AbstractValidator<DataForm>
{
    public DataFormValidator() => RuleFor(f => f.Remark).MaximumLength(OnboardingLimits.Remark);
}

/// <summary>What the student tells future roommates.</summary>
public sealed class WishForm
{
    public SleepRhythm Rhythm { get; set; }
    public bool WantsQuiet { get; set; }
}

public sealed class WishFormValidator : AbstractValidator<WishForm>
{
    public WishFormValidator() => RuleFor(f => f.Rhythm).IsInEnum();
}

/// <summary>Why the student pays later.</summary>
public sealed class DeferForm
{
    public string? Reason { get; set; }
}

public sealed class DeferFormValidator : AbstractValidator<DeferForm>
{
    public DeferFormValidator() => RuleFor(f => f.Reason).NotEmpty().NotInvisible().MaximumLength(OnboardingLimits.Reason);
}

/// <summary>When the student comes to the desk.</summary>
public sealed class ArrivalForm
{
    public long? DeskTimeId { get; set; }
}

public sealed class ArrivalFormValidator : AbstractValidator<ArrivalForm>
{
    public ArrivalFormValidator() => RuleFor(f => f.DeskTimeId).NotNull();
}
