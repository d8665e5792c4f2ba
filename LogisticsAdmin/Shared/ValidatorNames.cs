using System.Collections.Concurrent;
using System.Globalization;
using System.Resources;
using FluentValidation;

namespace LogisticsAdmin.Shared;

/// <summary>Fields are called in messages what they are called on the page: key "Field.Name" of the words beside the form.</summary>
public static class ValidatorNames
{
    public static void Install() => ValidatorOptions.Global.DisplayNameResolver = (type, member, _) =>
        type is null || member is null ? null : Of(type, member.Name);

    public static string? Of(Type form, string member) =>
        Words(form)?.GetString($"Field.{member}", CultureInfo.CurrentUICulture);

    private static readonly ConcurrentDictionary<Type, ResourceManager?> ByForm = new();

    private static ResourceManager? Words(Type form) => ByForm.GetOrAdd(form, static form =>
        form.Assembly.GetTypes().FirstOrDefault(t => t.Namespace == form.Namespace && t.Name.EndsWith("Text", StringComparison.Ordinal)) is { } words
            ? new ResourceManager(words.FullName!, words.Assembly)
            : null);
}
