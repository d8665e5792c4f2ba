using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Account;

/// <summary>Identity's error messages in the reader's language: key "Identity.{Code}" of AccountText.</summary>
internal sealed class AccountErrors(IStringLocalizer<AccountText> words) : IdentityErrorDescriber
{
    public override IdentityError DefaultError() => Error(nameof(DefaultError));

    public override IdentityError ConcurrencyFailure() => Error(nameof(ConcurrencyFailure));

    public override IdentityError PasswordMismatch() => Error(nameof(PasswordMismatch));

    public override IdentityError PasswordTooShort(int length) => Error(nameof(PasswordTooShort), length);

    public override IdentityError PasswordRequiresUniqueChars(int uniqueChars) => Error(nameof(PasswordRequiresUniqueChars), uniqueChars);

    public override IdentityError PasswordRequiresDigit() => Error(nameof(PasswordRequiresDigit));

    public override IdentityError PasswordRequiresLower() => Error(nameof(PasswordRequiresLower));

    public override IdentityError PasswordRequiresUpper() => Error(nameof(PasswordRequiresUpper));

    public override IdentityError PasswordRequiresNonAlphanumeric() => Error(nameof(PasswordRequiresNonAlphanumeric));

    /// <summary>An error of the app's own validators.</summary>
    public IdentityError Of(string code) => Error(code);

    private IdentityError Error(string code, params object[] args) => new() { Code = code, Description = words[$"Identity.{code}", args] };
}
