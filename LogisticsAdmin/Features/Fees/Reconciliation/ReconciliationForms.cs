using FluentValidation;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Reconciliation;

/// <summary>Why a difference is right as it is, or is corrected.</summary>
public sealed class SettleForm
{
    public string? Reason { get; set; }
}

public sealed class SettleFormValidator : AbstractValidator<SettleForm>
{
    public SettleFormValidator() => RuleFor(f => f.Reason).NotEmpty().NotInvisible().MaximumLength(FeesLimits.Reason);
}

/// <summary>The statement of a day as somebody downloaded it at the gateway's own site.</summary>
public sealed class StatementFileForm
{
    public string? Gateway { get; set; }
    public DateOnly? Day { get; set; }
    public byte[]? File { get; set; }
}
