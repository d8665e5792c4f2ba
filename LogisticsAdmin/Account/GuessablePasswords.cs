using System.Collections.Frozen;
using LogisticsAdmin.Security;
using Microsoft.AspNetCore.Identity;

namespace LogisticsAdmin.Account;

/// <summary>
/// Passwords that somebody else would try first: well-known ones, also with digits and signs around them or in place of letters, short words
/// with a run of digits, and the person's own names.
/// </summary>
public sealed class GuessablePasswords(IdentityErrorDescriber errors) : IPasswordValidator<Person>
{
    private const int ShortWord = 4, ShortestName = 4;

    private static readonly Lazy<FrozenSet<string>> Known = new(Read);

    /// <summary>The key of the refusal in AccountText, or null for a password that is none of these.</summary>
    public static string? RefusalOf(Person person, string password)
    {
        var plain = password.ToLowerInvariant();
        return IsCommon(plain) ? "PasswordCommon" : NamesOf(person).Any(name => plain.Contains(name, StringComparison.Ordinal)) ? "PasswordOwnName" : null;
    }

    public Task<IdentityResult> ValidateAsync(UserManager<Person> manager, Person user, string? password) => Task.FromResult(
        RefusalOf(user, password ?? "") is { } code ? IdentityResult.Failed(((AccountErrors)errors).Of(code)) : IdentityResult.Success);

    private static bool IsCommon(string plain)
    {
        if (Known.Value.Contains(plain)) return true;
        var word = plain.Trim([.. plain.Where(c => !char.IsAsciiLetter(c))]);
        if (Known.Value.Contains(word) || Known.Value.Contains(WithLetters(word))) return true;
        var digits = string.Concat(plain.Where(char.IsAsciiDigit));
        return word.Length <= ShortWord && word.All(char.IsAsciiLetter) && IsRun(digits);
    }

    /// <summary>Signs and digits that stand for letters: p@ssw0rd.</summary>
    private static string WithLetters(string word) =>
        word.Replace('@', 'a').Replace('0', 'o').Replace('1', 'i').Replace('!', 'i').Replace('3', 'e').Replace('$', 's').Replace('5', 's');

    /// <summary>Equal digits, or each one more or one less than the one before; 0 follows 9.</summary>
    private static bool IsRun(string digits) => digits.Length > 1
        && digits.Zip(digits.Skip(1), (a, b) => (b - a + 10) % 10).Distinct().ToList() is [0 or 1 or 9];

    private static IEnumerable<string> NamesOf(Person person) => new[]
        {
            person.UserName, person.Number, person.FullName, person.Pinyin, person.PhoneNumber, person.Email?.Split('@')[0],
        }
        .Select(name => (name ?? "").Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant())
        .Where(name => name.Length >= ShortestName || (name.Length > 1 && !name.All(char.IsAscii)));

    private static FrozenSet<string> Read()
    {
        using var file = typeof(GuessablePasswords).Assembly.GetManifestResourceStream("LogisticsAdmin.Account.common-passwords.txt")!;
        using var reader = new StreamReader(file);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToFrozenSet(StringComparer.Ordinal);
    }
}
