using System.Collections.Concurrent;
using System.Globalization;
using System.Resources;
using FluentValidation;

namespace LogisticsAdmin.Shared;

/// <summary>
/// Names of fields in validation messages, as on the page: key "Field.Name" of the resources in the form's folder, or of its slice.
/// </summary>
public static class ValidatorNames
{
    public static void Install()
    {
        ValidatorOptions.Global.DisplayNameResolver = (type, member, _) => type is null || member is null ? null : Of(type, member.Name);
        ValidatorOptions.Global.LanguageManager = new ValidatorMessages();
    }

    public static string? Of(Type form, string member) => Word(form, $"Field.{member}");

    /// <summary>A message of the form: a key of the resources in its folder.</summary>
    public static string? Word(Type form, string key) => Words(form)?.GetString(key, CultureInfo.CurrentUICulture);

    private static readonly ConcurrentDictionary<Type, ResourceManager?> ByForm = new();

    /// <summary>The resource type in the form's folder, or in the nearest folder above it.</summary>
    public static Type? WordsOf(Type form)
    {
        for (var home = form.Namespace; home is not null; home = home.LastIndexOf('.') is var dot and > 0 ? home[..dot] : null)
        {
            var words = form.Assembly.GetTypes().FirstOrDefault(t => t.Namespace == home && t.Name.EndsWith("Text", StringComparison.Ordinal));
            if (words is not null) return words;
        }
        return null;
    }

    private static ResourceManager? Words(Type form) => ByForm.GetOrAdd(form, static form =>
        WordsOf(form) is { } words ? new ResourceManager(words.FullName!, words.Assembly) : null);
}
