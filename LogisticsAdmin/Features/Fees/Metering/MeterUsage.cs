namespace LogisticsAdmin.Features.Fees.Metering;

/// <summary>What readings of one meter mean.</summary>
public static class MeterUsage
{
    /// <summary>
    /// The units used between two successive readings that count. Negative only when the counter ran backwards without having passed 0, which
    /// is refused where readings are recorded.
    /// </summary>
    public static decimal Between(Meter meter, MeterReading earlier, MeterReading later) =>
        Between(meter, earlier.Value, later.Value, later.RolledOver);

    internal static decimal Between(Meter meter, decimal earlier, decimal later, bool rolledOver) =>
        (later - earlier + (rolledOver ? meter.RollsOverAt : 0)) * meter.Multiplier;

    /// <summary>How far the counter runs from one value forwards to another, in steps of the counter: never negative, less than one round.</summary>
    internal static decimal Forwards(Meter meter, decimal from, decimal to) => to >= from ? to - from : to - from + meter.RollsOverAt;
}
