using FluentValidation;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Voice.Work;

/// <summary>What somebody sends. Places and addressees are as the page's lists name them.</summary>
public sealed class VoiceSubmitForm
{
    public Guid? Key { get; set; }
    public VoiceKind? Kind { get; set; }
    public string? Text { get; set; }
    public bool Anonymous { get; set; }

    /// <summary>A centre (centre:1) or a crew (crew:1); empty for the office.</summary>
    public string? Addressee { get; set; }

    /// <summary>The own room (room), or a building (building:1); empty for none.</summary>
    public string? Place { get; set; }

    /// <summary>The kind and key of the thing it is about.</summary>
    public string? About { get; set; }
    public string? AboutKey { get; set; }
    public IReadOnlyList<Guid> Photos { get; set; } = [];
}

public sealed class VoiceSubmitFormValidator : AbstractValidator<VoiceSubmitForm>
{
    public VoiceSubmitFormValidator()
    {
        RuleFor(f => f.Kind).NotNull().IsInEnum();
        RuleFor(f => f.Text).NotEmpty().NotInvisible().MaximumLength(VoiceLimits.Text);
    }
}

/// <summary>What the office records for somebody who phoned or came to the counter.</summary>
public sealed class VoiceIntakeForm
{
    public Guid? Key { get; set; }

    /// <summary>Who said it, and becomes the reporter.</summary>
    public long? PersonId { get; set; }
    public VoiceKind? Kind { get; set; }
    public string? Text { get; set; }

    /// <summary>The person asked that colleagues do not learn who it was.</summary>
    public bool Anonymous { get; set; }

    /// <summary>As in <see cref="VoiceSubmitForm"/>.</summary>
    public string? Addressee { get; set; }

    /// <summary>The person's room (room), or a building (building:1); empty for none.</summary>
    public string? Place { get; set; }
    public IReadOnlyList<Guid> Photos { get; set; } = [];
}

public sealed class VoiceIntakeFormValidator : AbstractValidator<VoiceIntakeForm>
{
    public VoiceIntakeFormValidator()
    {
        RuleFor(f => f.PersonId).NotNull();
        RuleFor(f => f.Kind).NotNull().IsInEnum();
        RuleFor(f => f.Text).NotEmpty().NotInvisible().MaximumLength(VoiceLimits.Text);
    }
}

/// <summary>What a reporter does with their own case.</summary>
public sealed class VoiceAnswerForm
{
    public string? Text { get; set; }
    public Satisfaction? Satisfaction { get; set; }
    public IReadOnlyList<Guid> Photos { get; set; } = [];

    /// <summary>Identifies the form that was sent.</summary>
    public Guid? Key { get; set; }
}

/// <summary>The text is needed: an addition, why it is not solved, why somebody else should decide.</summary>
public sealed class VoiceAnswerFormValidator : AbstractValidator<VoiceAnswerForm>
{
    public VoiceAnswerFormValidator() => RuleFor(f => f.Text).NotEmpty().NotInvisible().MaximumLength(VoiceLimits.Text);
}

/// <summary>The text may be left out.</summary>
public sealed class VoiceOptionalFormValidator : AbstractValidator<VoiceAnswerForm>
{
    public VoiceOptionalFormValidator() => RuleFor(f => f.Text).MaximumLength(VoiceLimits.Reason);
}

/// <summary>What the office does with a case; each verb uses some of the fields.</summary>
public sealed class VoiceVerbForm
{
    /// <summary>The answer, the note or the reason.</summary>
    public string? Text { get; set; }
    public long? ToPersonId { get; set; }

    /// <summary>The new limit, in the office's time.</summary>
    public DateTime? Until { get; set; }
    public VoiceKind? Kind { get; set; }
    public long? CentreId { get; set; }
    public long? CrewId { get; set; }

    /// <summary>The number of the lead case.</summary>
    public string? Lead { get; set; }
    public bool? Upheld { get; set; }

    /// <summary>Uploads that go with an answer or a note.</summary>
    public IReadOnlyList<Guid> Photos { get; set; } = [];
}

/// <summary>What a verb needs.</summary>
public sealed class VoiceVerbFormValidator : AbstractValidator<VoiceVerbForm>
{
    private static readonly DateTime Earliest = new(2000, 1, 1), Latest = new(2099, 12, 31);

    private static readonly Dictionary<VoiceVerb, VoiceVerbFormValidator> ByVerb =
        Enum.GetValues<VoiceVerb>().ToDictionary(verb => verb, verb => new VoiceVerbFormValidator(verb));

    private VoiceVerbFormValidator(VoiceVerb verb)
    {
        switch (verb)
        {
            case VoiceVerb.Reply or VoiceVerb.Note or VoiceVerb.Settle or VoiceVerb.Decide:
                RuleFor(f => f.Text).NotEmpty().NotInvisible().MaximumLength(VoiceLimits.Text);
                break;
            case VoiceVerb.Escalate or VoiceVerb.Extend or VoiceVerb.OpenName:
                RuleFor(f => f.Text).NotEmpty().NotInvisible().MaximumLength(VoiceLimits.Reason);
                break;
            default:
                RuleFor(f => f.Text).MaximumLength(VoiceLimits.Reason);
                break;
        }
        if (verb == VoiceVerb.HandOver) RuleFor(f => f.ToPersonId).NotNull();
        if (verb == VoiceVerb.Extend) RuleFor(f => f.Until).NotNull().InclusiveBetween(Earliest, Latest);
        if (verb == VoiceVerb.Correct) RuleFor(f => f.Kind).NotNull().IsInEnum();
        if (verb == VoiceVerb.Group) RuleFor(f => f.Lead).NotEmpty().NotInvisible().MaximumLength(20);
        if (verb == VoiceVerb.Decide) RuleFor(f => f.Upheld).NotNull();
    }

    public static VoiceVerbFormValidator Of(VoiceVerb verb) => ByVerb[verb];
}

/// <summary>What the public board says of a case.</summary>
public sealed class VoicePublishForm
{
    public string? Title { get; set; }
    public string? Question { get; set; }
    public string? Answer { get; set; }
}

public sealed class VoicePublishFormValidator : AbstractValidator<VoicePublishForm>
{
    public VoicePublishFormValidator()
    {
        RuleFor(f => f.Title).NotEmpty().NotInvisible().MaximumLength(VoiceLimits.Title);
        RuleFor(f => f.Question).NotEmpty().NotInvisible().MaximumLength(VoiceLimits.Text);
        RuleFor(f => f.Answer).NotEmpty().NotInvisible().MaximumLength(VoiceLimits.Text);
    }
}

/// <summary>The published limits, in hours: of the first answer around the clock, of settling in the office's working time.</summary>
public sealed class VoiceLevelForm
{
    /// <summary>The level that was shown.</summary>
    public long LevelId { get; set; }
    public int? AnswerHours { get; set; }
    public int? SettleHours { get; set; }
    public string? Why { get; set; }
}

public sealed class VoiceLevelFormValidator : AbstractValidator<VoiceLevelForm>
{
    public VoiceLevelFormValidator()
    {
        RuleFor(f => f.AnswerHours).NotNull().InclusiveBetween(1, VoiceLimits.LevelHours);
        RuleFor(f => f.SettleHours).NotNull().InclusiveBetween(1, VoiceLimits.LevelHours);
        RuleFor(f => f.Why).MaximumLength(VoiceLimits.Reason);
    }
}
