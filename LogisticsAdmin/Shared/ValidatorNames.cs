using System.Collections.Concurrent;
using System.Globalization;
using System.Resources;
using FluentValidation;

namespace LogisticsAdmin.Shared;

/// <summary>Names of fields in validation messages, the same as on the page: key "Field.Name" of the words beside the form, or of the slice it is in.</summary>
public static class ValidatorNames
{
    public static void Install()
    {
        ValidatorOptions.Global.DisplayNameResolver = (type, member, _) => type is null || member is null ? null : Of(type, member.Name);
        ValidatorOptions.Global.LanguageManager = new ValidatorMessages();
    }

    public static string? Of(Type form, string member) => Word(form, $"Field.{member}");

    /// <summary>A message that belongs to the form: a key of the words beside it.</summary>
    public static string? Word(Type form, string key) => Words(form)?.GetString(key, CultureInfo.CurrentUICulture);

    private static readonly ConcurrentDictionary<Type, ResourceManager?> ByForm = new();

    /// <summary>The words of the form's folder, or of the nearest above it.</summary>
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
