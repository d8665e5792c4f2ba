namespace LogisticsAdmin.Data;

/// <summary>Numbers like BX20261122-0001: taken inside the caller's transaction, never taken twice.</summary>
public static class DayNumbers
{
    extension(LogisticsDb db)
    {
        public async Task<string> NextNumberAsync(string series, DateOnly day, CancellationToken ct) =>
            Format(series, day, await db.TakeNumbersAsync(series, day, 1, ct));

        /// <summary>Takes <paramref name="count"/> numbers of a day at once and returns the first of them.</summary>
        public Task<int> TakeNumbersAsync(string series, DateOnly day, int count, CancellationToken ct) =>
            db.Services.Engine.TakeNumbersAsync(db, series, day, count, ct);
    }

    public static string Format(string series, DateOnly day, int number) => FormattableString.Invariant($"{series}{day:yyyyMMdd}-{number:0000}");
}
