using FluentValidation;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Settings;

/// <summary>Limits of the form fields; lengths are in characters.</summary>
public static class SettingsLimits
{
    public const int Code = 30;
    public const int Name = 60;
    public const int Reason = 200;
    public const int Capacity = 999;
    public const int Points = 20;

    /// <summary>The most buildings that a crew or a slot can be limited to.</summary>
    public const int Buildings = 60;

    public const string CodePattern = "^[A-Za-z0-9][A-Za-z0-9-]*$";
}

/// <summary>A new crew, or changes to one; then Version is the version that the form was opened with.</summary>
public sealed class CrewForm
{
    public long Version { get; set; }
    public string? Code { get; set; }
    public string? Name { get; set; }
    public string? NameEn { get; set; }

    /// <summary>How many open jobs it takes at the same time; null for no limit.</summary>
    public int? Capacity { get; set; }

    /// <summary>Somebody of the crew, or nobody.</summary>
    public long? LeadId { get; set; }

    /// <summary>What it repairs beside the categories that have it as their default crew.</summary>
    public IReadOnlyList<long> Categories { get; set; } = [];

    /// <summary>Where it works; none for everywhere.</summary>
    public IReadOnlyList<long> Buildings { get; set; } = [];
}

public sealed class CrewFormValidator : AbstractValidator<CrewForm>
{
    public CrewFormValidator()
    {
        RuleFor(f => f.Code).IsCode();
        RuleFor(f => f.Name).IsName();
        RuleFor(f => f.NameEn).MaximumLength(SettingsLimits.Name);
        RuleFor(f => f.Capacity).InclusiveBetween(1, SettingsLimits.Capacity);
        RuleFor(f => f.Buildings).HasFewEnough(typeof(CrewForm));
    }
}

/// <summary>A new group or category, or changes to one; then Version is the version that the form was opened with.</summary>
public sealed class CategoryForm
{
    public long Version { get; set; }

    /// <summary>The group of a category; null for a group.</summary>
    public long? ParentId { get; set; }
    public string? Code { get; set; }
    public string? Name { get; set; }
    public string? NameEn { get; set; }

    /// <summary>What residents call it; empty where the name itself is plain.</summary>
    public string? PlainName { get; set; }
    public string? PlainNameEn { get; set; }

    /// <summary>Of new tickets. Groups have none of the following.</summary>
    public Urgency Urgency { get; set; } = Urgency.Normal;
    public long? CrewId { get; set; }
    public int? Points { get; set; } = 1;
}

public sealed class CategoryFormValidator : AbstractValidator<CategoryForm>
{
    public CategoryFormValidator()
    {
        RuleFor(f => f.Code).IsCode();
        RuleFor(f => f.Name).IsName();
        RuleFor(f => f.NameEn).MaximumLength(SettingsLimits.Name);
        RuleFor(f => f.PlainName).MaximumLength(SettingsLimits.Name);
        RuleFor(f => f.PlainNameEn).MaximumLength(SettingsLimits.Name);
        RuleFor(f => f.Urgency).IsInEnum();
        RuleFor(f => f.Points).NotNull().InclusiveBetween(1, SettingsLimits.Points);
    }
}

/// <summary>A new visit slot, or changes to one; then Version is the version that the form was opened with.</summary>
public sealed class VisitSlotForm
{
    public long Version { get; set; }
    public TimeOnly? From { get; set; }
    public TimeOnly? To { get; set; }
    public SlotDays Days { get; set; } = SlotDays.All;

    /// <summary>Where it is offered; none for everywhere.</summary>
    public IReadOnlyList<long> Buildings { get; set; } = [];
}

public sealed class VisitSlotFormValidator : AbstractValidator<VisitSlotForm>
{
    public VisitSlotFormValidator()
    {
        RuleFor(f => f.From).NotNull();
        RuleFor(f => f.To).NotNull();
        RuleFor(f => f.To).Must((f, to) => to > f.From).When(f => f is { From: not null, To: not null })
            .WithMessage(_ => ValidatorNames.Word(typeof(VisitSlotForm), "EndsBeforeItBegins"));
        RuleFor(f => f.Days).Must(days => days is > SlotDays.None and <= SlotDays.All).WithMessage(_ => ValidatorNames.Word(typeof(VisitSlotForm), "NoDay"));
        RuleFor(f => f.Buildings).HasFewEnough(typeof(VisitSlotForm));
    }
}

/// <summary>Why something is retired.</summary>
public sealed class RetireForm
{
    public string? Reason { get; set; }
}

public sealed class RetireFormValidator : AbstractValidator<RetireForm>
{
    public RetireFormValidator() => RuleFor(f => f.Reason).NotEmpty().NotInvisible().MaximumLength(SettingsLimits.Reason);
}

internal static class SettingsRules
{
    public static IRuleBuilderOptions<T, string?> IsCode<T>(this IRuleBuilder<T, string?> rule) =>
        rule.NotEmpty().MaximumLength(SettingsLimits.Code).Matches(SettingsLimits.CodePattern);

    public static IRuleBuilderOptions<T, string?> IsName<T>(this IRuleBuilder<T, string?> rule) =>
        rule.NotEmpty().NotInvisible().MaximumLength(SettingsLimits.Name);

    public static void HasFewEnough<T>(this IRuleBuilder<T, IReadOnlyList<long>> rule, Type form) =>
        rule.Must(buildings => buildings.Count <= SettingsLimits.Buildings).WithMessage(_ => ValidatorNames.Word(form, "TooManyBuildings"));
}
