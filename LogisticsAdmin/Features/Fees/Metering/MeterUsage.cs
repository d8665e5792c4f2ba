namespace LogisticsAdmin.Features.Fees.Metering;

/// <summary>What readings of one meter mean.</summary>
public static class MeterUsage
{
    /// <summary>
    /// The units used between two successive readings that count. Negative only when the counter ran backwards without having passed 0, which
    /// is refused where readings are recorded.
    /// </summary>
    public static decimal Between(Meter meter, MeterReading earlier, MeterReading later) =>
        (later.Value - earlier.Value + (later.RolledOver ? meter.RollsOverAt : 0)) * meter.Multiplier;
}
