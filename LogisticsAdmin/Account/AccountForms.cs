using FluentValidation;

namespace LogisticsAdmin.Account;

/// <summary>Length limits of the account forms, in characters.</summary>
public static class AccountLimits
{
    public const int Password = 256;
    public const int Phone = 20;
    public const int Email = 120;
    public const int PasskeyName = 60;

    /// <summary>Well above what authenticators send.</summary>
    public const int Credential = 20_000;

    /// <summary>Digits with an optional country code, spaces and dashes between.</summary>
    public const string PhonePattern = @"^\+?[0-9][0-9 \-]{4,18}$";
}

/// <summary>The profile data that people may change themselves, with the version that the form was opened with.</summary>
public sealed class ProfileForm
{
    public long Version { get; set; }
    public string? Phone { get; set; }
    public string? Email { get; set; }

    /// <summary>The current password; required when the e-mail is changed.</summary>
    public string? Password { get; set; }
    public string? Language { get; set; }
    public string? Theme { get; set; }
}

public sealed class ProfileFormValidator : AbstractValidator<ProfileForm>
{
    public ProfileFormValidator()
    {
        RuleFor(f => f.Phone).MaximumLength(AccountLimits.Phone).Matches(AccountLimits.PhonePattern).Unless(f => string.IsNullOrWhiteSpace(f.Phone));
        RuleFor(f => f.Email).MaximumLength(AccountLimits.Email).EmailAddress().Unless(f => string.IsNullOrWhiteSpace(f.Email));
        RuleFor(f => f.Password).MaximumLength(AccountLimits.Password);
    }
}

public sealed class PasswordForm
{
    /// <summary>Not required from people without a password, who signed in with a one-time code.</summary>
    public string? Old { get; set; }
    public string? New { get; set; }
    public string? Repeat { get; set; }
}

public sealed class PasswordFormValidator : AbstractValidator<PasswordForm>
{
    public PasswordFormValidator()
    {
        RuleFor(f => f.Old).MaximumLength(AccountLimits.Password);
        RuleFor(f => f.New).NotEmpty().MaximumLength(AccountLimits.Password);
        RuleFor(f => f.Repeat).NotEmpty();
    }
}

/// <summary>A passkey created by the browser: its response as JSON, and the name its owner gave it.</summary>
public sealed class PasskeyForm
{
    public string? Name { get; set; }
    public string? Credential { get; set; }
}

public sealed class PasskeyFormValidator : AbstractValidator<PasskeyForm>
{
    public PasskeyFormValidator()
    {
        RuleFor(f => f.Name).NotEmpty().MaximumLength(AccountLimits.PasskeyName);
        RuleFor(f => f.Credential).NotEmpty().MaximumLength(AccountLimits.Credential);
    }
}

/// <summary>The form for a new administrator.</summary>
public sealed class AdministratorForm
{
    /// <summary>The code of the setup page; the console needs none.</summary>
    public string? Code { get; set; }
    public string? UserName { get; set; }
    public string? FullName { get; set; }
    public string? Password { get; set; }
    public string? PasswordAgain { get; set; }
}

internal sealed class AdministratorFormValidator : AbstractValidator<AdministratorForm>
{
    public const int UserNameLength = 40, FullNameLength = 80, PasswordLength = 256;

    public AdministratorFormValidator()
    {
        RuleFor(f => f.UserName).NotEmpty().MaximumLength(UserNameLength);
        RuleFor(f => f.FullName).NotEmpty().MaximumLength(FullNameLength);
        RuleFor(f => f.Password).NotEmpty().MaximumLength(PasswordLength);
    }
}
