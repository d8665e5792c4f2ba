using System.Text.RegularExpressions;

namespace LogisticsAdmin.Spreadsheets.Importing;

/// <summary>Formats in which people type dates and times.</summary>
internal static partial class DatePatterns
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture;
    private const string Months = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec";
    private const string Week = @"(\s*\(?(星期|周|礼拜)(?<week>[一二三四五六日天])\)?)?";
    private const string Half = "上午|早上|早晨|清晨|凌晨|中午|下午|午后|傍晚|晚上|夜里|夜间|深夜|半夜|早|晚";

    // A minus after a time that is not in ISO form rather begins the end of a period.
    private const string Zone = @"Z|\+\d{2}:?\d{2}|(?<=T.*)-\d{2}:?\d{2}";
    private const string Time = Week + @"([T\s]*(?<half>" + Half + @")?\s*(?<h>\d{1,2})\s*[:时点]\s*"
        + @"((?<min>\d{1,2})\s*分?(\s*:?\s*(?<s>\d{1,2})(\.\d+)?\s*秒?)?)?\s*(?<half>AM|PM)?\s*(?<zone>" + Zone + ")?)?$";

    [GeneratedRegex(@"^(?<y>\d{4})\s*[-/.年]\s*(?<m>\d{1,2})\s*[-/.月]\s*(?<d>\d{1,2})\s*[日号]?" + Time, Options)]
    public static partial Regex YearFirst();

    [GeneratedRegex(@"^(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})" + Time, Options)]
    public static partial Regex Compact();

    [GeneratedRegex(@"^(?<a>\d{1,2})\s*[-/.]\s*(?<b>\d{1,2})\s*[-/.]\s*(?<y>\d{4}|\d{2})" + Time, Options)]
    public static partial Regex YearLast();

    /// <summary>What Excel leaves in a CSV file of a code such as 3-2, 2026-3 or 1-2-3, in a Chinese or an English system.</summary>
    [GeneratedRegex(@"^(\d{1,2}月\d{1,2}日|\d{4}年\d{1,2}月|\d{1,2}-(" + Months + @")|(" + Months + @")-\d{2}"
        + @"|\d{4}/\d{1,2}/\d{1,2}|\d{1,2}/\d{1,2}/\d{4})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    public static partial Regex MadeByExcel();

    [GeneratedRegex(@"^\d{5}(\.\d+)?$", Options)]
    public static partial Regex Serial();
}
