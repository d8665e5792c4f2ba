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

    public override string ToString() => Languages.IsChinese(CultureInfo.CurrentUICulture) || En.Length == 0 ? Zh : En;
}
