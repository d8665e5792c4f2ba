using LogisticsAdmin.Features.Fees.Metering;

namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>
/// A room's part of a meter. What it used is always added up from its beginning and from the readings that count now, and a bill charges what is
/// above the bills before. So estimates that were too high, corrected readings and counters that passed 0 settle themselves, and nothing counts twice.
/// The readings are those that count, up to the end of the period.
/// </summary>
internal sealed class MeterPart(Meter meter, MeterRoom room, IReadOnlyList<MeterRoom> rooms, IReadOnlyList<CountingReading> counting)
{
    /// <summary>
    /// What a bill counts of it; null where there is no reading since the last bill. <paramref name="billed"/>: the last bill's, null before the first.
    /// </summary>
    public MeterProof? Proof(BillMeter? billed)
    {
        var opening = counting.LastOrDefault(r => r.Day <= room.FirstDay) ?? (counting.Count > 0 ? counting[0] : null);
        if (opening is null) return null;
        var from = billed?.ClosingDay ?? (opening.Day > room.FirstDay ? opening.Day : room.FirstDay);
        // A part that ended counts to the first reading after its end, of which it takes its days.
        var closing = End is { } end ? counting.FirstOrDefault(r => r.Day >= end) ?? counting[^1] : counting[^1];
        if (closing.Day <= from) return null;
        var shown = counting.LastOrDefault(r => r.Day <= from) ?? opening;
        return new MeterProof(
            room.Id, meter.Id, meter.Number, from, shown.Value, closing.Day, closing.Value, closing.IsEstimate,
            counting.Count(r => r.RolledOver && r.Day > shown.Day && r.Day <= closing.Day), meter.Digits, meter.Multiplier, room.Share,
            SharesOn(closing.Day), Total(opening, closing), billed?.Total ?? 0);
    }

    /// <summary>Whether it counts no more: it ended, and a bill went to its end.</summary>
    public bool IsFinished(BillMeter? billed) => End is { } end && billed is not null && (billed.ClosingDay >= end || billed.ClosingDay >= meter.RemovedOn);

    /// <summary>The day of the reading that ends it: the next part begins with the same reading.</summary>
    private DateOnly? End => room.LastDay?.AddDays(1);

    // Units since its beginning, at most four decimals.
    private decimal Total(CountingReading opening, CountingReading closing)
    {
        var total = 0m;
        var before = opening;
        foreach (var reading in counting.Where(r => r.Day > opening.Day && r.Day <= closing.Day))
        {
            total += Own(MeterUsage.Between(meter, before.Value, reading.Value, reading.RolledOver), before.Day, reading.Day);
            before = reading;
        }
        return decimal.Round(total, 4);
    }

    // The room's part of what was used between two readings: each day counts the same, and is divided by the shares of that day.
    private decimal Own(decimal used, DateOnly from, DateOnly to)
    {
        if (rooms.Count == 1 && IsIn(room, from.AddDays(1)) && IsIn(room, to)) return used;
        var parts = Enumerable.Range(1, to.DayNumber - from.DayNumber).Select(d => from.AddDays(d)).Where(day => IsIn(room, day))
            .GroupBy(SharesOn).Sum(days => used * room.Share * days.Count() / days.Key);
        return parts / (to.DayNumber - from.DayNumber);
    }

    private int SharesOn(DateOnly day) => rooms.Where(r => IsIn(r, day)).Sum(r => r.Share) is var sum and > 0 ? sum : room.Share;

    // A day's usage is what was used since the reading of the day before.
    private static bool IsIn(MeterRoom room, DateOnly day) => room.FirstDay < day && (room.LastDay is not { } last || day <= last.AddDays(1));
}
