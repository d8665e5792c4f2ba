using FluentValidation;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Office;

/// <summary>Limits of what may be typed about the office, in characters.</summary>
public static class OfficeLimits
{
    public const int Name = 60;
    public const int Phone = 40;
    public const int Email = 120;
    public const int Hours = 200;

    /// <summary>One or two numbers with extensions, such as 0571-8888 6666 转 2 / 8888 7777.</summary>
    public const string PhonePattern = @"^[0-9+()（）\-\s/转、,，ext.]{4,40}$";
}

/// <summary>The office's name and contact. Carries the version that was opened; 0 where nothing was stored.</summary>
public sealed class OfficeForm
{
    public long Version { get; set; }
    public string? Name { get; set; }
    public string? NameEn { get; set; }
    public string? Phone { get; set; }
    public string? Email { get; set; }
    public string? Hours { get; set; }
    public string? HoursEn { get; set; }
}

public sealed class OfficeFormValidator : AbstractValidator<OfficeForm>
{
    public OfficeFormValidator()
    {
        RuleFor(f => f.Name).NotEmpty().NotInvisible().MaximumLength(OfficeLimits.Name);
        RuleFor(f => f.NameEn).MaximumLength(OfficeLimits.Name);
        RuleFor(f => f.Phone).MaximumLength(OfficeLimits.Phone).Matches(OfficeLimits.PhonePattern).Unless(f => string.IsNullOrWhiteSpace(f.Phone));
        RuleFor(f => f.Email).MaximumLength(OfficeLimits.Email).EmailAddress().Unless(f => string.IsNullOrWhiteSpace(f.Email));
        RuleFor(f => f.Hours).MaximumLength(OfficeLimits.Hours);
        RuleFor(f => f.HoursEn).MaximumLength(OfficeLimits.Hours);
    }
}
