using FluentValidation;
using LogisticsAdmin.Features.Fees.Metering;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.MoveOut;

/// <summary>Settles a statement that was drawn up.</summary>
public sealed class MoveOutForm
{
    public long PersonId { get; set; }

    /// <summary>The day of moving out; null for today, or the end of a stay that has ended.</summary>
    public DateOnly? LeavingDay { get; set; }

    /// <summary>Not asked for when nothing is owed or refunded.</summary>
    public MoveOutWay? Way { get; set; }

    /// <summary>The result that was shown; another one is refused, so that nobody signs what they did not see.</summary>
    public long ResultFen { get; set; }
}

/// <summary>Why a settled statement is taken back.</summary>
public sealed class ReversalForm
{
    public string? Reason { get; set; }
}

public sealed class ReversalFormValidator : AbstractValidator<ReversalForm>
{
    public ReversalFormValidator() => RuleFor(f => f.Reason).NotEmpty().NotInvisible().MaximumLength(FeesLimits.Reason);
}

public sealed class MoveOutFormValidator : AbstractValidator<MoveOutForm>
{
    public MoveOutFormValidator()
    {
        RuleFor(f => f.LeavingDay).InclusiveBetween(MeterLimits.FirstDay, MeterLimits.LastDay);
        RuleFor(f => f.Way).NotNull().When(f => f.ResultFen != 0);
        RuleFor(f => f.Way).IsInEnum();
    }
}
