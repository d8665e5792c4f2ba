using FluentValidation;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Onboarding.RoomChanges;

/// <summary>A request: to a free bed, or to swap with the person of a number.</summary>
public sealed class RoomChangeForm
{
    public long? BedId { get; set; }
    public string? Number { get; set; }
    public string? Reason { get; set; }

    /// <summary>Whether it names a person; an empty number is a request for a bed.</summary>
    public bool IsSwap => CleanText.Clean(Number).Length > 0;
}

public sealed class RoomChangeFormValidator : AbstractValidator<RoomChangeForm>
{
    public RoomChangeFormValidator()
    {
        RuleFor(f => f.Reason).NotEmpty().NotInvisible().MaximumLength(OnboardingLimits.Reason);
        RuleFor(f => f.Number).MaximumLength(OnboardingLimits.Number);
        RuleFor(f => f.BedId).NotNull().When(f => !f.IsSwap);
        RuleFor(f => f.BedId).Null().When(f => f.IsSwap);
    }
}

/// <summary>Why the office refuses a request.</summary>
public sealed class RoomChangeRefusalForm
{
    public string? Because { get; set; }
}

public sealed class RoomChangeRefusalFormValidator : AbstractValidator<RoomChangeRefusalForm>
{
    public RoomChangeRefusalFormValidator() => RuleFor(f => f.Because).NotEmpty().NotInvisible().MaximumLength(OnboardingLimits.Reason);
}

/// <summary>What somebody who was asked says; the reason is theirs to give.</summary>
public sealed class RoomChangeVoteForm
{
    public bool? Agrees { get; set; }
    public string? Because { get; set; }
}

public sealed class RoomChangeVoteFormValidator : AbstractValidator<RoomChangeVoteForm>
{
    public RoomChangeVoteFormValidator()
    {
        RuleFor(f => f.Agrees).NotNull();
        RuleFor(f => f.Because).MaximumLength(OnboardingLimits.Reason);
    }
}
