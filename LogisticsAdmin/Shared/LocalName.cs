using System.Globalization;
using System.Resources;

namespace LogisticsAdmin.Shared;

/// <summary>A name in both languages of the app; <see cref="ToString"/> returns the reader's.</summary>
public sealed record LocalName(string Zh, string En)
{
    /// <summary>One resource key of a slice in both languages, for texts that must be recognised in either.</summary>
    public static LocalName Of<TResource>(string key)
    {
        var words = new ResourceManager(typeof(TResource).FullName!, typeof(TResource).Assembly);
        return new LocalName(In(Languages.Chinese), In(Languages.English));

        string In(string language) => words.GetString(key, CultureInfo.GetCultureInfo(language))
            ?? throw new InvalidOperationException($"{typeof(TResource).Name} has no {key}.");
    }

    /// <summary>Both texts with these arguments; of an argument that is a name itself, the text of the same language. See <see cref="Plurals"/>.</summary>
    public LocalName With(params IReadOnlyList<object?> args)
    {
        return new LocalName(Filled(Zh, n => n.Zh), Filled(En, n => n.En.Length == 0 ? n.Zh : n.En));

        string Filled(string text, Func<LocalName, string> own) =>
            Plurals.Format(CultureInfo.InvariantCulture, text, [.. args.Select(a => a is LocalName name ? own(name) : a)]);
    }

    public override string ToString() => Languages.IsChinese(CultureInfo.CurrentUICulture) || En.Length == 0 ? Zh : En;
}
