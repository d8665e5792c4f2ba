using FluentValidation;

namespace LogisticsAdmin.Features.Places.Beds;

/// <summary>Who gets which bed and from which day on. Each act uses the fields that it needs; without a day it is today.</summary>
public sealed class BedForm
{
    public long? PersonId { get; set; }

    /// <summary>The bed to move to.</summary>
    public long? BedId { get; set; }

    /// <summary>With whom somebody swaps beds.</summary>
    public long? OtherId { get; set; }

    /// <summary>A day of the office, today at the latest.</summary>
    public DateOnly? Day { get; set; }

    /// <summary>About a check-out, for the audit log.</summary>
    public string? Note { get; set; }
}

public sealed class BedFormValidator : AbstractValidator<BedForm>
{
    public const int Note = 200;

    public BedFormValidator()
    {
        RuleFor(f => f.PersonId).NotNull();
        RuleFor(f => f.Note).MaximumLength(Note);
    }
}
