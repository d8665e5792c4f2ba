using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Account;

/// <summary>What Identity says about a password, in the reader's language: key "Identity.{Code}" of AccountText.</summary>
internal sealed class AccountErrors(IStringLocalizer<AccountText> words) : IdentityErrorDescriber
{
    public override IdentityError DefaultError() => Say(nameof(DefaultError));

    public override IdentityError ConcurrencyFailure() => Say(nameof(ConcurrencyFailure));

    public override IdentityError PasswordMismatch() => Say(nameof(PasswordMismatch));

    public override IdentityError PasswordTooShort(int length) => Say(nameof(PasswordTooShort), length);

    public override IdentityError PasswordRequiresUniqueChars(int uniqueChars) => Say(nameof(PasswordRequiresUniqueChars), uniqueChars);

    public override IdentityError PasswordRequiresDigit() => Say(nameof(PasswordRequiresDigit));

    public override IdentityError PasswordRequiresLower() => Say(nameof(PasswordRequiresLower));

    public override IdentityError PasswordRequiresUpper() => Say(nameof(PasswordRequiresUpper));

    public override IdentityError PasswordRequiresNonAlphanumeric() => Say(nameof(PasswordRequiresNonAlphanumeric));

    private IdentityError Say(string code, params object[] args) => new() { Code = code, Description = words[$"Identity.{code}", args] };
}
