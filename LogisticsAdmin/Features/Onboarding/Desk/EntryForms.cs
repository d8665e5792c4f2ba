using FluentValidation;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Onboarding.Desk;

/// <summary>A bed for a freshman: of the group's offer, or with <see cref="IsAnywhere"/> any other.</summary>
public sealed class GiveBedForm
{
    public long? BedId { get; set; }
    public bool IsAnywhere { get; set; }
}

public sealed class GiveBedFormValidator : AbstractValidator<GiveBedForm>
{
    public GiveBedFormValidator() => RuleFor(f => f.BedId).NotNull();
}

/// <summary>Check-in: keys that are handed over, and why where steps are missing.</summary>
public sealed class CheckInForm
{
    /// <summary>What is written on the keys, separated by commas.</summary>
    public string? KeyLabels { get; set; }
    public string? Because { get; set; }
}

public sealed class CheckInFormValidator : AbstractValidator<CheckInForm>
{
    public CheckInFormValidator()
    {
        RuleFor(f => f.KeyLabels).KeyLabels();
        RuleFor(f => f.Because).NotInvisible().MaximumLength(OnboardingLimits.Reason);
    }
}

/// <summary>Keys that are handed over later.</summary>
public sealed class HandKeyForm
{
    public string? KeyLabels { get; set; }
}

public sealed class HandKeyFormValidator : AbstractValidator<HandKeyForm>
{
    public HandKeyFormValidator() => RuleFor(f => f.KeyLabels).NotEmpty().NotInvisible().KeyLabels();
}

/// <summary>Why somebody won't come.</summary>
public sealed class WithdrawEntryForm
{
    public string? Because { get; set; }
}

public sealed class WithdrawEntryFormValidator : AbstractValidator<WithdrawEntryForm>
{
    public WithdrawEntryFormValidator() => RuleFor(f => f.Because).NotEmpty().NotInvisible().MaximumLength(OnboardingLimits.Reason);
}

/// <summary>What is broken in the room.</summary>
public sealed class DamageForm
{
    public string? Description { get; set; }
}

public sealed class DamageFormValidator : AbstractValidator<DamageForm>
{
    public DamageFormValidator() => RuleFor(f => f.Description).NotEmpty().NotInvisible().MaximumLength(OnboardingLimits.Remark);
}

/// <summary>What is written on keys, as it is typed.</summary>
internal static class TypedKeys
{
    private const int Most = 5;

    private static readonly char[] Separators = [',', '，', '、', ';', '；', '\n'];

    public static IReadOnlyList<string> Labels(string? typed) =>
        [.. (typed ?? "").Split(Separators).Select(CleanText.Clean).Where(l => l.Length > 0).Distinct(StringComparer.Ordinal)];

    public static IRuleBuilderOptions<T, string?> KeyLabels<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(typed => Labels(typed).Count <= Most && Labels(typed).All(l => l.Length <= OnboardingLimits.KeyLabel))
            .WithMessage(_ => ValidatorNames.Word(typeof(TypedKeys), "TooManyKeys"));
}
