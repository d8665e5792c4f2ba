using FluentValidation;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Reports.Targets;

/// <summary>Sets a target from a month on, in the unit in which people read the figure: shares in percent.</summary>
public sealed class TargetForm
{
    public required string Figure { get; init; }
    public TargetScope Scope { get; init; }

    /// <summary>The crew or centre; zero for the office.</summary>
    public long ScopeId { get; init; }

    /// <summary>The first month, such as 2026-12.</summary>
    public string? From { get; set; }

    /// <summary>Null only with <see cref="IsNone"/>.</summary>
    public decimal? Value { get; set; }

    /// <summary>No target from this month on.</summary>
    public bool IsNone { get; set; }

    /// <summary>The target in force for this month when the form was opened; null if there was none.</summary>
    public long? ExpectedId { get; set; }
}

public sealed class TargetFormValidator : AbstractValidator<TargetForm>
{
    public static readonly TargetFormValidator Rules = new();

    private const int Decimals = 2;

    public const decimal Highest = 9_999_999;

    public TargetFormValidator()
    {
        RuleFor(f => f.Figure).NotEmpty().MaximumLength(ReportLimits.Code);
        RuleFor(f => f.Scope).IsInEnum();
        RuleFor(f => f.From).NotEmpty();
        RuleFor(f => f.Value).NotNull().When(f => !f.IsNone)
            .Must(v => v is null or (>= 0 and <= Highest) && decimal.Round(v ?? 0, Decimals) == (v ?? 0)).When(f => !f.IsNone)
            .WithMessage(_ => ValidatorNames.Word(typeof(TargetForm), "Range.Value"));
    }
}
