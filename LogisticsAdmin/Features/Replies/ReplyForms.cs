using FluentValidation;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Replies;

/// <summary>A canned reply. To change one, the form carries the version that was opened; the owner never changes.</summary>
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
    public string? Verb { get; set; }
    public string? Code { get; set; }

    internal MacroAction? Action => string.IsNullOrEmpty(Verb) ? null : new MacroAction(Verb, string.IsNullOrEmpty(Code) ? null : Code);
}

public sealed class ReplyFormValidator : AbstractValidator<ReplyForm>
{
    public ReplyFormValidator(IMacroActions actions)
    {
        RuleFor(f => f.Name).NotEmpty().When(f => string.IsNullOrWhiteSpace(f.NameEn), ApplyConditionTo.CurrentValidator)
            .NotInvisible().MaximumLength(ReplyLimits.Name);
        RuleFor(f => f.NameEn).NotInvisible().MaximumLength(ReplyLimits.Name);
        RuleFor(f => f.Text).NotEmpty().When(f => string.IsNullOrWhiteSpace(f.TextEn), ApplyConditionTo.CurrentValidator)
            .NotInvisible().MaximumLength(ReplyLimits.Text).OnlyKnownPlaceholders();
        RuleFor(f => f.TextEn).NotInvisible().MaximumLength(ReplyLimits.Text).OnlyKnownPlaceholders();
        RuleFor(f => f.Shortcut).Must(typed => System.Text.RegularExpressions.Regex.IsMatch(CannedReply.Normalize(typed) ?? "", ReplyLimits.ShortcutPattern))
            .WithMessage(_ => ValidatorNames.Word(typeof(ReplyForm), "Wrong.Shortcut")).Unless(f => CannedReply.Normalize(f.Shortcut) is null);
        RuleFor(f => f.Verb).Must(verb => actions.Allows(verb!))
            .WithMessage(_ => ValidatorNames.Word(typeof(ReplyForm), "Wrong.Verb")).Unless(f => f.Action is null);
        RuleFor(f => f.Code).Must((f, _) => actions.IsComplete(f.Action!))
            .WithMessage(_ => ValidatorNames.Word(typeof(ReplyForm), "Wrong.Code")).When(f => f.Action is { } action && actions.Allows(action.Verb));
    }
}

internal static class ReplyRules
{
    /// <summary>Refuses placeholders that nothing fills, and names them.</summary>
    public static IRuleBuilderOptions<ReplyForm, string?> OnlyKnownPlaceholders(this IRuleBuilder<ReplyForm, string?> rule) =>
        rule.Must((_, text, context) =>
        {
            var unknown = ReplyPlaceholders.Unknown(text);
            context.MessageFormatter.AppendArgument("Unknown", string.Join(' ', unknown));
            return unknown.Count == 0;
        }).WithMessage(_ => ValidatorNames.Word(typeof(ReplyForm), "Wrong.Placeholder"));
}
