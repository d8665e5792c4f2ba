using FluentValidation;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.ServiceLevels;

/// <summary>Limits of what may be typed, in characters.</summary>
public static class ServiceLevelLimits
{
    public const int Why = 1_000;
}

/// <summary>A service level as the office enters it, in hours.</summary>
public sealed class LevelForm
{
    public Urgency? Urgency { get; set; }
    public long? CategoryId { get; set; }

    /// <summary>Gives a category a level of its own, so that a category must be chosen.</summary>
    public bool ForCategory { get; set; }
    public decimal? ResponseHours { get; set; }
    public decimal? CompletionHours { get; set; }
    public bool RoundTheClock { get; set; }

    /// <summary>The level in force when the form was opened; null when there was none.</summary>
    public long? ExpectedLevelId { get; set; }
    public string? Why { get; set; }
}

public sealed class LevelFormValidator : AbstractValidator<LevelForm>
{
    /// <summary>Six minutes.</summary>
    private const decimal Least = 0.1m;

    public LevelFormValidator()
    {
        RuleFor(f => f.Urgency).NotNull().IsInEnum();
        RuleFor(f => f.CategoryId).NotNull().When(f => f.ForCategory);
        RuleFor(f => f.ResponseHours).NotNull().InclusiveBetween(Least, 500);
        RuleFor(f => f.CompletionHours).NotNull().InclusiveBetween(Least, 2_000).GreaterThanOrEqualTo(f => f.ResponseHours);
        RuleFor(f => f.Why).NotEmpty().NotInvisible().MaximumLength(ServiceLevelLimits.Why);
    }
}

/// <summary>A new step, or changes to one; then Version is the version that the form was opened with.</summary>
public sealed class StepForm
{
    public long Version { get; set; }
    public ClockKind? Clock { get; set; }

    /// <summary>Negative before the limit.</summary>
    public int? Minutes { get; set; }
    public EscalationAudience? Audience { get; set; }
}

public sealed class StepFormValidator : AbstractValidator<StepForm>
{
    public StepFormValidator()
    {
        RuleFor(f => f.Clock).NotNull().IsInEnum();
        RuleFor(f => f.Minutes).NotNull().InclusiveBetween(-10_000, 30_000);
        RuleFor(f => f.Audience).NotNull().IsInEnum();
    }
}
