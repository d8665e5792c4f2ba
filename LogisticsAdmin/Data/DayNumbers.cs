using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogisticsAdmin.Data;

/// <summary>The last number given out in a series on one office day.</summary>
public sealed class DayNumber
{
    public required string Series { get; init; }
    public required DateOnly Day { get; init; }
    public required int Last { get; init; }
}

internal sealed class DayNumberConfiguration : IEntityTypeConfiguration<DayNumber>
{
    public void Configure(EntityTypeBuilder<DayNumber> number) => number.ToTable("DayNumbers").HasKey(n => new { n.Series, n.Day });
}

/// <summary>Numbers like BX20261122-0001: taken inside the caller's transaction by one upsert, never given twice.</summary>
public static class DayNumbers
{
    public static async Task<string> NextAsync(LogisticsDb db, string series, DateOnly day, CancellationToken ct)
    {
        var last = await db.Database.SqlQuery<int>($"""
            INSERT INTO "DayNumbers" ("Series", "Day", "Last") VALUES ({series}, {day}, 1)
            ON CONFLICT ("Series", "Day") DO UPDATE SET "Last" = "Last" + 1 RETURNING "Last" AS "Value"
            """).ToListAsync(ct);
        return Format(series, day, last[0]);
    }

    /// <summary>Takes <paramref name="count"/> numbers of a day at once and returns the first of them.</summary>
    public static async Task<int> TakeAsync(LogisticsDb db, string series, DateOnly day, int count, CancellationToken ct)
    {
        var last = await db.Database.SqlQuery<int>($"""
            INSERT INTO "DayNumbers" ("Series", "Day", "Last") VALUES ({series}, {day}, {count})
            ON CONFLICT ("Series", "Day") DO UPDATE SET "Last" = "Last" + {count} RETURNING "Last" AS "Value"
            """).ToListAsync(ct);
        return last[0] - count + 1;
    }

    public static string Format(string series, DateOnly day, int number) => FormattableString.Invariant($"{series}{day:yyyyMMdd}-{number:0000}");
}
