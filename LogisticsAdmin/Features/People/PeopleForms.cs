using FluentValidation;
using LogisticsAdmin.Security;

namespace LogisticsAdmin.Features.People;

/// <summary>Limits of what may be typed about a person, in characters.</summary>
public static class PeopleLimits
{
    public const int UserName = 40;
    public const int FullName = 80;
    public const int Number = 40;
    public const int Phone = 20;
    public const int Email = 120;
    public const int Reason = 200;
    public const int Study = 80;
    public const int FirstGrade = 1950;
    public const int LastGrade = 2100;

    /// <summary>Letters of any script, digits, dot, dash and underscore.</summary>
    public const string NamePattern = @"^[\p{L}\p{N}._\-]+$";

    /// <summary>Digits with an optional country code, spaces and dashes between.</summary>
    public const string PhonePattern = @"^\+?[0-9][0-9 \-]{4,18}$";
}

/// <summary>A new person, or changes to one. Changes carry the version that was opened, and can't change the user name.</summary>
public sealed class PersonForm
{
    public long Version { get; set; }
    public string? UserName { get; set; }
    public string? FullName { get; set; }
    public string? Number { get; set; }
    public string? Phone { get; set; }
    public string? Email { get; set; }

    /// <summary>未报到 or 在册; the form does not change other states.</summary>
    public PersonStatus Status { get; set; } = PersonStatus.Active;
    public Gender Gender { get; set; }
    public string? College { get; set; }
    public string? Major { get; set; }
    public string? ClassName { get; set; }
    public int? Grade { get; set; }
    public long? RoomId { get; set; }
    public long? BedId { get; set; }
    public long? CrewId { get; set; }
    public IReadOnlyCollection<Role> Roles { get; set; } = [];
}

public sealed class PersonFormValidator : AbstractValidator<PersonForm>
{
    public PersonFormValidator()
    {
        RuleFor(f => f.UserName).NotEmpty().MaximumLength(PeopleLimits.UserName).Matches(PeopleLimits.NamePattern);
        RuleFor(f => f.FullName).NotEmpty().MaximumLength(PeopleLimits.FullName);
        RuleFor(f => f.Number).MaximumLength(PeopleLimits.Number).Matches(PeopleLimits.NamePattern).Unless(f => string.IsNullOrWhiteSpace(f.Number));
        RuleFor(f => f.Phone).MaximumLength(PeopleLimits.Phone).Matches(PeopleLimits.PhonePattern).Unless(f => string.IsNullOrWhiteSpace(f.Phone));
        RuleFor(f => f.Email).MaximumLength(PeopleLimits.Email).EmailAddress().Unless(f => string.IsNullOrWhiteSpace(f.Email));
        RuleFor(f => f.Status).Must(s => s is PersonStatus.Expected or PersonStatus.Active);
        RuleFor(f => f.Gender).IsInEnum();
        RuleFor(f => f.College).MaximumLength(PeopleLimits.Study);
        RuleFor(f => f.Major).MaximumLength(PeopleLimits.Study);
        RuleFor(f => f.ClassName).MaximumLength(PeopleLimits.Study);
        RuleFor(f => f.Grade).InclusiveBetween(PeopleLimits.FirstGrade, PeopleLimits.LastGrade);
        RuleFor(f => f.Roles).NotEmpty();
        RuleForEach(f => f.Roles).IsInEnum();
        RuleFor(f => f.CrewId).NotNull().When(f => f.Roles.Contains(Role.Technician));
    }
}

/// <summary>Why somebody is disabled or deleted.</summary>
public sealed class DisableForm
{
    public string? Reason { get; set; }
}

public sealed class DisableFormValidator : AbstractValidator<DisableForm>
{
    public DisableFormValidator() => RuleFor(f => f.Reason).NotEmpty().MaximumLength(PeopleLimits.Reason);
}

/// <summary>A class and grade for many people; empty fields are left unchanged.</summary>
public sealed class ClassForm
{
    public string? ClassName { get; set; }
    public int? Grade { get; set; }
}

public sealed class ClassFormValidator : AbstractValidator<ClassForm>
{
    public ClassFormValidator()
    {
        RuleFor(f => f.ClassName).NotEmpty().When(f => f.Grade is null);
        RuleFor(f => f.ClassName).MaximumLength(PeopleLimits.Study);
        RuleFor(f => f.Grade).InclusiveBetween(PeopleLimits.FirstGrade, PeopleLimits.LastGrade);
    }
}
