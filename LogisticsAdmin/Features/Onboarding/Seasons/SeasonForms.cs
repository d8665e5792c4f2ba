using FluentValidation;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Onboarding.Seasons;

/// <summary>A season; version 0 adds one.</summary>
public sealed class OnboardingSeasonForm
{
    public long Version { get; set; }
    public string? Name { get; set; }
    public string? NameEn { get; set; }
    public int? Grade { get; set; }
    public DateOnly? FirstDay { get; set; }
    public DateOnly? LastDay { get; set; }
    public bool MayDefer { get; set; } = true;
}

public sealed class OnboardingSeasonFormValidator : AbstractValidator<OnboardingSeasonForm>
{
    public OnboardingSeasonFormValidator()
    {
        RuleFor(f => f.Name).NotEmpty().NotInvisible().MaximumLength(OnboardingLimits.Name);
        RuleFor(f => f.NameEn).MaximumLength(OnboardingLimits.NameEn);
        RuleFor(f => f.Grade).NotNull().InclusiveBetween(2000, 2100);
        RuleFor(f => f.FirstDay).NotNull();
        RuleFor(f => f.LastDay).NotNull();
        RuleFor(f => f.LastDay).Must((f, day) => day >= f.FirstDay).When(f => f is { FirstDay: not null, LastDay: not null })
            .WithMessage(_ => ValidatorNames.Word(typeof(OnboardingSeasonForm), "Range.LastDay"));
    }
}

/// <summary>A group with its classes and rooms; version 0 adds one. The times are the office's.</summary>
public sealed class SeasonGroupForm
{
    public long Version { get; set; }
    public string? Name { get; set; }
    public DateTime? ChoosesFrom { get; set; }
    public DateTime? ChoosesUntil { get; set; }
    public List<string> Classes { get; set; } = [];
    public List<GroupRoomsForm> Rooms { get; set; } = [];
}

/// <summary>Rooms that a group offers; without floor or size all.</summary>
public sealed class GroupRoomsForm
{
    public long? BuildingId { get; set; }
    public int? Floor { get; set; }
    public int? RoomSize { get; set; }
    public Gender Gender { get; set; }
}

public sealed class SeasonGroupFormValidator : AbstractValidator<SeasonGroupForm>
{
    public SeasonGroupFormValidator()
    {
        RuleFor(f => f.Name).NotEmpty().NotInvisible().MaximumLength(OnboardingLimits.Name);
        RuleFor(f => f.ChoosesFrom).NotNull();
        RuleFor(f => f.ChoosesUntil).NotNull();
        RuleFor(f => f.ChoosesUntil).Must((f, until) => until > f.ChoosesFrom).When(f => f is { ChoosesFrom: not null, ChoosesUntil: not null })
            .WithMessage(_ => ValidatorNames.Word(typeof(SeasonGroupForm), "Range.Until"));
        RuleFor(f => f.Classes).Must(c => c.Count <= OnboardingLimits.Classes && c.TrueForAll(n => n.Length <= OnboardingLimits.ClassName))
            .WithMessage(_ => ValidatorNames.Word(typeof(SeasonGroupForm), "Range.Classes"));
        RuleFor(f => f.Rooms).Must(r => r.Count <= OnboardingLimits.Rooms)
            .WithMessage(_ => ValidatorNames.Word(typeof(SeasonGroupForm), "Range.Rooms"));
        RuleFor(f => f.Rooms).Must(r => r.TrueForAll(one => one.BuildingId is not null && Enum.IsDefined(one.Gender)))
            .WithMessage(_ => ValidatorNames.Word(typeof(SeasonGroupForm), "Range.Building"));
    }
}

/// <summary>A fee; version 0 adds one.</summary>
public sealed class SeasonFeeForm
{
    public long Version { get; set; }
    public string? Name { get; set; }
    public string? NameEn { get; set; }

    /// <summary>In yuan.</summary>
    public decimal? Amount { get; set; }
}

public sealed class SeasonFeeFormValidator : AbstractValidator<SeasonFeeForm>
{
    public SeasonFeeFormValidator()
    {
        RuleFor(f => f.Name).NotEmpty().NotInvisible().MaximumLength(OnboardingLimits.Name);
        RuleFor(f => f.NameEn).MaximumLength(OnboardingLimits.NameEn);
        RuleFor(f => f.Amount).NotNull();
        RuleFor(f => f.Amount).Must(a => a is > 0 and <= OnboardingLimits.Amount && decimal.Round(a.Value, 2) == a.Value).When(f => f.Amount is not null)
            .WithMessage(_ => ValidatorNames.Word(typeof(SeasonFeeForm), "Range.Amount"));
    }
}

/// <summary>A thing of the essentials; version 0 adds one.</summary>
public sealed class SeasonItemForm
{
    public long Version { get; set; }
    public long? ItemId { get; set; }
    public int? Quantity { get; set; } = 1;
}

public sealed class SeasonItemFormValidator : AbstractValidator<SeasonItemForm>
{
    public SeasonItemFormValidator()
    {
        RuleFor(f => f.ItemId).NotNull();
        RuleFor(f => f.Quantity).NotNull().InclusiveBetween(1, OnboardingLimits.Quantity);
    }
}

/// <summary>A paper; version 0 adds one.</summary>
public sealed class SeasonPaperForm
{
    public long Version { get; set; }
    public string? Title { get; set; }
    public string? TitleEn { get; set; }
    public string? Text { get; set; }
    public string? TextEn { get; set; }
}

public sealed class SeasonPaperFormValidator : AbstractValidator<SeasonPaperForm>
{
    public SeasonPaperFormValidator()
    {
        RuleFor(f => f.Title).NotEmpty().NotInvisible().MaximumLength(OnboardingLimits.Name);
        RuleFor(f => f.TitleEn).MaximumLength(OnboardingLimits.NameEn);
        RuleFor(f => f.Text).NotEmpty().NotInvisible().MaximumLength(OnboardingLimits.Paper);
        RuleFor(f => f.TextEn).MaximumLength(OnboardingLimits.Paper);
    }
}

/// <summary>A desk time; version 0 adds one.</summary>
public sealed class DeskTimeForm
{
    public long Version { get; set; }
    public DateOnly? Day { get; set; }
    public TimeOnly? From { get; set; }
    public TimeOnly? Until { get; set; }
    public int? Capacity { get; set; }

    /// <summary>When times are added: one after the other of so many minutes each; null adds a single one.</summary>
    public int? Minutes { get; set; }
}

public sealed class DeskTimeFormValidator : AbstractValidator<DeskTimeForm>
{
    public DeskTimeFormValidator()
    {
        RuleFor(f => f.Day).NotNull();
        RuleFor(f => f.From).NotNull();
        RuleFor(f => f.Until).NotNull();
        RuleFor(f => f.Until).Must((f, until) => until > f.From).When(f => f is { From: not null, Until: not null })
            .WithMessage(_ => ValidatorNames.Word(typeof(DeskTimeForm), "Range.Until"));
        RuleFor(f => f.Capacity).NotNull().InclusiveBetween(1, OnboardingLimits.Capacity);
        RuleFor(f => f.Minutes).InclusiveBetween(5, 600);
    }
}
