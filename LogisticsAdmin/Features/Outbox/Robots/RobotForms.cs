using FluentValidation;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Outbox.Robots;

/// <summary>Limits in characters.</summary>
public static class RobotLimits
{
    public const int Name = 40;
    public const int Address = 500;
    public const int Secret = 200;
}

/// <summary>A new robot, or changes to one; then an empty address or secret keeps the stored one, and Version is what the form was opened with.</summary>
public sealed class RobotForm
{
    public long Version { get; set; }
    public string? Name { get; set; }
    public RobotProvider? Provider { get; set; }
    public string? Address { get; set; }
    public string? Secret { get; set; }
    public bool RemovesSecret { get; set; }
    public string Language { get; set; } = Languages.Chinese;
    public bool IsEnabled { get; set; } = true;
    public bool ForEmergencies { get; set; } = true;
    public bool ForOverdue { get; set; }
    public bool ForUrgentNotices { get; set; }
}

public sealed class RobotFormValidator : AbstractValidator<RobotForm>
{
    public RobotFormValidator()
    {
        RuleFor(f => f.Name).NotEmpty().NotInvisible().MaximumLength(RobotLimits.Name);
        RuleFor(f => f.Provider).NotNull().IsInEnum();
        RuleFor(f => f.Address).MaximumLength(RobotLimits.Address);
        RuleFor(f => f.Secret).MaximumLength(RobotLimits.Secret);
    }
}
