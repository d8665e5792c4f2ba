using System.Globalization;
using System.Resources;
using FluentValidation.Resources;

namespace LogisticsAdmin.Shared;

/// <summary>Validation messages from SharedText ("Validator.…") where it has them, else the library's.</summary>
internal sealed class ValidatorMessages : LanguageManager
{
    private static readonly ResourceManager Own = new(typeof(SharedText).FullName!, typeof(SharedText).Assembly);

    public override string GetString(string key, CultureInfo? culture = null) =>
        Own.GetString($"Validator.{key}", culture ?? CultureInfo.CurrentUICulture) ?? base.GetString(key, culture);
}
