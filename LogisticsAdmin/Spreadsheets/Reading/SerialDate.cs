using System.Globalization;

namespace LogisticsAdmin.Spreadsheets.Reading;

/// <summary>Excel's serial dates: days since 1900 (or 1904, depending on the workbook), with the time of day as a fraction.</summary>
public static class SerialDate
{
    /// <summary>A day's serial in the 1900 system minus its serial in the 1904 system.</summary>
    public const int DaysTo1904 = 1462;

    private const double End = 2_958_466;
    private static readonly DateTime Zero = new(1899, 12, 30);

    /// <summary>The moment of a serial in the 1900 system, to the second; null outside Excel's range.</summary>
    public static DateTime? Moment(double serial)
    {
        if (serial is not (>= 0 and < End)) return null;
        // Excel counts a 29 February 1900 that did not exist, so serials before it are off by one.
        var moment = Zero.AddSeconds(Math.Round((serial < 60 ? serial + 1 : serial) * 86_400));
        return moment.Year < 10_000 ? moment : null;
    }

    /// <summary>The serial of a moment. A time of day alone (parsed without a date, so in year 1) becomes a fraction.</summary>
    internal static double Of(DateTime moment)
    {
        if (moment.Year == 1) return moment.TimeOfDay.TotalDays;
        var serial = (moment - Zero).TotalDays;
        return serial < 61 ? serial - 1 : serial;
    }

    /// <summary>The serial as a day, a moment or a time of day; null where Excel shows only "####".</summary>
    internal static string? Text(double serial, bool elapsed)
    {
        if (Moment(serial) is not { } moment) return null;
        if (elapsed)
        {
            var time = TimeSpan.FromSeconds(Math.Round(serial * 86_400));
            return string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:{time.Minutes:00}:{time.Seconds:00}");
        }
        var format = serial < 1 ? "HH:mm:ss" : moment.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss";
        return moment.ToString(format, CultureInfo.InvariantCulture);
    }
}
