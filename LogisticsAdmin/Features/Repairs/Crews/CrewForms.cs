using FluentValidation;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Crews;

public static class CrewLimits
{
    public const int Note = 200;

    /// <summary>The longest absence, in days.</summary>
    public const int Days = 366;
}

/// <summary>An absence to enter; the first and last day are included.</summary>
public sealed class AbsenceForm
{
    public long? PersonId { get; set; }
    public DateOnly? From { get; set; }
    public DateOnly? To { get; set; }
    public AbsenceReason? Reason { get; set; }
    public long? StandInId { get; set; }
    public string? Note { get; set; }
}

public sealed class AbsenceFormValidator : AbstractValidator<AbsenceForm>
{
    public AbsenceFormValidator()
    {
        RuleFor(f => f.PersonId).NotNull();
        RuleFor(f => f.From).NotNull();
        RuleFor(f => f.To).NotNull();
        RuleFor(f => f.To).Must((f, to) => to >= f.From).When(f => f is { From: not null, To: not null })
            .WithMessage(_ => ValidatorNames.Word(typeof(AbsenceForm), "Refusal.EndsBeforeItBegins"));
        RuleFor(f => f.To).Must((f, to) => to!.Value.DayNumber - f.From!.Value.DayNumber < CrewLimits.Days).When(f => f is { From: not null, To: not null })
            .WithMessage(_ => ValidatorNames.Word(typeof(AbsenceForm), "TooLong"));
        RuleFor(f => f.Reason).NotNull().IsInEnum();
        RuleFor(f => f.Note).MaximumLength(CrewLimits.Note);
    }
}
