using FluentValidation;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.News.Columns;

/// <summary>Limits of the form fields; lengths are in characters. The others are in <see cref="NewsLimits"/>.</summary>
public static class NewsSettingsLimits
{
    public const int ColumnCode = 20;
    public const int TemplateCode = 30;

    /// <summary>Lower-case letters, digits and hyphens: codes are part of addresses.</summary>
    public const string CodePattern = "^[a-z0-9]+(-[a-z0-9]+)*$";
}

/// <summary>A new column, or changes to one; then Version is the version that the form was opened with, and code and kind stay.</summary>
public sealed class ColumnForm
{
    public long Version { get; set; }
    public string? Code { get; set; }
    public NewsKind Kind { get; set; } = NewsKind.Notice;
    public string? Name { get; set; }
    public string? NameEn { get; set; }
    public bool NeedsReview { get; set; }
}

public sealed class ColumnFormValidator : AbstractValidator<ColumnForm>
{
    public ColumnFormValidator()
    {
        RuleFor(f => f.Code).NotEmpty().MaximumLength(NewsSettingsLimits.ColumnCode).Matches(NewsSettingsLimits.CodePattern);
        RuleFor(f => f.Kind).IsInEnum();
        RuleFor(f => f.Name).NotEmpty().NotInvisible().MaximumLength(NewsLimits.ColumnName);
        RuleFor(f => f.NameEn).MaximumLength(NewsLimits.ColumnName * 2);
    }
}

/// <summary>A new template, or changes to one; then Version is the version that the form was opened with, and the code stays.</summary>
public sealed class TemplateForm
{
    public long Version { get; set; }
    public string? Code { get; set; }
    public string? Name { get; set; }
    public string? NameEn { get; set; }
    public long? ColumnId { get; set; }
    public string? Title { get; set; }
    public string? TitleEn { get; set; }

    /// <summary>Markdown with {placeholders}.</summary>
    public string? Body { get; set; }
    public string? BodyEn { get; set; }
    public OutageKind? Outage { get; set; }
    public bool IsUrgent { get; set; }
    public bool NeedsConfirmation { get; set; }
}

public sealed class TemplateFormValidator : AbstractValidator<TemplateForm>
{
    public TemplateFormValidator()
    {
        RuleFor(f => f.Code).NotEmpty().MaximumLength(NewsSettingsLimits.TemplateCode).Matches(NewsSettingsLimits.CodePattern);
        RuleFor(f => f.Name).NotEmpty().NotInvisible().MaximumLength(NewsLimits.TemplateName);
        RuleFor(f => f.NameEn).MaximumLength(NewsLimits.TemplateName * 2);
        RuleFor(f => f.ColumnId).NotNull();
        RuleFor(f => f.Title).NotEmpty().NotInvisible().MaximumLength(NewsLimits.Title);
        RuleFor(f => f.TitleEn).MaximumLength(NewsLimits.Title);
        RuleFor(f => f.Body).NotEmpty().NotInvisible().MaximumLength(NewsLimits.Body);
        RuleFor(f => f.BodyEn).MaximumLength(NewsLimits.Body);
        RuleFor(f => f.Outage).IsInEnum();
    }
}

/// <summary>The names of a saved audience; when it is changed, Version is the version that the form was opened with.</summary>
public sealed class GroupForm
{
    public long Version { get; set; }
    public string? Name { get; set; }
    public string? NameEn { get; set; }
}

public sealed class GroupFormValidator : AbstractValidator<GroupForm>
{
    public GroupFormValidator()
    {
        RuleFor(f => f.Name).NotEmpty().NotInvisible().MaximumLength(NewsLimits.GroupName);
        RuleFor(f => f.NameEn).MaximumLength(NewsLimits.GroupName * 2);
    }
}

/// <summary>Who gets the right "may publish".</summary>
public sealed class PublisherForm
{
    public long? PersonId { get; set; }
}

public sealed class PublisherFormValidator : AbstractValidator<PublisherForm>
{
    public PublisherFormValidator() => RuleFor(f => f.PersonId).NotNull();
}
