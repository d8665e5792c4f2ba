using CsCheck;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.Metering;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>Estimates, corrected readings and changed shares: whatever was billed meanwhile, the sum is what the counter shows.</summary>
public sealed class SettlingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_estimate_beyond_the_true_reading_across_zero_costs_no_round_of_the_counter()
    {
        await using var host = await TestHost.OpenAsync();
        var room = await host.ResidentsRoomAsync();
        await host.RateAsync("electricity", PriceRule.Flat(1));
        var meter = await host.MeterAsync("electricity", room.Id, [(Day(8, 31), 999_900)]);
        var readings = (await host.AsAsync(TestUsers.Manager)).Get<ReadingService>();
        await host.ReadAsync(meter, Day(9, 30), 30, ReadingSource.Estimated, rolledOver: true);
        var estimated = Assert.Single(await host.BillAsync("electricity", "2026-09"));

        await readings.RecordAsync(Read(meter, Day(10, 31), 20, ReadingDoubtKind.Backwards, ReadingDoubtKind.RollOver), Ct);
        var settled = Assert.Single(await host.BillAsync("electricity", "2026-10"));
        await readings.RecordAsync(Read(meter, Day(11, 21), 50), Ct);
        var next = Assert.Single(await host.BillAsync("electricity", "2026-11"));

        Assert.Equal([130m, 0m, 20m], [estimated.Usage, settled.Usage, next.Usage]);
        Assert.True(settled.IsDeferred);
    }

    [Fact]
    public async Task A_true_reading_of_the_day_of_a_billed_estimate_and_a_corrected_one_are_settled_by_the_next_bill()
    {
        await using var host = await TestHost.OpenAsync();
        var room = await host.ResidentsRoomAsync();
        await host.RateAsync("electricity", PriceRule.Flat(1));
        var meter = await host.MeterAsync("electricity", room.Id, [(Day(7, 31), 0), (Day(8, 31), 100)]);
        await host.ReadAsync(meter, Day(9, 30), 200, ReadingSource.Estimated);
        var first = Assert.Single(await host.BillAsync("electricity", "2026-08"));
        var second = Assert.Single(await host.BillAsync("electricity", "2026-09"));

        await (await host.AsAsync(TestUsers.Manager)).Get<ReadingService>().RecordAsync(Read(meter, Day(9, 30), 150), Ct);
        await host.ReadAsync(meter, Day(10, 31), 250);
        var third = Assert.Single(await host.BillAsync("electricity", "2026-10"));

        Assert.Equal([100m, 100m, 50m], [first.Usage, second.Usage, third.Usage]);
        Assert.Equal(-50, Assert.Single(BillProof.Parse(third.Proof).Meters).Settled);
    }

    [Fact]
    public async Task The_quota_of_a_month_that_charged_nothing_is_given_with_the_bill_that_settles_it()
    {
        await using var host = await TestHost.OpenAsync();
        var room = await host.ResidentsRoomAsync();
        await host.RateAsync("electricity", PriceRule.Flat(1, new FreeQuota(40, QuotaBasis.Room, BillingCycle.Month, [], CarriesOver: false)));
        var meter = await host.MeterAsync("electricity", room.Id, [(Day(7, 31), 0)]);
        await host.ReadAsync(meter, Day(8, 31), 200, ReadingSource.Estimated);
        await host.ReadAsync(meter, Day(9, 30), 190);
        await host.ReadAsync(meter, Day(10, 31), 290);

        List<Bill> bills = [];
        foreach (var period in new[] { "2026-08", "2026-09", "2026-10" }) bills.AddRange(await host.BillAsync("electricity", period));

        Assert.Equal((290 - (3 * 40)) * 100, bills.Sum(b => b.AmountFen));
    }

    [Fact]
    public async Task A_first_bill_of_two_months_has_the_quota_of_both()
    {
        await using var host = await TestHost.OpenAsync();
        var room = await host.ResidentsRoomAsync();
        await host.RateAsync("electricity", PriceRule.Flat(1, new FreeQuota(40, QuotaBasis.Room, BillingCycle.Month, [], CarriesOver: false)));
        await host.MeterAsync("electricity", room.Id, [(Day(8, 31), 0), (Day(10, 31), 100)]);

        Assert.Equal(2_000, Assert.Single(await host.BillAsync("electricity", "2026-10")).AmountFen);
    }

    [Fact]
    public async Task A_meter_installed_after_the_period_does_not_keep_the_room_without_a_bill()
    {
        await using var host = await TestHost.OpenAsync();
        var room = await host.ResidentsRoomAsync();
        await host.RateAsync("electricity", PriceRule.Flat(1));
        var meter = await host.MeterAsync("electricity", room.Id, [(Day(9, 30), 0)]);
        await (await host.AsAsync(TestUsers.Manager)).Get<MeterService>().ReplaceAsync(meter, new MeterForm
        {
            Version = await host.InDatabaseAsync(db => db.Meters.Where(m => m.Id == meter).Select(m => m.Version).SingleAsync(Ct)),
            Day = Day(11, 3),
            Closing = 90,
            Number = "new",
            Opening = 0,
        }, Ct);

        Assert.Equal(90, Assert.Single(await host.BillAsync("electricity", "2026-10")).Usage);
    }

    [Fact]
    public async Task An_amount_that_no_account_can_be_charged_is_left_out_and_the_run_goes_on()
    {
        await using var host = await TestHost.OpenAsync();
        var room = await host.ResidentsRoomAsync();
        await host.RateAsync("electricity", PriceRule.Flat(99_999));
        await host.MeterAsync("electricity", room.Id, [(Day(8, 31), 0), (Day(9, 30), 999_999)], multiplier: 1_000);

        Assert.Empty(await host.BillAsync("electricity", "2026-09"));
        Assert.Equal((RunState.Done, 1), await host.InDatabaseAsync(async db =>
        {
            var run = await db.BillingRuns.SingleAsync(Ct);
            return (run.State, run.LeftOut);
        }));
    }

    [Fact]
    public async Task A_room_whose_share_grows_is_billed_both_parts_once()
    {
        await using var host = await TestHost.OpenAsync();
        var (meter, rooms) = await SharedAsync(host, [(Day(8, 31), 0), (Day(9, 14), 140), (Day(9, 30), 300)]);
        await ShareAsync(host, meter, Day(9, 14), (rooms[0], 3), (rooms[1], 1));

        var bills = await host.BillAsync("electricity", "2026-09");

        Assert.Equal([(rooms[0], 70m + 120m), (rooms[1], 70m + 40m)], bills.Select(b => (b.RoomId!.Value, b.Usage)).Order());
    }

    [Fact]
    public async Task Who_leaves_between_readings_pays_their_days_and_nothing_is_billed_twice_or_to_nobody()
    {
        await using var host = await TestHost.OpenAsync();
        var (meter, rooms) = await SharedAsync(host, [(Day(8, 31), 0), (Day(9, 10), 100), (Day(9, 30), 300)]);
        await ShareAsync(host, meter, Day(9, 20), (rooms[1], 1));

        var bills = await host.BillAsync("electricity", "2026-09");

        Assert.Equal([(rooms[0], 50m + 50m), (rooms[1], 50m + 50m + 100m)], bills.Select(b => (b.RoomId!.Value, b.Usage)).Order());
    }

    [Fact]
    public void Whatever_shares_and_readings_change_all_parts_add_up_to_what_the_counter_shows() =>
        Gen.Select(Gen.Int[1, 40].Array[1, 8], Gen.Int[0, 500].Array[8], Gen.Select(Gen.Int[1, 200], Gen.Int[0, 3], Gen.Int[1, 5]).Array[0, 5])
            .Sample((gaps, amounts, changes) =>
            {
                var installed = new DateOnly(2026, 1, 1);
                var meter = new Meter(1, "M", 1, 6, installed);
                List<CountingReading> readings = [ReadingOf(installed, 0)];
                foreach (var (gap, amount) in gaps.Zip(amounts)) readings.Add(ReadingOf(readings[^1].Day.AddDays(gap), readings[^1].Value + amount));
                meter.ShareWith(0, 1, installed);
                foreach (var (day, room, share) in changes.OrderBy(c => c.Item1))
                {
                    var from = installed.AddDays(day);
                    foreach (var open in meter.Rooms.Where(r => r.LastDay is null && r.RoomId == room && r.FirstDay < from)) open.End(from.AddDays(-1));
                    if (!meter.Rooms.Any(r => r.RoomId == room && r.LastDay is null)) meter.ShareWith(room, share, from);
                }

                var parts = meter.Rooms.Where(r => r.FirstDay <= readings[^1].Day)
                    .Select(r => new MeterPart(meter, r, [.. meter.Rooms], readings).Proof(null)).OfType<MeterProof>().ToList();

                return Math.Abs(parts.Sum(p => p.Total) - readings[^1].Value) < 0.001m * (parts.Count + 1);
            });

    private static CountingReading ReadingOf(DateOnly day, decimal value) => new(day, value, ReadingSource.Read, RolledOver: false);

    private static async Task<(long Meter, IReadOnlyList<long> Rooms)> SharedAsync(TestHost host, IReadOnlyList<(DateOnly, decimal)> readings)
    {
        var room = await host.ResidentsRoomAsync();
        var other = await host.InDatabaseAsync(db => db.Rooms.Where(r => r.BuildingId == room.BuildingId && r.Id > room.Id).Select(r => r.Id).MinAsync(Ct));
        await host.RateAsync("electricity", PriceRule.Flat(1));
        var meter = await host.MeterAsync("electricity", room.Id, readings);
        await ShareAsync(host, meter, Day(8, 31), (room.Id, 1), (other, 1));
        return (meter, [room.Id, other]);
    }

    // From a day on, as the office does it: parts that change end the day before.
    private static Task<int> ShareAsync(TestHost host, long meterId, DateOnly day, params IReadOnlyList<(long Room, int Share)> shares) =>
        host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            var meter = await db.Meters.Include(m => m.Rooms).SingleAsync(m => m.Id == meterId, token);
            var open = meter.Rooms.Where(r => r.LastDay is null).ToList();
            foreach (var part in open.Where(r => !shares.Contains((r.RoomId, r.Share)))) part.End(day.AddDays(-1));
            foreach (var (room, share) in shares.Where(s => !open.Any(r => (r.RoomId, r.Share) == s))) meter.ShareWith(room, share, day);
            return 0;
        }, Ct));

    private static ReadingForm Read(long meter, DateOnly day, decimal value, params IReadOnlyList<ReadingDoubtKind> confirmed) => new()
    {
        MeterId = meter,
        Day = day,
        Value = value,
        Key = Guid.NewGuid(),
        Confirmed = confirmed,
        Reason = confirmed.Count > 0 ? "到场核对过" : null,
    };

    private static DateOnly Day(int month, int day) => new(2026, month, day);
}
