using System.Globalization;
using System.Resources;

namespace LogisticsAdmin.Shared;

/// <summary>A name in both languages of the house; written in the reader's language.</summary>
public sealed record LocalName(string Zh, string En)
{
    /// <summary>A key of a slice's words in both languages at once, for what must be recognised in either.</summary>
    public static LocalName Of<TWords>(string key)
    {
        var words = new ResourceManager(typeof(TWords).FullName!, typeof(TWords).Assembly);
        return new LocalName(In(Languages.Chinese), In(Languages.English));

        string In(string language) => words.GetString(key, CultureInfo.GetCultureInfo(language))
            ?? throw new InvalidOperationException($"{typeof(TWords).Name} has no {key}.");
    }

    public override string ToString() => Languages.IsChinese(CultureInfo.CurrentUICulture) || En.Length == 0 ? Zh : En;
}

/// <summary>The two languages of the house. Chinese is the default, whatever a browser asks for.</summary>
public static class Languages
{
    public const string Chinese = "zh-CN";
    public const string English = "en";
    public static readonly string[] All = [Chinese, English];

    public static bool IsChinese(CultureInfo culture) => culture.TwoLetterISOLanguageName == "zh";

    public static string Known(string? language) => language == English ? English : Chinese;
}
