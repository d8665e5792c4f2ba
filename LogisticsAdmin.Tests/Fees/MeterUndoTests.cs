using LogisticsAdmin.Features.Fees.Metering;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static LogisticsAdmin.Tests.Fees.MeterSteps;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>Undo of installing, replacing and removing meters.</summary>
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
