using FluentValidation;
using LogisticsAdmin.Registries;

namespace LogisticsAdmin.Features.Reports.Monthly;

/// <summary>Why a closed month is opened again.</summary>
public sealed class ReopenForm
{
    public required ReportPeriod Month { get; init; }
    public string? Reason { get; set; }
}

public sealed class ReopenFormValidator : AbstractValidator<ReopenForm>
{
    public static readonly ReopenFormValidator Rules = new();

    public ReopenFormValidator() => RuleFor(f => f.Reason).NotEmpty().MaximumLength(ReportLimits.Reason);
}

/// <summary>The text at one place of a report; <see cref="Version"/> is zero where nothing was stored before.</summary>
public sealed class CommentForm
{
    public required string Place { get; init; }
    public string? Text { get; set; }
    public long Version { get; set; }
}

public sealed class CommentFormValidator : AbstractValidator<CommentForm>
{
    public static readonly CommentFormValidator Rules = new();

    public CommentFormValidator()
    {
        RuleFor(f => f.Place).NotEmpty().MaximumLength(ReportLimits.Code);
        RuleFor(f => f.Text).MaximumLength(ReportLimits.Comment);
    }
}

/// <summary>文号 of a month's document.</summary>
public sealed class NumberForm
{
    public required ReportPeriod Month { get; init; }
    public string? Number { get; set; }
}

public sealed class NumberFormValidator : AbstractValidator<NumberForm>
{
    public static readonly NumberFormValidator Rules = new();

    public NumberFormValidator() => RuleFor(f => f.Number).MaximumLength(ReportLimits.DocumentNumber);
}
