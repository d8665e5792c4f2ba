using System.Globalization;

namespace LogisticsAdmin.Spreadsheets.Reading;

/// <summary>Excel's days, counted from 1900 (or 1904, on workbooks made so), with the time of day as a fraction.</summary>
public static class SerialDate
{
    /// <summary>What the same day is less in the 1904 system.</summary>
    public const int DaysTo1904 = 1462;

    private const double End = 2_958_466;
    private static readonly DateTime Zero = new(1899, 12, 30);

    /// <summary>The moment of a serial of the 1900 system to the second, or null where Excel has none.</summary>
    public static DateTime? Moment(double serial)
    {
        if (serial is not (>= 0 and < End)) return null;
        // Excel believes in 29 February 1900, so its days before are one less.
        var moment = Zero.AddSeconds(Math.Round((serial < 60 ? serial + 1 : serial) * 86_400));
        return moment.Year < 10_000 ? moment : null;
    }

    /// <summary>A time of day alone, which has the first year there is, becomes a fraction.</summary>
    internal static double Of(DateTime moment)
    {
        if (moment.Year == 1) return moment.TimeOfDay.TotalDays;
        var serial = (moment - Zero).TotalDays;
        return serial < 61 ? serial - 1 : serial;
    }

    /// <summary>As day, moment or time of day; null where Excel shows only hashes.</summary>
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
