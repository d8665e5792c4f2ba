using System.Globalization;
using LogisticsAdmin.Shared;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Data;

/// <summary>
/// Which backups are kept. Hours and days count back from the newest backup and not from now, so that a server that was off for months keeps
/// what it has. Backups with uploads, those of the database alone and copies of damaged databases are counted separately, and so are those
/// made before a migration or a restore: they are the way back, whatever else is backed up in the same hour.
/// </summary>
public sealed class BackupRetention(IOptions<BackupOptions> options, OfficeTime office)
{
    /// <summary>How many of each kind of way back are kept at least: an upgrade is often tried, rolled back and tried again.</summary>
    private const int WaysBack = 3;

    public IReadOnlyList<BackupFile> Superfluous(IReadOnlyList<BackupFile> files) =>
    [
        .. files.GroupBy(f => (f.IsDatabaseOnly, f.IsDamaged, WayBack: f.IsWayBack ? f.Why : null))
            .SelectMany(g => SuperfluousOf([.. g.OrderByDescending(f => f.At)], atLeast: g.Key.WayBack is null ? 1 : WaysBack)),
    ];

    /// <summary>Whether two moments are in the same span of the shortest rhythm: one backup is made for each.</summary>
    public bool IsSameTurn(DateTimeOffset one, DateTimeOffset other) =>
        options.Value.Hourly > 0 ? HourOf(one) == HourOf(other) : options.Value.Daily > 0 ? office.DayOf(one) == office.DayOf(other) : IsSameWeek(one, other);

    public bool IsSameWeek(DateTimeOffset one, DateTimeOffset other) => WeekOf(one) == WeekOf(other);

    private IEnumerable<BackupFile> SuperfluousOf(IReadOnlyList<BackupFile> newestFirst, int atLeast)
    {
        var newest = newestFirst[0].At;
        var kept = newestFirst.Take(atLeast)
            .Concat(newestFirst.Where(f => HourOf(f.At) > HourOf(newest) - options.Value.Hourly).DistinctBy(f => HourOf(f.At)))
            .Concat(newestFirst.Where(f => office.DayOf(f.At) > office.DayOf(newest).AddDays(-options.Value.Daily)).DistinctBy(f => office.DayOf(f.At)))
            .Concat(newestFirst.DistinctBy(f => WeekOf(f.At)).Take(options.Value.Weekly));
        return newestFirst.Except(kept);
    }

    private static long HourOf(DateTimeOffset at) => at.UtcTicks / TimeSpan.TicksPerHour;

    private (int Year, int Week) WeekOf(DateTimeOffset at)
    {
        var day = office.Local(at).DateTime;
        return (ISOWeek.GetYear(day), ISOWeek.GetWeekOfYear(day));
    }
}
