using System.Globalization;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Shared;

/// <summary>Moments are UTC; days, months and displayed times are in the office's time zone, whatever the server's time zone is.</summary>
public sealed class OfficeTime(TimeProvider clock, IOptions<OfficeOptions> options)
{
    public TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById(options.Value.TimeZone);

    public DateTimeOffset Now => clock.GetUtcNow();

    public DateOnly Today => DayOf(Now);

    public DateTimeOffset Local(DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, Zone);

    public DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(Local(moment).DateTime);

    /// <summary>The moment at which clocks in the office show this day and time; a time skipped by a clock change is moved forward.</summary>
    public DateTimeOffset At(DateOnly day, TimeOnly time)
    {
        var wall = day.ToDateTime(time);
        while (Zone.IsInvalidTime(wall)) wall = wall.AddMinutes(30);
        return new DateTimeOffset(wall, Zone.GetUtcOffset(wall)).ToUniversalTime();
    }

    /// <summary>Today as a time, this year as month and day, else the full date.</summary>
    public string Show(DateTimeOffset moment)
    {
        var local = Local(moment);
        var today = Local(Now);
        var format = local.Date == today.Date ? "HH:mm" : local.Year == today.Year ? "MM-dd HH:mm" : "yyyy-MM-dd HH:mm";
        return local.ToString(format, CultureInfo.InvariantCulture);
    }
}
