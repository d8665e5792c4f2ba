using FluentValidation;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Calendar;

/// <summary>A new span, or changes to one: then it carries the version it was opened with.</summary>
public sealed class SpanForm
{
    public long Version { get; set; }
    public SpanKind Kind { get; set; } = SpanKind.Holiday;
    public DateOnly? From { get; set; }

    /// <summary>The last day; the first one when left empty.</summary>
    public DateOnly? To { get; set; }
    public string? Name { get; set; }
    public string? NameEn { get; set; }

    internal DateOnly Last => To ?? From!.Value;
}

public sealed class SpanFormValidator : AbstractValidator<SpanForm>
{
    public SpanFormValidator()
    {
        RuleFor(f => f.Kind).IsInEnum();
        RuleFor(f => f.From).NotNull();
        RuleFor(f => f.From).Must(InYears).When(f => f.From is not null).WithMessage(Years);
        RuleFor(f => f.To).Must(InYears).WithMessage(Years)
            .Must((f, to) => f.From is null || to >= f.From).WithMessage(_ => ValidatorNames.Word(typeof(SpanForm), "Refusal.EndsBeforeStart"))
            .Must((f, to) => f.From is null || to!.Value.DayNumber - f.From.Value.DayNumber < CalendarLimits.SpanDays)
            .WithMessage(_ => ValidatorNames.Word(typeof(SpanForm), "Refusal.TooLong"))
            .When(f => f.To is not null);
        RuleFor(f => f.Name).NotEmpty().NotInvisible().MaximumLength(CalendarLimits.Name);
        RuleFor(f => f.NameEn).MaximumLength(CalendarLimits.Name);
    }

    private static bool InYears(DateOnly? day) => day is { Year: >= CalendarLimits.FirstYear and <= CalendarLimits.LastYear };

    private static string? Years(SpanForm form) => ValidatorNames.Word(typeof(SpanForm), "Refusal.OutOfYears");
}

/// <summary>From when until when the office works; an end of 00:00 is midnight.</summary>
public sealed record SlotTimes(TimeOnly From, TimeOnly To);

/// <summary>The slots of one weekday, and of others that shall have the same. It carries those the day had when it was opened.</summary>
public sealed class SlotsForm
{
    public Season Season { get; set; } = Season.Term;
    public DayOfWeek Day { get; set; } = DayOfWeek.Monday;
    public IReadOnlyCollection<DayOfWeek> AlsoOn { get; set; } = [];
    public IReadOnlyList<SlotTimes> Seen { get; set; } = [];
    public IReadOnlyList<SlotTimes> Slots { get; set; } = [];
}

public sealed class SlotsFormValidator : AbstractValidator<SlotsForm>
{
    public SlotsFormValidator()
    {
        RuleFor(f => f.Season).IsInEnum();
        RuleFor(f => f.Day).IsInEnum();
        RuleForEach(f => f.AlsoOn).IsInEnum();
        RuleFor(f => f.Slots).Must(s => s.Count <= CalendarLimits.SlotsPerDay).WithMessage(_ => ValidatorNames.Word(typeof(SlotsForm), "Refusal.TooManySlots"))
            .Must(s => s.All(t => OfficeSlot.EndOf(t.To) > t.From.Ticks))
            .WithMessage(_ => ValidatorNames.Word(typeof(SlotsForm), "Refusal.SlotEndsBeforeStart"))
            .Must(AreApart).WithMessage(_ => ValidatorNames.Word(typeof(SlotsForm), "Refusal.SlotsOverlap"));
    }

    private static bool AreApart(IReadOnlyList<SlotTimes> slots)
    {
        var ordered = slots.OrderBy(s => s.From).ToList();
        return ordered.Zip(ordered.Skip(1)).All(pair => OfficeSlot.EndOf(pair.First.To) <= pair.Second.From.Ticks);
    }
}

/// <summary>An iCalendar file, and what its events are whose words do not say it; null leaves those out.</summary>
public sealed class CalendarImportForm
{
    /// <summary>The file itself, and not more of it than one byte beyond <see cref="IcalFile.MostBytes"/>.</summary>
    public byte[]? File { get; set; }
    public SpanKind? Otherwise { get; set; }
}

public sealed class CalendarImportFormValidator : AbstractValidator<CalendarImportForm>
{
    public CalendarImportFormValidator()
    {
        RuleFor(f => f.File).NotEmpty();
        RuleFor(f => f.Otherwise).IsInEnum();
    }
}
