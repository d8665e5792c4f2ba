using FluentValidation;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Replies;

/// <summary>Limits of what may be typed, in characters.</summary>
public static class ReplyLimits
{
    public const int Name = 40;

    /// <summary>Half of what a reply may have: placeholders grow, and the office adds its own words.</summary>
    public const int Text = RepairLimits.Description / 2;
    public const int Shortcut = 20;

    /// <summary>Letters of any script, digits and hyphens.</summary>
    public const string ShortcutPattern = @"^[\p{L}\p{N}\-]{2,20}$";
}

/// <summary>A canned reply; a changed one carries the version it was opened with, and stays whose it is.</summary>
public sealed class ReplyForm
{
    public long Version { get; set; }
    public string? Name { get; set; }
    public string? NameEn { get; set; }
    public string? Text { get; set; }
    public string? TextEn { get; set; }
    public string? Shortcut { get; set; }
    public bool Shared { get; set; }
    public bool Internal { get; set; }
    public RepairVerb? Verb { get; set; }
    public string? Code { get; set; }

    internal ReplyAct? Act => Verb is { } verb ? new ReplyAct(verb, string.IsNullOrEmpty(Code) ? null : Code) : null;
}

public sealed class ReplyFormValidator : AbstractValidator<ReplyForm>
{
    public ReplyFormValidator()
    {
        RuleFor(f => f.Name).NotEmpty().When(f => string.IsNullOrWhiteSpace(f.NameEn), ApplyConditionTo.CurrentValidator)
            .NotInvisible().MaximumLength(ReplyLimits.Name);
        RuleFor(f => f.NameEn).NotInvisible().MaximumLength(ReplyLimits.Name);
        RuleFor(f => f.Text).NotEmpty().When(f => string.IsNullOrWhiteSpace(f.TextEn), ApplyConditionTo.CurrentValidator)
            .NotInvisible().MaximumLength(ReplyLimits.Text).OnlyKnownPlaceholders();
        RuleFor(f => f.TextEn).NotInvisible().MaximumLength(ReplyLimits.Text).OnlyKnownPlaceholders();
        RuleFor(f => f.Shortcut).Must(typed => System.Text.RegularExpressions.Regex.IsMatch(CannedReply.Normalize(typed) ?? "", ReplyLimits.ShortcutPattern))
            .WithMessage(_ => ValidatorNames.Word(typeof(ReplyForm), "Wrong.Shortcut")).Unless(f => CannedReply.Normalize(f.Shortcut) is null);
        RuleFor(f => f.Verb).Must(verb => ReplyAct.Verbs.Contains(verb!.Value))
            .WithMessage(_ => ValidatorNames.Word(typeof(ReplyForm), "Wrong.Verb")).Unless(f => f.Verb is null);
        RuleFor(f => f.Code).Must((f, _) => f.Act!.IsWhole)
            .WithMessage(_ => ValidatorNames.Word(typeof(ReplyForm), "Wrong.Code")).When(f => f.Verb is { } verb && ReplyAct.Verbs.Contains(verb));
    }
}

internal static class ReplyRules
{
    /// <summary>Refuses what would be sent with its braces, and says which.</summary>
    public static IRuleBuilderOptions<ReplyForm, string?> OnlyKnownPlaceholders(this IRuleBuilder<ReplyForm, string?> rule) =>
        rule.Must((_, text, context) =>
        {
            var unknown = ReplyPlaceholders.Unknown(text);
            context.MessageFormatter.AppendArgument("Unknown", string.Join(' ', unknown));
            return unknown.Count == 0;
        }).WithMessage(_ => ValidatorNames.Word(typeof(ReplyForm), "Wrong.Placeholder"));
}
