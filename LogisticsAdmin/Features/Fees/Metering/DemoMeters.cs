using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Metering;

/// <summary>
/// Electricity and cold water meters for the bedrooms of one building, read each month for two years. Development only; loaded once. The same
/// rooms always get the same readings.
/// </summary>
internal sealed class DemoMeters(OfficeTime office)
{
    private const int Months = 24, Digits = 5;

    /// <summary>Of a month's usual usage, in per cent: low in the breaks, higher for cooling and heating.</summary>
    private static readonly int[] Electricity = [110, 35, 75, 80, 95, 125, 90, 30, 120, 85, 95, 120];
    private static readonly int[] Water = [80, 30, 95, 100, 105, 115, 70, 25, 115, 105, 100, 95];

    /// <summary>Of the building with this code; of the first one if none is given or it has no bedrooms.</summary>
    public async Task LoadAsync(LogisticsDb db, CancellationToken ct, string? building = null)
    {
        if (await db.Meters.AnyAsync(ct)) return;
        var kinds = await db.FeeKinds.AsNoTracking().Where(k => k.Code == "electricity" || k.Code == "cold-water").OrderBy(k => k.Id).ToListAsync(ct);
        var rooms = await db.Rooms.AsNoTracking().Where(r => r.Kind == RoomKind.Bedroom && r.RetiredAt == null && r.Building.RetiredAt == null)
            .OrderBy(r => r.BuildingId).ThenBy(r => r.Id).Select(r => new { r.Id, r.BuildingId, Building = r.Building.Code, r.Code }).ToListAsync(ct);
        if (rooms.Count == 0 || kinds.Count == 0) return;
        var chosen = rooms.Find(r => r.Building == building) ?? rooms[0];
        rooms = rooms.FindAll(r => r.BuildingId == chosen.BuildingId);
        var last = office.Today.AddDays(1 - office.Today.Day);
        var first = last.AddMonths(-Months);
        await db.WriteAsync(token =>
        {
            using var bulk = new BulkWriter(db);
            List<MeterReading> readings = [];
            foreach (var kind in kinds)
            {
                var isPower = kind.Code == "electricity";
                List<Meter> meters = [];
                foreach (var room in rooms)
                {
                    var meter = new Meter(kind.Id, $"{(isPower ? "D" : "S")}{room.Building}-{room.Code}", 1, Digits, first);
                    meter.ShareWith(room.Id, 1, first);
                    meters.Add(meter);
                }
                bulk.AddUnaudited(meters, token);
                readings.AddRange(meters.Zip(rooms).SelectMany(m => ReadingsOf(m.First, m.Second.Id, isPower, first)));
            }
            bulk.Add(readings, token);
            return Task.CompletedTask;
        }, ct);
    }

    // A room uses 60 to 200 kWh and 4 to 12 cubic metres in a usual month.
    private IEnumerable<MeterReading> ReadingsOf(Meter meter, long room, bool isPower, DateOnly first)
    {
        var habit = Spread(room, isPower ? 1 : 2);
        var usual = isPower ? 80 + 60 * habit / 100m : 5 + 5 * habit / 100m;
        var value = decimal.Round(200 + 700 * Spread(room, 3) / 100m);
        for (var month = 0; month <= Months; month++)
        {
            var day = first.AddMonths(month);
            if (month > 0)
            {
                var share = (isPower ? Electricity : Water)[day.AddDays(-1).Month - 1];
                value += decimal.Round(usual * share / 100 * (90 + Spread(room * 31 + month, 4) / 5) / 100, 1);
            }
            var source = month == 0 ? ReadingSource.Opening : ReadingSource.Read;
            var key = Keyed(string.Create(CultureInfo.InvariantCulture, $"{meter.Number}/{month}"));
            yield return new MeterReading(meter.Id, day, value, source, false, null, office.At(day, new TimeOnly(9, 0)), key);
        }
    }

    // From 0 to 100, always the same for the same numbers.
    private static int Spread(long number, int salt) => Keyed(string.Create(CultureInfo.InvariantCulture, $"{salt}:{number}")).ToByteArray()[0] * 100 / 255;

    private static Guid Keyed(string text) => FormKey.Of(Guid.Empty, "demo-meter", text)!.Value;
}
