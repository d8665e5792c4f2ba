using FluentValidation;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>A resident pays into the account of their room or their own one.</summary>
public sealed class TopUpForm
{
    public PaymentTarget? Target { get; set; }

    /// <summary>In yuan, as typed.</summary>
    public string? Amount { get; set; }

    /// <summary>New for each empty form, so that a form sent twice is one order.</summary>
    public Guid? Key { get; set; }
}

/// <summary>Cash at the counter.</summary>
public sealed class CashForm
{
    /// <summary>The account, where it was chosen; then nothing is typed.</summary>
    public long? AccountId { get; set; }

    /// <summary>The number or name of a person, or building and room.</summary>
    public string? Whose { get; set; }
    public string? Amount { get; set; }
    public Guid? Key { get; set; }
}

/// <summary>A refund, correction or transfer for a second person to approve.</summary>
public sealed class MoneyProposalForm
{
    public MoneyProposalKind Kind { get; set; }
    public string? Amount { get; set; }
    public string? Reason { get; set; }

    /// <summary>Of a refund: the payment that is refunded; null for cash.</summary>
    public long? AttemptId { get; set; }

    /// <summary>Of a correction: the kind of fee; null for what the institution pays itself.</summary>
    public long? FeeKindId { get; set; }

    /// <summary>Of a transfer: the number or name of a person, or building and room.</summary>
    public string? To { get; set; }
}

public sealed class MoneyProposalFormValidator : AbstractValidator<MoneyProposalForm>
{
    public MoneyProposalFormValidator()
    {
        RuleFor(f => f.Kind).IsInEnum();
        RuleFor(f => f.Reason).NotEmpty().NotInvisible().MaximumLength(FeesLimits.Reason);
        RuleFor(f => f.To).NotEmpty().When(f => f.Kind == MoneyProposalKind.Transfer);
    }
}

/// <summary>To which account a payment that fits no order is credited, and why.</summary>
public sealed class CreditForm
{
    /// <summary>The number or name of a person, or building and room.</summary>
    public string? To { get; set; }
    public string? Reason { get; set; }

    /// <summary>New for each empty form, so that a form sent twice is one credit.</summary>
    public Guid? Key { get; set; }
}

public sealed class CreditFormValidator : AbstractValidator<CreditForm>
{
    public CreditFormValidator() => RuleFor(f => f.Reason).NotEmpty().NotInvisible().MaximumLength(FeesLimits.Reason);
}

/// <summary>Why a proposal is refused.</summary>
public sealed class RefusalForm
{
    public string? Because { get; set; }
}

public sealed class RefusalFormValidator : AbstractValidator<RefusalForm>
{
    public RefusalFormValidator() => RuleFor(f => f.Because).NotEmpty().NotInvisible().MaximumLength(FeesLimits.Reason);
}
