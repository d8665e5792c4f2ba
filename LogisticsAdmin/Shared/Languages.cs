using System.Globalization;

namespace LogisticsAdmin.Shared;

/// <summary>The two languages of the app. Chinese is the default, whatever the browser asks for.</summary>
public static class Languages
{
    public const string Chinese = "zh-CN";
    public const string English = "en";
    public static readonly string[] All = [Chinese, English];

    public static bool IsChinese(CultureInfo culture) => culture.TwoLetterISOLanguageName == "zh";

    public static string Known(string? language) => language == English ? English : Chinese;
}
