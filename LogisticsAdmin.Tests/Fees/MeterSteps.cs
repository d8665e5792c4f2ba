using LogisticsAdmin.Features.Fees.Metering;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>Meters and readings as tests need them.</summary>
internal static class MeterSteps
{
    public static readonly DateOnly Installed = new(2026, 1, 1);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private const string Home = "竹园3号楼 512";

    public static async Task<MeterForm> NewMeterAsync(this TestHost host, string number = "T-1", string rooms = Home, decimal opening = 0) => new()
    {
        KindId = await host.InDatabaseAsync(db => db.FeeKinds.Where(k => k.Code == "gas").Select(k => k.Id).SingleAsync(Ct)),
        Number = number,
        Rooms = rooms,
        Multiplier = 1,
        Digits = 4,
        Day = Installed,
        Opening = opening,
    };

    public static async Task<long> InstallAsync(this TestHost host, string number = "T-1", string rooms = "竹园3号楼 512", decimal opening = 0) =>
        await (await host.AsAsync(TestUsers.Manager)).Get<MeterService>().InstallAsync(await host.NewMeterAsync(number, rooms, opening), Ct);

    public static ReadingForm Reading(long meter, int day, decimal value, params IReadOnlyList<ReadingDoubtKind> confirmed) => new()
    {
        MeterId = meter,
        Day = Installed.AddDays(day),
        Value = value,
        Key = Guid.NewGuid(),
        Confirmed = confirmed,
        Reason = confirmed.Count > 0 ? "到场核对过" : null,
    };

    /// <summary>The readings of a meter that count.</summary>
    public static Task<List<MeterReading>> CountingAsync(this TestHost host, long meter) => host.InDatabaseAsync(db =>
        db.Set<MeterReading>().AsNoTracking().Where(r => r.MeterId == meter && r.ReplacedAt == null).OrderBy(r => r.Day).ToListAsync(Ct));

    /// <summary>The usage between each reading that counts and the one before it.</summary>
    public static async Task<List<decimal>> UsageAsync(this TestHost host, long meter)
    {
        var stored = await host.InDatabaseAsync(db => db.Set<Meter>().AsNoTracking().SingleAsync(m => m.Id == meter, Ct));
        var readings = await host.CountingAsync(meter);
        return [.. readings.Zip(readings.Skip(1), (one, next) => MeterUsage.Between(stored, one, next))];
    }
}
