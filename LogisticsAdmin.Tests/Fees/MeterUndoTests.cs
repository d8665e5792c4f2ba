using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Metering;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static LogisticsAdmin.Tests.Fees.MeterSteps;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>Undo of installing, describing, sharing, replacing and removing meters, and of their readings.</summary>
public sealed class MeterUndoTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_installed_meter_is_gone_unless_it_was_read_since()
    {
        await using var host = await TestHost.OpenAsync();
        var manager = await host.AsAsync(TestUsers.Manager);
        var (meters, undo) = (manager.Get<MeterService>(), manager.Get<MetersUndo>());

        await meters.InstallAsync(await host.NewMeterAsync(), Ct);
        Assert.Equal((nameof(MeterAct.Install), "T-1"), (await undo.LatestAsync(Ct)) switch { var u => (u?.Act, u?.About) });
        Assert.Equal(1, (await undo.UndoAsync(undo.Latest!.Value, Ct)).Done);
        Assert.Equal((0, 0, 0), await host.InDatabaseAsync(async db => (
            await db.Meters.CountAsync(Ct), await db.MeterRooms.CountAsync(Ct), await db.MeterReadings.CountAsync(Ct))));

        var id = await meters.InstallAsync(await host.NewMeterAsync(), Ct);
        var step = undo.Latest!.Value;
        await (await host.AsAsync(TestUsers.Technician)).Get<ReadingService>().RecordAsync(Reading(id, 5, 4), Ct);
        Assert.IsType<Stale>(Assert.Single((await undo.UndoAsync(step, Ct)).Left).Why);
        Assert.Equal(2, (await host.CountingAsync(id)).Count);
        await Assert.ThrowsAsync<NotFound>(async () => await (await host.AsAsync(TestUsers.Administrator)).Get<MetersUndo>().UndoAsync(step, Ct));
    }

    [Fact]
    public async Task A_replaced_meter_is_in_use_again_with_its_rooms_readings_and_usage()
    {
        await using var host = await TestHost.OpenAsync();
        var id = await host.InstallAsync(rooms: "竹园3号楼 511 * 2\n竹园3号楼512");
        var readings = (await host.AsAsync(TestUsers.Technician)).Get<ReadingService>();
        await readings.RecordAsync(Reading(id, 10, 20), Ct);
        await readings.RecordAsync(Reading(id, 20, 45), Ct);
        var manager = await host.AsAsync(TestUsers.Manager);
        var (meters, undo) = (manager.Get<MeterService>(), manager.Get<MetersUndo>());
        var before = await StateAsync(host, id);

        // The closing reading takes the place of that of the same day; the new meter has the number of the old one.
        var replacing = await FormAsync(host, id, 20, 50);
        Assert.True((await meters.ReplaceAsync(id, replacing, Ct)).IsStored);
        Assert.Equal([20m, 30m], await host.UsageAsync(id));
        Assert.Equal(1, (await undo.UndoAsync(undo.Latest!.Value, Ct)).Done);

        Assert.Equal(before, await StateAsync(host, id));
        Assert.Equal([20m, 25m], await host.UsageAsync(id));
        Assert.Equal(1, await host.InDatabaseAsync(db => db.Meters.CountAsync(Ct)));

        var other = (await meters.ReplaceAsync(id, await FormAsync(host, id, 30, 60), Ct)).Id;
        var step = undo.Latest!.Value;
        await readings.RecordAsync(Reading(other!.Value, 40, 9), Ct);
        Assert.IsType<Stale>(Assert.Single((await undo.UndoAsync(step, Ct)).Left).Why);
        Assert.NotNull(await host.InDatabaseAsync(db => db.Meters.Where(m => m.Id == id).Select(m => m.RemovedOn).SingleAsync(Ct)));
    }

    [Fact]
    public async Task A_removed_meter_is_in_use_again_unless_its_number_was_given_to_another()
    {
        await using var host = await TestHost.OpenAsync();
        var id = await host.InstallAsync();
        var manager = await host.AsAsync(TestUsers.Manager);
        var (meters, undo) = (manager.Get<MeterService>(), manager.Get<MetersUndo>());
        var before = await StateAsync(host, id);
        await meters.RemoveAsync(id, await FormAsync(host, id, 30, 60), Ct);
        await undo.UndoAsync(undo.Latest!.Value, Ct);
        Assert.Equal(before, await StateAsync(host, id));

        await meters.RemoveAsync(id, await FormAsync(host, id, 30, 60), Ct);
        var step = undo.Latest!.Value;
        await meters.InstallAsync(await host.NewMeterAsync(), Ct);
        Assert.Equal("NumberTaken", Assert.IsType<Rejected>(Assert.Single((await undo.UndoAsync(step, Ct)).Left).Why).Code);
    }

    [Fact]
    public async Task A_meter_that_was_billed_since_stays_removed()
    {
        await using var host = await TestHost.OpenAsync();
        var room = await host.ResidentsRoomAsync();
        await host.RateAsync("electricity", PriceRule.Flat(1));
        await host.StaysAsync(room.Id, (TestUsers.Resident, TestHost.Start.AddYears(-1), null));
        var id = await host.MeterAsync("electricity", room.Id, [(new(2026, 8, 31), 0)]);
        var manager = await host.AsAsync(TestUsers.Manager);
        var (meters, undo) = (manager.Get<MeterService>(), manager.Get<MetersUndo>());
        await meters.RemoveAsync(id, new MeterForm
        {
            Version = await host.InDatabaseAsync(db => db.Meters.Where(m => m.Id == id).Select(m => m.Version).SingleAsync(Ct)),
            Day = new DateOnly(2026, 9, 30),
            Closing = 60,
        }, Ct);
        var step = undo.Latest!.Value;
        Assert.Single(await host.BillAsync("electricity", "2026-09"));

        Assert.IsType<Stale>(Assert.Single((await undo.UndoAsync(step, Ct)).Left).Why);
    }

    [Theory]
    [InlineData(TestUsers.Manager)]
    [InlineData(TestUsers.Administrator)]
    public async Task Multiplier_and_digits_are_as_before_unless_the_meter_was_read_since(string who)
    {
        await using var host = await TestHost.OpenAsync();
        var id = await host.InstallAsync();
        var desk = await host.AsAsync(who);
        var (meters, undo) = (desk.Get<MeterService>(), desk.Get<MetersUndo>());
        await DescribeAsync();
        Assert.Equal((nameof(MeterAct.Describe), "T-1"), (await undo.LatestAsync(Ct)) switch { var u => (u?.Act, u?.About) });
        Assert.Equal((10m, 5), await DescribedAsync());

        Assert.Equal(1, (await undo.UndoAsync(undo.Latest!.Value, Ct)).Done);
        Assert.Equal((1m, 4), await DescribedAsync());

        await DescribeAsync();
        var step = undo.Latest!.Value;
        await (await host.AsAsync(TestUsers.Technician)).Get<ReadingService>().RecordAsync(Reading(id, 5, 4), Ct);
        Assert.IsType<Stale>(Assert.Single((await undo.UndoAsync(step, Ct)).Left).Why);
        Assert.Equal((10m, 5), await DescribedAsync());
        Assert.Equal([40m], await host.UsageAsync(id));

        async Task DescribeAsync()
        {
            var form = await FormAsync(host, id, 0, 0);
            (form.Multiplier, form.Digits) = (10, 5);
            await meters.DescribeAsync(id, form, Ct);
        }

        Task<(decimal, int)> DescribedAsync() => host.InDatabaseAsync(async db =>
        {
            var meter = await db.Meters.AsNoTracking().SingleAsync(m => m.Id == id, Ct);
            return (meter.Multiplier, meter.Digits);
        });
    }

    [Fact]
    public async Task Rooms_share_a_meter_as_before_also_where_a_part_of_the_same_day_was_a_mistake()
    {
        await using var host = await TestHost.OpenAsync();
        var id = await host.InstallAsync(rooms: "竹园3号楼 511; 竹园3号楼 512");
        var manager = await host.AsAsync(TestUsers.Manager);
        var (meters, undo) = (manager.Get<MeterService>(), manager.Get<MetersUndo>());
        var before = await PartsAsync(host, id);

        await ShareAsync(meters, host, id, 40, "竹园3号楼 512 * 2; 竹园3号楼 510");
        Assert.Equal(4, (await PartsAsync(host, id)).Count);
        Assert.Equal((nameof(MeterAct.Share), "T-1"), (await undo.LatestAsync(Ct)) switch { var u => (u?.Act, u?.About) });
        Assert.Equal(1, (await undo.UndoAsync(undo.Latest!.Value, Ct)).Done);
        Assert.Equal(before, await PartsAsync(host, id));

        await ShareAsync(meters, host, id, 40, "竹园3号楼 512 * 2; 竹园3号楼 510");
        var first = await PartsAsync(host, id);
        await ShareAsync(meters, host, id, 40, "竹园3号楼 509");
        Assert.Equal(1, (await undo.UndoAsync(undo.Latest!.Value, Ct)).Done);
        Assert.Equal(first, await PartsAsync(host, id));

        // Shared once more since: the earlier act is left alone.
        await ShareAsync(meters, host, id, 50, "竹园3号楼 509");
        var step = undo.Latest!.Value;
        var other = await host.AsAsync(TestUsers.Administrator);
        await ShareAsync(other.Get<MeterService>(), host, id, 60, "竹园3号楼 508");
        Assert.IsType<Stale>(Assert.Single((await undo.UndoAsync(step, Ct)).Left).Why);
        await Assert.ThrowsAsync<NotFound>(() => undo.UndoAsync(other.Get<MetersUndo>().Latest!.Value, Ct));
        foreach (var who in new[] { TestUsers.Dispatcher, TestUsers.Technician, TestUsers.Resident })
        {
            var refused = (await host.AsAsync(who)).Get<MetersUndo>();
            await Assert.ThrowsAsync<Forbidden>(() => refused.UndoAsync(step, Ct));
        }
    }

    [Fact]
    public async Task Bills_count_shares_that_are_as_before_and_shares_that_were_billed_since_stay()
    {
        await using var host = await TestHost.OpenAsync();
        var room = await host.ResidentsRoomAsync();
        await host.RateAsync("electricity", PriceRule.Flat(1));
        await host.StaysAsync(room.Id, (TestUsers.Resident, TestHost.Start.AddYears(-1), null));
        var id = await host.MeterAsync("electricity", room.Id, [(new(2026, 8, 31), 0), (new(2026, 9, 30), 60), (new(2026, 10, 31), 100)]);
        var manager = await host.AsAsync(TestUsers.Manager);
        var (meters, undo) = (manager.Get<MeterService>(), manager.Get<MetersUndo>());
        await ShareAsync(meters, host, id, new DateOnly(2026, 9, 15), "竹园3号楼 511");
        await undo.UndoAsync(undo.Latest!.Value, Ct);

        var bill = Assert.Single(await host.BillAsync("electricity", "2026-09"));
        Assert.Equal((LedgerAccount.RoomKey(room.Id), 6_000L), (bill.Subject, bill.AmountFen));
        Assert.Equal(-6_000, await host.BalanceAsync(LedgerAccount.RoomKey(room.Id)));

        await ShareAsync(meters, host, id, new DateOnly(2026, 10, 16), "竹园3号楼 512 * 3; 竹园3号楼 511");
        var (step, shared) = (undo.Latest!.Value, await PartsAsync(host, id));
        Assert.Equal(4_000, (await host.BillAsync("electricity", "2026-10")).Sum(b => b.AmountFen));
        Assert.IsType<Stale>(Assert.Single((await undo.UndoAsync(step, Ct)).Left).Why);
        Assert.Equal(shared, await PartsAsync(host, id));
        await host.DemandSoundAsync();
    }

    [Theory]
    [InlineData(TestUsers.Manager)]
    [InlineData(TestUsers.Administrator)]
    public async Task Readings_of_the_management_are_taken_back_and_what_they_took_the_place_of_counts_again(string who)
    {
        await using var host = await TestHost.OpenAsync();
        var id = await host.InstallAsync();
        var technician = await host.AsAsync(TestUsers.Technician);
        await technician.Get<ReadingService>().RecordAsync(Reading(id, 10, 20), Ct);
        Assert.Null(technician.Get<MetersUndo>().Latest);
        var desk = await host.AsAsync(who);
        var (readings, undo) = (desk.Get<ReadingService>(), desk.Get<MetersUndo>());
        var before = await StateAsync(host, id);

        await UndoneAsync(nameof(ReadingAct.Record), () => readings.RecordAsync(Reading(id, 20, 45), Ct));
        await UndoneAsync(nameof(ReadingAct.Estimate), () => readings.EstimateAsync(id, Installed.AddDays(20), Guid.NewGuid(), ct: Ct));
        await readings.EstimateAsync(id, Installed.AddDays(20), Guid.NewGuid(), ct: Ct);
        before = await StateAsync(host, id);
        // The estimate is lower, so that it would no longer count.
        await UndoneAsync(nameof(ReadingAct.Correct), async () => await readings.CorrectAsync(await CountingAsync(10), Corrected(10, 50), Ct));
        Assert.Equal([20m, 20m], await host.UsageAsync(id));

        await readings.CorrectAsync(await CountingAsync(10), Corrected(10, 50), Ct);
        var step = undo.Latest!.Value;
        await technician.Get<ReadingService>().RecordAsync(Reading(id, 30, 90), Ct);
        Assert.IsType<Stale>(Assert.Single((await undo.UndoAsync(step, Ct)).Left).Why);

        // The closing reading of a meter that stays removed.
        await desk.Get<MeterService>().RemoveAsync(id, await FormAsync(host, id, 40, 100), Ct);
        before = await StateAsync(host, id);
        await UndoneAsync(nameof(ReadingAct.Correct), async () => await readings.CorrectAsync(await CountingAsync(40), Corrected(40, 110), Ct));

        async Task UndoneAsync(string act, Func<Task> work)
        {
            await work();
            Assert.NotEqual(before, await StateAsync(host, id));
            Assert.Equal(act, (await undo.LatestAsync(Ct))?.Act);
            Assert.Equal(1, (await undo.UndoAsync(undo.Latest!.Value, Ct)).Done);
            Assert.Equal(before, await StateAsync(host, id));
        }

        ReadingForm Corrected(int day, decimal value)
        {
            var form = Reading(id, day, value);
            form.Reason = "看错了";
            return form;
        }

        async Task<long> CountingAsync(int day) => (await host.CountingAsync(id)).Single(r => r.Day == Installed.AddDays(day)).Id;
    }

    private static Task ShareAsync(MeterService meters, TestHost host, long id, int day, string rooms) =>
        ShareAsync(meters, host, id, Installed.AddDays(day), rooms);

    private static async Task ShareAsync(MeterService meters, TestHost host, long id, DateOnly day, string rooms)
    {
        var form = await FormAsync(host, id, 0, 0);
        (form.Day, form.Rooms) = (day, rooms);
        await meters.ShareAsync(id, form, Ct);
    }

    // The parts of a meter with their days, whatever their ids are.
    private static Task<List<string>> PartsAsync(TestHost host, long id) => host.InDatabaseAsync(async db =>
    {
        var parts = await db.MeterRooms.AsNoTracking().Where(r => r.MeterId == id).OrderBy(r => r.RoomId).ThenBy(r => r.FirstDay).ToListAsync(Ct);
        return parts.ConvertAll(r => FormattableString.Invariant($"{r.RoomId}*{r.Share} {r.FirstDay:MM-dd} {r.LastDay:MM-dd}"));
    });

    private static async Task<MeterForm> FormAsync(TestHost host, long id, int day, decimal closing)
    {
        var form = await host.NewMeterAsync();
        form.Version = await host.InDatabaseAsync(db => db.Meters.Where(m => m.Id == id).Select(m => m.Version).SingleAsync(Ct));
        (form.Day, form.Closing) = (Installed.AddDays(day), closing);
        return form;
    }

    private static async Task<string> StateAsync(TestHost host, long id)
    {
        var meter = await host.InDatabaseAsync(db => db.Meters.AsNoTracking().Include(m => m.Rooms).SingleAsync(m => m.Id == id, Ct));
        var readings = (await host.CountingAsync(id)).Select(r => FormattableString.Invariant($"{r.Day:MM-dd} {r.Value:0.##} {r.Source}"));
        var rooms = meter.Rooms.OrderBy(r => r.Id).Select(r => FormattableString.Invariant($"{r.RoomId}*{r.Share}{(r.LastDay is null ? "" : " ended")}"));
        return $"{meter.RemovedOn} {meter.ReplacedByMeterId} | {string.Join(", ", rooms)} | {string.Join(", ", readings)}";
    }
}
