using FluentValidation;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Metering;

/// <summary>Limits of the fields of meters.</summary>
public static class MeterLimits
{
    public const int LeastDigits = 3, MostDigits = 9, Share = 1_000, Rooms = 30, RoomsText = 2_000;
    public const decimal Multiplier = 10_000;

    /// <summary>Days outside are typing errors: usage would be spread over decades.</summary>
    public static readonly DateOnly FirstDay = new(2000, 1, 1), LastDay = new(2099, 12, 31);
}

/// <summary>A new meter, one that takes the place of another, or changes to one; each act uses its fields.</summary>
public sealed class MeterForm
{
    /// <summary>Of the meter that is changed, replaced or removed.</summary>
    public long Version { get; set; }
    public long? KindId { get; set; }
    public string? Number { get; set; }

    /// <summary>One room a line, as people call it; with "* 2" behind it for a share of two.</summary>
    public string? Rooms { get; set; }
    public decimal? Multiplier { get; set; } = 1;
    public int? Digits { get; set; } = 6;

    /// <summary>From which day on.</summary>
    public DateOnly? Day { get; set; }

    /// <summary>底数: what the new counter shows.</summary>
    public decimal? Opening { get; set; }

    /// <summary>止数: what the old counter shows.</summary>
    public decimal? Closing { get; set; }

    /// <summary>Why a doubtful closing reading is right.</summary>
    public string? Reason { get; set; }
    public IReadOnlyList<ReadingDoubtKind> Confirmed { get; set; } = [];
}

public sealed class MeterFormValidator : AbstractValidator<MeterForm>
{
    public MeterFormValidator(MeterAct act)
    {
        RuleFor(f => f.Day).NotNull().InclusiveBetween(MeterLimits.FirstDay, MeterLimits.LastDay).When(_ => act != MeterAct.Describe);
        RuleFor(f => f.Reason).MaximumLength(FeesLimits.Note);
        if (act == MeterAct.Install) RuleFor(f => f.KindId).NotNull();
        if (act is MeterAct.Install or MeterAct.Share) RuleFor(f => f.Rooms).NotEmpty().NotInvisible().MaximumLength(MeterLimits.RoomsText);
        if (act is MeterAct.Replace or MeterAct.Remove) RuleFor(f => f.Closing).NotNull().IsReading(typeof(MeterForm));
        if (act is MeterAct.Share or MeterAct.Remove) return;
        RuleFor(f => f.Multiplier).NotNull().Must(m => m is null or > 0 and <= MeterLimits.Multiplier && decimal.Round(m ?? 1, 4) == (m ?? 1))
            .WithMessage(_ => ValidatorNames.Word(typeof(MeterForm), "Range.Multiplier"));
        RuleFor(f => f.Digits).NotNull().Must(d => d is null or >= MeterLimits.LeastDigits and <= MeterLimits.MostDigits)
            .WithMessage(_ => ValidatorNames.Word(typeof(MeterForm), "Range.Digits"));
        if (act == MeterAct.Describe) return;
        RuleFor(f => f.Number).NotEmpty().NotInvisible().MaximumLength(FeesLimits.MeterNumber);
        RuleFor(f => f.Opening).NotNull().IsReading(typeof(MeterForm));
    }
}
