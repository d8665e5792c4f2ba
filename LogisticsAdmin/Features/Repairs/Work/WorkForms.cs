using FluentValidation;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Work;

/// <summary>A report by a resident, or by the office on their behalf.</summary>
public sealed class ReportForm
{
    public long? RoomId { get; set; }
    public long? CategoryId { get; set; }
    public string? Description { get; set; }
    public string? Phone { get; set; }
    public DateOnly? VisitDay { get; set; }
    public long? VisitSlotId { get; set; }

    /// <summary>代报: the person for whom the office takes the report; null for oneself.</summary>
    public long? ForPersonId { get; set; }

    /// <summary>代报 for a caller without an account: their name. Not used with <see cref="ForPersonId"/>.</summary>
    public string? ContactName { get; set; }

    /// <summary>Only the office may set it; otherwise the category's default applies.</summary>
    public Urgency? Urgency { get; set; }

    /// <summary>Photos uploaded earlier as drafts of the same person.</summary>
    public IReadOnlyList<Guid> Photos { get; set; } = [];

    /// <summary>New for each empty form, so that a form sent twice creates one ticket.</summary>
    public Guid? Key { get; set; }
}

public sealed class ReportFormValidator : AbstractValidator<ReportForm>
{
    public ReportFormValidator()
    {
        RuleFor(f => f.RoomId).NotNull();
        RuleFor(f => f.CategoryId).NotNull();
        RuleFor(f => f.Description).NotEmpty().WithMessage(_ => ValidatorNames.Word(typeof(ReportForm), "Missing.Description"))
            .NotInvisible().MaximumLength(RepairLimits.Description);
        RuleFor(f => f.Phone).NotEmpty().MaximumLength(RepairLimits.Phone).Matches(RepairLimits.PhonePattern);
        RuleFor(f => f.ContactName).NotInvisible().MaximumLength(RepairLimits.ContactName);
        RuleFor(f => f.VisitDay).NotNull().When(f => f.VisitSlotId is not null);
    }
}

/// <summary>Contains the status and assignee that the dispatcher saw, so that simultaneous assignments don't overwrite each other unnoticed.</summary>
public sealed class AssignForm
{
    public TicketStatus ExpectedStatus { get; set; }
    public long? ExpectedCrewId { get; set; }
    public long? ExpectedTechnicianId { get; set; }

    /// <summary>Assigns even if the ticket was reassigned meanwhile: skips the comparison.</summary>
    public bool Override { get; set; }
    public long? CrewId { get; set; }
    public long? TechnicianId { get; set; }

    /// <summary>Assigns to the default crew of the ticket's category instead of <see cref="CrewId"/>, for many tickets at once.</summary>
    public bool ToOwnCrew { get; set; }
    public string? Note { get; set; }
}

public sealed class AssignFormValidator : AbstractValidator<AssignForm>
{
    public AssignFormValidator()
    {
        RuleFor(f => f.CrewId).NotNull().When(f => !f.ToOwnCrew);
        RuleFor(f => f.Note).MaximumLength(RepairLimits.Note);
    }
}

/// <summary>A verb with a text: a reason if the verb requires one, otherwise an optional note.</summary>
public sealed class NoteForm
{
    public string? Note { get; set; }
}

public sealed class ReasonValidator : AbstractValidator<NoteForm>
{
    public ReasonValidator() => RuleFor(f => f.Note).NotEmpty().NotInvisible().MaximumLength(RepairLimits.Note);
}

public sealed class NoteValidator : AbstractValidator<NoteForm>
{
    public NoteValidator() => RuleFor(f => f.Note).MaximumLength(RepairLimits.Note);
}

public sealed class HoldForm
{
    public HoldReason? Reason { get; set; }
    public string? Note { get; set; }
}

public sealed class HoldFormValidator : AbstractValidator<HoldForm>
{
    public HoldFormValidator()
    {
        RuleFor(f => f.Reason).NotNull().IsInEnum();
        RuleFor(f => f.Note).MaximumLength(RepairLimits.Note);
    }
}

public sealed class CommentForm
{
    public string? Text { get; set; }
    public bool Internal { get; set; }

    /// <summary>Fills the placeholders of a canned reply in the text with the facts of each ticket.</summary>
    public bool FillsPlaceholders { get; set; }
    public IReadOnlyList<Guid> Photos { get; set; } = [];
}

public sealed class CommentFormValidator : AbstractValidator<CommentForm>
{
    public CommentFormValidator() =>
        RuleFor(f => f.Text).NotEmpty().NotInvisible().When(f => f.Photos.Count == 0).MaximumLength(RepairLimits.Description);
}

public sealed class RateForm
{
    public int? Stars { get; set; }
    public string? Words { get; set; }
}

public sealed class RateFormValidator : AbstractValidator<RateForm>
{
    public RateFormValidator()
    {
        RuleFor(f => f.Stars).NotNull().InclusiveBetween(1, 5);
        RuleFor(f => f.Words).MaximumLength(RepairLimits.Note);
    }
}

/// <summary>Corrections to a ticket, with the version that the form was opened with.</summary>
public sealed class CorrectForm
{
    public long Version { get; set; }
    public long? RoomId { get; set; }
    public long? CategoryId { get; set; }
    public string? Phone { get; set; }
}

public sealed class CorrectFormValidator : AbstractValidator<CorrectForm>
{
    public CorrectFormValidator()
    {
        RuleFor(f => f.RoomId).NotNull();
        RuleFor(f => f.CategoryId).NotNull();
        RuleFor(f => f.Phone).MaximumLength(RepairLimits.Phone).Matches(RepairLimits.PhonePattern).Unless(f => string.IsNullOrEmpty(f.Phone));
    }
}

public sealed class ExtensionForm
{
    /// <summary>The requested additional hours, counted by the ticket's clock.</summary>
    public decimal? Hours { get; set; }
    public string? Why { get; set; }
}

public sealed class ExtensionFormValidator : AbstractValidator<ExtensionForm>
{
    public ExtensionFormValidator()
    {
        RuleFor(f => f.Hours).NotNull().InclusiveBetween(0.5m, RepairLimits.ExtensionHours);
        RuleFor(f => f.Why).NotEmpty().NotInvisible().MaximumLength(RepairLimits.Note);
    }
}
