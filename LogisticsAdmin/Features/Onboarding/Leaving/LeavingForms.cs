using FluentValidation;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Onboarding.Leaving;

/// <summary>A round of leaving; version 0 adds one.</summary>
public sealed class LeavingRoundForm
{
    public long Version { get; set; }
    public string? Name { get; set; }
    public string? NameEn { get; set; }
    public DateOnly? FirstDay { get; set; }
    public DateOnly? LastDay { get; set; }

    /// <summary>Names of classes, one a line or with commas between them.</summary>
    public string? Classes { get; set; }

    /// <summary>The classes that are named, each once.</summary>
    public IReadOnlyList<string> ClassNames =>
        [.. (Classes ?? "").Split(Separators).Select(n => CleanText.Clean(n)).Where(n => n.Length > 0).Distinct(StringComparer.Ordinal)];

    private static readonly char[] Separators = ['\n', '\r', ',', '，', '、', ';', '；'];
}

public sealed class LeavingRoundFormValidator : AbstractValidator<LeavingRoundForm>
{
    public LeavingRoundFormValidator()
    {
        RuleFor(f => f.Name).NotEmpty().NotInvisible().MaximumLength(OnboardingLimits.Name);
        RuleFor(f => f.NameEn).MaximumLength(OnboardingLimits.NameEn);
        RuleFor(f => f.FirstDay).NotNull();
        RuleFor(f => f.LastDay).NotNull();
        RuleFor(f => f.LastDay).Must((f, last) => last >= f.FirstDay).WithMessage(_ => ValidatorNames.Word(typeof(LeavingRoundForm), "Range.LastDay"))
            .When(f => f.FirstDay is not null && f.LastDay is not null);
        RuleFor(f => f.Classes).Must((f, _) => f.ClassNames.Count is > 0 and <= OnboardingLimits.Classes)
            .WithMessage(_ => ValidatorNames.Word(typeof(LeavingRoundForm), "Range.Classes"));
        RuleFor(f => f.Classes).Must((f, _) => f.ClassNames.All(n => n.Length <= OnboardingLimits.ClassName))
            .WithMessage(_ => ValidatorNames.Word(typeof(LeavingRoundForm), "Range.ClassName"));
    }
}

/// <summary>验房: what was found, and what it costs in yuan; empty when all is well.</summary>
public sealed class InspectionForm
{
    public long Version { get; set; }

    /// <summary>The room that was inspected, as the form showed it.</summary>
    public long? RoomId { get; set; }
    public string? Damage { get; set; }
    public decimal? Amount { get; set; }
}

public sealed class InspectionFormValidator : AbstractValidator<InspectionForm>
{
    public InspectionFormValidator()
    {
        RuleFor(f => f.Damage).MaximumLength(OnboardingLimits.Remark);
        RuleFor(f => f.Damage).NotEmpty().NotInvisible().When(f => f.Amount > 0);
        RuleFor(f => f.Amount).Must(a => a is null or (>= 0 and <= OnboardingLimits.Amount) && decimal.Round(a ?? 0, 2) == (a ?? 0))
            .WithMessage(_ => ValidatorNames.Word(typeof(InspectionForm), "Range.Amount"));
    }
}
