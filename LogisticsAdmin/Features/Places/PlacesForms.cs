using FluentValidation;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Places;

/// <summary>Limits of what may be entered about places.</summary>
public static class PlacesLimits
{
    public const int Code = 40;
    public const int Name = 80;
    public const int NameEn = 120;
    public const int LowestFloor = -5;
    public const int HighestFloor = 120;

    /// <summary>In square metres.</summary>
    public const decimal Area = 100_000;
    public const int Capacity = 5_000;
    public const int Beds = 20;
    public const int BedCode = 20;
    public const int Reason = 200;
}

/// <summary>A new campus, or changes to one; then Version is the version that the form was opened with.</summary>
public sealed class CampusForm
{
    public long Version { get; set; }
    public string? Code { get; set; }
    public string? Name { get; set; }
    public string? NameEn { get; set; }
}

public sealed class CampusFormValidator : AbstractValidator<CampusForm>
{
    public CampusFormValidator()
    {
        RuleFor(f => f.Code).NotEmpty().NotInvisible().MaximumLength(PlacesLimits.Code);
        RuleFor(f => f.Name).NotEmpty().NotInvisible().MaximumLength(PlacesLimits.Name);
        RuleFor(f => f.NameEn).MaximumLength(PlacesLimits.NameEn);
    }
}

/// <summary>A new building, or changes to one; the campus of a stored one is not changed.</summary>
public sealed class BuildingForm
{
    public long Version { get; set; }
    public long? CampusId { get; set; }
    public string? Code { get; set; }
    public string? Name { get; set; }
    public string? NameEn { get; set; }
    public BuildingKind? Kind { get; set; }
}

public sealed class BuildingFormValidator : AbstractValidator<BuildingForm>
{
    public BuildingFormValidator()
    {
        RuleFor(f => f.CampusId).NotNull();
        RuleFor(f => f.Code).NotEmpty().NotInvisible().MaximumLength(PlacesLimits.Code);
        RuleFor(f => f.Name).NotEmpty().NotInvisible().MaximumLength(PlacesLimits.Name);
        RuleFor(f => f.NameEn).MaximumLength(PlacesLimits.NameEn);
        RuleFor(f => f.Kind).NotNull().Must(k => k is null || Enum.IsDefined(k.Value));
    }
}

/// <summary>A new room, or changes to one; the building of a stored one is not changed.</summary>
public sealed class RoomForm
{
    public long Version { get; set; }
    public long? BuildingId { get; set; }
    public string? Number { get; set; }

    /// <summary>Empty: the same as the number.</summary>
    public string? Name { get; set; }
    public string? NameEn { get; set; }
    public int? Floor { get; set; }
    public RoomKind? Kind { get; set; }

    /// <summary>In square metres; empty where nobody measured it.</summary>
    public decimal? Area { get; set; }
    public int? Capacity { get; set; }

    /// <summary>How many beds the room shall have. Missing ones are added, free ones beyond it retired.</summary>
    public int? Beds { get; set; }

    /// <summary>Why beds retire; required when <see cref="Beds"/> is lower than the number of beds in use.</summary>
    public string? BedsReason { get; set; }
}

public sealed class RoomFormValidator : AbstractValidator<RoomForm>
{
    public RoomFormValidator()
    {
        RuleFor(f => f.BuildingId).NotNull();
        RuleFor(f => f.Number).NotEmpty().NotInvisible().MaximumLength(PlacesLimits.Code);
        RuleFor(f => f.Name).MaximumLength(PlacesLimits.Name);
        RuleFor(f => f.NameEn).MaximumLength(PlacesLimits.NameEn);
        RuleFor(f => f.Floor).NotNull().Must(f => f is null or (>= PlacesLimits.LowestFloor and <= PlacesLimits.HighestFloor))
            .WithMessage(_ => ValidatorNames.Word(typeof(RoomForm), "Range.Floor"));
        RuleFor(f => f.Kind).NotNull().Must(k => k is null || Enum.IsDefined(k.Value));
        RuleFor(f => f.Area).Must(a => a is null or (>= 0 and <= PlacesLimits.Area) && decimal.Round(a ?? 0, 2) == (a ?? 0))
            .WithMessage(_ => ValidatorNames.Word(typeof(RoomForm), "Range.Area"));
        RuleFor(f => f.Capacity).Must(c => c is null or (>= 0 and <= PlacesLimits.Capacity))
            .WithMessage(_ => ValidatorNames.Word(typeof(RoomForm), "Range.Capacity"));
        RuleFor(f => f.Beds).NotNull().Must(b => b is null or (>= 0 and <= PlacesLimits.Beds))
            .WithMessage(_ => ValidatorNames.Word(typeof(RoomForm), "Range.Beds"));
        RuleFor(f => f.BedsReason).MaximumLength(PlacesLimits.Reason);
    }
}

/// <summary>Why a campus, building, room or bed is no longer used.</summary>
public sealed class RetirePlaceForm
{
    public string? Reason { get; set; }
}

public sealed class RetirePlaceFormValidator : AbstractValidator<RetirePlaceForm>
{
    public RetirePlaceFormValidator() => RuleFor(f => f.Reason).NotEmpty().NotInvisible().MaximumLength(PlacesLimits.Reason);
}

/// <summary>The code of a bed; of a stored one with the version that the form was opened with.</summary>
public sealed class BedCodeForm
{
    public long Version { get; set; }
    public string? BedCode { get; set; }
}

public sealed class BedCodeFormValidator : AbstractValidator<BedCodeForm>
{
    public BedCodeFormValidator() => RuleFor(f => f.BedCode).NotEmpty().NotInvisible().MaximumLength(PlacesLimits.BedCode);
}
