using System.Text.RegularExpressions;

namespace LogisticsAdmin.Spreadsheets.Importing;

/// <summary>Formats in which people type dates and times.</summary>
internal static partial class DatePatterns
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture;
    private const string Months = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec";
    private const string Time = @"([T\s]*(?<half>上午|下午)?\s*(?<h>\d{1,2})\s*[:时点]\s*"
        + @"((?<min>\d{1,2})\s*分?(\s*:?\s*(?<s>\d{1,2})(\.\d+)?\s*秒?)?)?\s*(?<half>AM|PM)?)?$";

    [GeneratedRegex(@"^(?<y>\d{4})\s*[-/.年]\s*(?<m>\d{1,2})\s*[-/.月]\s*(?<d>\d{1,2})\s*[日号]?" + Time, Options)]
    public static partial Regex YearFirst();

    [GeneratedRegex(@"^(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})" + Time, Options)]
    public static partial Regex Compact();

    [GeneratedRegex(@"^(?<a>\d{1,2})\s*[-/.]\s*(?<b>\d{1,2})\s*[-/.]\s*(?<y>\d{4}|\d{2})" + Time, Options)]
    public static partial Regex YearLast();

    /// <summary>What Excel leaves in a CSV file of a code such as 3-2, 2026-3 or 1-2-3, in a Chinese or an English system.</summary>
    [GeneratedRegex(@"^(\d{1,2}月\d{1,2}日|\d{4}年\d{1,2}月|\d{1,2}-(" + Months + @")|(" + Months + @")-\d{2}|\d{4}/\d{1,2}/\d{1,2}|\d{1,2}/\d{1,2}/\d{4})$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    public static partial Regex MadeByExcel();

    [GeneratedRegex(@"^\d{5}(\.\d+)?$", Options)]
    public static partial Regex Serial();
}
