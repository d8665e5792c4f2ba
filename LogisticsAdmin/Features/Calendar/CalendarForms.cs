using FluentValidation;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Calendar;

/// <summary>A new span, or changes to one; then Version is the version that the form was opened with.</summary>
public sealed class SpanForm
{
    public long Version { get; set; }
    public SpanKind Kind { get; set; } = SpanKind.Holiday;
    public DateOnly? From { get; set; }

    /// <summary>The last day; if empty, the same as the first day.</summary>
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

/// <summary>A period in which the office works; an end of 00:00 means midnight.</summary>
public sealed record SlotTimes(TimeOnly From, TimeOnly To);

/// <summary>
/// The slots of one weekday, and of other weekdays that get the same ones. Contains the slots that the day had when the form was opened.
/// </summary>
public sealed class SlotsForm
{
    public Season Season { get; set; } = Season.Term;
    public DayOfWeek Day { get; set; } = DayOfWeek.Monday;
    public IReadOnlyCollection<DayOfWeek> AlsoOn { get; set; } = [];
    public IReadOnlyList<SlotTimes> ExpectedSlots { get; set; } = [];
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
            .Must(AreDisjoint).WithMessage(_ => ValidatorNames.Word(typeof(SlotsForm), "Refusal.SlotsOverlap"));
    }

    private static bool AreDisjoint(IReadOnlyList<SlotTimes> slots)
    {
        var ordered = slots.OrderBy(s => s.From).ToList();
        return ordered.Zip(ordered.Skip(1)).All(pair => OfficeSlot.EndOf(pair.First.To) <= pair.Second.From.Ticks);
    }
}

/// <summary>An iCalendar file, and the kind of events whose titles do not indicate one; null skips those events.</summary>
public sealed class CalendarImportForm
{
    /// <summary>The content of the file, read up to one byte more than <see cref="IcalFile.MaxBytes"/>.</summary>
    public byte[]? File { get; set; }

    /// <summary>Shown in the list of imports.</summary>
    public string FileName { get; set; } = "";
    public SpanKind? Otherwise { get; set; }

    /// <summary>Whether spans that were imported before are removed when the file cancels their events.</summary>
    public bool RemoveCancelled { get; set; }
}

public sealed class CalendarImportFormValidator : AbstractValidator<CalendarImportForm>
{
    public CalendarImportFormValidator()
    {
        RuleFor(f => f.File).NotEmpty();
        RuleFor(f => f.Otherwise).IsInEnum();
    }
}
