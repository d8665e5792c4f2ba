using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Metering;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static LogisticsAdmin.Tests.Fees.MeterSteps;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>Installing, sharing, replacing and removing meters.</summary>
public sealed class MeterTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_meter_is_installed_with_its_opening_reading_and_its_rooms()
    {
        await using var host = await TestHost.OpenAsync();

        var id = await host.InstallAsync(rooms: "竹园3号楼 511 * 2\n竹园3号楼512", opening: 12.5m);

        var opening = Assert.Single(await host.CountingAsync(id));
        Assert.Equal((ReadingSource.Opening, 12.5m, Installed), (opening.Source, opening.Value, opening.Day));
        Assert.Equal([("511", 2), ("512", 1)], await RoomsAsync(host, id));
    }

    [Theory]
    [InlineData(nameof(MeterForm.Number), "")]
    [InlineData(nameof(MeterForm.Number), "T-0")]
    [InlineData(nameof(MeterForm.Rooms), "竹园3号楼 999")]
    [InlineData(nameof(MeterForm.Rooms), "竹园3号楼 51")]
    [InlineData(nameof(MeterForm.Rooms), "竹园3号楼 511 * 0")]
    [InlineData(nameof(MeterForm.Rooms), "竹园3号楼 511\n竹园3号楼 511")]
    [InlineData(nameof(MeterForm.Multiplier), "0")]
    [InlineData(nameof(MeterForm.Digits), "2")]
    [InlineData(nameof(MeterForm.Opening), "10000")]
    [InlineData(nameof(MeterForm.Opening), "-1")]
    [InlineData(nameof(MeterForm.KindId), "internet")]
    [InlineData(nameof(MeterForm.Day), "2026-11-23")]
    [InlineData(nameof(MeterForm.Day), "1926-09-01")]
    [InlineData(nameof(MeterForm.Day), "1999-12-31")]
    public async Task What_can_not_be_is_refused_at_its_field(string field, string typed)
    {
        await using var host = await TestHost.OpenAsync();
        await host.InstallAsync("T-0");
        var form = await host.NewMeterAsync();
        var number = decimal.TryParse(typed, System.Globalization.CultureInfo.InvariantCulture, out var n) ? n : 0;
        if (field == nameof(MeterForm.Number)) form.Number = typed;
        if (field == nameof(MeterForm.Rooms)) form.Rooms = typed;
        if (field == nameof(MeterForm.Multiplier)) form.Multiplier = number;
        if (field == nameof(MeterForm.Digits)) form.Digits = (int)number;
        if (field == nameof(MeterForm.Opening)) form.Opening = number;
        if (field == nameof(MeterForm.Day)) form.Day = DateOnly.ParseExact(typed, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        if (field == nameof(MeterForm.KindId))
            form.KindId = await host.InDatabaseAsync(db => db.FeeKinds.Where(k => k.Code == typed).Select(k => k.Id).SingleAsync(Ct));

        var refused = await Assert.ThrowsAsync<Rejected>(async () => await (await host.AsAsync(TestUsers.Manager)).Get<MeterService>().InstallAsync(form, Ct));

        Assert.Equal([field], refused.Problems.Select(p => p.Field));
    }

    [Theory]
    [InlineData(TestUsers.Dispatcher)]
    [InlineData(TestUsers.Technician)]
    [InlineData(TestUsers.Resident)]
    public async Task Only_managers_and_administrators_change_meters(string who)
    {
        await using var host = await TestHost.OpenAsync();
        var id = await host.InstallAsync();
        var meters = (await host.AsAsync(who)).Get<MeterService>();
        var form = await ChangeAsync(host, id, 30, closing: 9);

        await Assert.ThrowsAsync<Forbidden>(() => meters.InstallAsync(form, Ct));
        await Assert.ThrowsAsync<Forbidden>(() => meters.DescribeAsync(id, form, Ct));
        await Assert.ThrowsAsync<Forbidden>(() => meters.ShareAsync(id, form, Ct));
        await Assert.ThrowsAsync<Forbidden>(() => meters.ReplaceAsync(id, form, Ct));
        await Assert.ThrowsAsync<Forbidden>(() => meters.RemoveAsync(id, form, Ct));
    }

    [Fact]
    public async Task Multiplier_and_digits_change_until_the_meter_was_read()
    {
        await using var host = await TestHost.OpenAsync();
        var id = await host.InstallAsync();
        var meters = (await host.AsAsync(TestUsers.Administrator)).Get<MeterService>();
        var form = await ChangeAsync(host, id, 0);
        (form.Multiplier, form.Digits) = (10, 5);
        await meters.DescribeAsync(id, form, Ct);
        await Assert.ThrowsAsync<Stale>(() => meters.DescribeAsync(id, form, Ct));
        await (await host.AsAsync(TestUsers.Technician)).Get<ReadingService>().RecordAsync(Reading(id, 5, 4), Ct);
        form = await ChangeAsync(host, id, 0);

        Assert.Equal("ReadAlready", (await Assert.ThrowsAsync<Rejected>(() => meters.DescribeAsync(id, form, Ct))).Code);
        Assert.Equal([40m], await host.UsageAsync(id));
    }

    [Fact]
    public async Task Other_rooms_share_a_meter_from_a_day_on_and_earlier_days_keep_theirs()
    {
        await using var host = await TestHost.OpenAsync();
        var id = await host.InstallAsync(rooms: "竹园3号楼 511; 竹园3号楼 512");
        var meters = (await host.AsAsync(TestUsers.Manager)).Get<MeterService>();
        var form = await ChangeAsync(host, id, 40);
        form.Rooms = "竹园3号楼 512; 竹园3号楼 510 × 3";
        await meters.ShareAsync(id, form, Ct);

        Assert.Equal([("510", 3), ("512", 1)], await RoomsAsync(host, id));
        var ended = await host.InDatabaseAsync(db => db.Set<MeterRoom>().SingleAsync(r => r.MeterId == id && r.LastDay != null, Ct));
        Assert.Equal((Installed, Installed.AddDays(39)), (ended.FirstDay, ended.LastDay!.Value));
        form = await ChangeAsync(host, id, 39);
        form.Rooms = "竹园3号楼 511";
        Assert.Equal("SharedSince", (await Assert.ThrowsAsync<Rejected>(() => meters.ShareAsync(id, form, Ct))).Code);
    }

    [Fact]
    public async Task Nothing_changes_before_the_day_to_which_bills_count_a_meter()
    {
        var billed = new BilledTo();
        await using var host = await TestHost.OpenAsync(services => services.AddSingleton<IBilledMeters>(billed));
        var id = await host.InstallAsync();
        billed.Days[id] = Installed.AddDays(60);
        var meters = (await host.AsAsync(TestUsers.Manager)).Get<MeterService>();

        Assert.Equal("2026-03-02", await RefusedAsync(59, meters.ShareAsync));
        Assert.Equal("2026-03-02", await RefusedAsync(59, meters.ReplaceAsync));
        Assert.Equal("2026-03-02", await RefusedAsync(59, meters.RemoveAsync));
        Assert.Equal([("512", 1)], await RoomsAsync(host, id));

        // A share may begin where the bill ends; once it did it is ended and not undone, until it is later than all bills.
        await ShareAsync(60, "竹园3号楼 511");
        Assert.Equal("2026-03-03", await RefusedAsync(60, meters.ShareAsync));
        await ShareAsync(61, "竹园3号楼 510");
        await ShareAsync(61, "竹园3号楼 512");
        var parts = await host.InDatabaseAsync(db => db.Set<MeterRoom>().Where(r => r.MeterId == id).OrderBy(r => r.Id).ToListAsync(Ct));
        Assert.Equal([(0, 59), (60, 60), (61, (int?)null)], parts.Select(p => (Since(p.FirstDay), p.LastDay is { } last ? Since(last) : (int?)null)));
        Assert.True((await meters.RemoveAsync(id, await ChangeAsync(host, id, 62, closing: 3), Ct)).IsStored);

        static int Since(DateOnly day) => day.DayNumber - Installed.DayNumber;

        async Task ShareAsync(int day, string rooms)
        {
            var form = await ChangeAsync(host, id, day);
            form.Rooms = rooms;
            await meters.ShareAsync(id, form, Ct);
        }

        async Task<object?> RefusedAsync(int day, Func<long, MeterForm, CancellationToken, Task> change)
        {
            var form = await ChangeAsync(host, id, day, closing: 3);
            var refused = await Assert.ThrowsAsync<Rejected>(() => change(id, form, Ct));
            Assert.Equal(("BilledAlready", nameof(MeterForm.Day)), (refused.Code, Assert.Single(refused.Problems).Field));
            return refused.Problems[0].Args[0];
        }
    }

    private sealed class BilledTo : IBilledMeters
    {
        public Dictionary<long, DateOnly> Days { get; } = [];

        public Task<DateOnly?> BilledToAsync(LogisticsDb db, long meterId, CancellationToken ct) =>
            Task.FromResult<DateOnly?>(Days.TryGetValue(meterId, out var day) ? day : null);

        public Task<int> CountAsync(LogisticsDb db, long meterId, CancellationToken ct) => Task.FromResult(Days.ContainsKey(meterId) ? 1 : 0);
    }

    [Theory]
    [InlineData("竹园3号楼 512", "512")]
    [InlineData("竹园3号楼512", "512")]
    [InlineData("zy3，512", "512")]
    [InlineData("竹园3号楼 1901", "1901")]
    [InlineData("Bamboo Court 3 study ROOM", "1901")]
    [InlineData("竹园3号楼 901", "UnknownRoom")]
    [InlineData("竹园3号楼901", "UnknownRoom")]
    [InlineData("竹园3号楼 Study", "UnknownRoom")]
    [InlineData("512", "RoomAmbiguous")]
    public async Task A_room_is_named_by_its_whole_code_or_name(string typed, string expected)
    {
        await using var host = await TestHost.OpenAsync();
        await host.InDatabaseAsync(async db =>
        {
            // The only room with 901 in its number.
            db.Add(new Room(await db.Set<Building>().SingleAsync(b => b.Name == "竹园3号楼", Ct), 6, "1901", "Study room", beds: 0));
            return await db.SaveChangesAsync(Ct);
        });

        if (char.IsAsciiDigit(expected[0])) Assert.Equal([(expected, 1)], await RoomsAsync(host, await host.InstallAsync(rooms: typed)));
        else Assert.Equal(expected, (await Assert.ThrowsAsync<Rejected>(() => host.InstallAsync(rooms: typed))).Code);
    }

    [Fact]
    public async Task Too_many_rooms_are_refused_before_any_is_looked_for()
    {
        var sql = new SqlCounter();
        await using var host = await TestHost.OpenAsync(services => services.ConfigureDbContext<LogisticsDb>(db => db.AddInterceptors(sql)));
        var form = await host.NewMeterAsync(rooms: string.Join('\n', Enumerable.Repeat("x", MeterLimits.Rooms + 1)));
        var meters = (await host.AsAsync(TestUsers.Manager)).Get<MeterService>();
        var before = sql.Count;

        Assert.Equal("RoomCount", (await Assert.ThrowsAsync<Rejected>(() => meters.InstallAsync(form, Ct))).Code);

        Assert.InRange(sql.Count - before, 0, 10);
    }

    [Fact]
    public async Task A_replaced_meter_ends_with_a_closing_reading_and_its_rooms_go_on_with_the_new_one()
    {
        await using var host = await TestHost.OpenAsync();
        var id = await host.InstallAsync(rooms: "竹园3号楼 511 * 2; 竹园3号楼 512", opening: 9_950);
        var meters = (await host.AsAsync(TestUsers.Manager)).Get<MeterService>();
        var form = await ChangeAsync(host, id, 30, closing: 20);
        Assert.Equal([ReadingDoubtKind.RollOver], (await meters.ReplaceAsync(id, form, Ct)).Doubts.Select(d => d.Kind));
        Assert.Single(await host.CountingAsync(id));
        (form.Reason, form.Confirmed) = ("过零", [ReadingDoubtKind.RollOver]);

        // The new one may have the number of the old one.
        var next = (await meters.ReplaceAsync(id, form, Ct)).Id!.Value;

        Assert.Equal([70m], await host.UsageAsync(id));
        Assert.Equal([("511", 2), ("512", 1)], await RoomsAsync(host, next));
        var old = await host.InDatabaseAsync(db => db.Set<Meter>().SingleAsync(m => m.Id == id, Ct));
        Assert.Equal((Installed.AddDays(30), next), (old.RemovedOn!.Value, old.ReplacedByMeterId!.Value));
        Assert.Equal(ReadingSource.Closing, (await host.CountingAsync(id))[^1].Source);
        var late = await Assert.ThrowsAsync<Rejected>(async () =>
            await (await host.AsAsync(TestUsers.Technician)).Get<ReadingService>().RecordAsync(Reading(id, 40, 60), Ct));
        Assert.Equal("MeterRemoved", late.Code);
    }

    [Fact]
    public async Task A_removed_meter_can_not_be_closed_before_its_last_reading_and_frees_its_number()
    {
        await using var host = await TestHost.OpenAsync();
        var id = await host.InstallAsync();
        await (await host.AsAsync(TestUsers.Technician)).Get<ReadingService>().RecordAsync(Reading(id, 50, 100), Ct);
        var meters = (await host.AsAsync(TestUsers.Manager)).Get<MeterService>();
        Assert.Equal("ReadSince", (await Assert.ThrowsAsync<Rejected>(async () =>
            await meters.RemoveAsync(id, await ChangeAsync(host, id, 49, closing: 100), Ct))).Code);

        // On the day of a reading its closing takes its place.
        Assert.True((await meters.RemoveAsync(id, await ChangeAsync(host, id, 50, closing: 101), Ct)).IsStored);

        Assert.Equal([101m], await host.UsageAsync(id));
        await host.InstallAsync();
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(7, 0)]
    [InlineData(31, 500)]
    [InlineData(200, 9_999)]
    [InlineData(310, 37)]
    public async Task Replacing_a_meter_on_any_day_changes_no_total(int day, int opening)
    {
        await using var host = await TestHost.OpenAsync();
        var random = new Random(day);
        var id = await host.InstallAsync(opening: 9_000);
        var readings = (await host.AsAsync(TestUsers.Manager)).Get<ReadingService>();
        var meters = (await host.AsAsync(TestUsers.Manager)).Get<MeterService>();
        var all = Enum.GetValues<ReadingDoubtKind>();
        var used = Enumerable.Range(0, 321).Select(_ => random.Next(20)).ToArray();
        for (var i = 1; i < used.Length; i++) used[i] += used[i - 1];
        long? next = null;
        foreach (var at in Enumerable.Range(1, 10).Select(m => m * 32).Append(day).Order().Distinct())
        {
            if (at == day)
            {
                var form = await ChangeAsync(host, id, day, closing: (9_000 + used[day]) % 10_000);
                (form.Opening, form.Confirmed, form.Reason) = (opening, all, "换表");
                next = (await meters.ReplaceAsync(id, form, Ct)).Id;
                continue;
            }
            var shown = next is null ? 9_000 + used[at] : opening + used[at] - used[day];
            await readings.RecordAsync(Reading(next ?? id, at, shown % 10_000, all), Ct);
        }

        Assert.Equal(used[320], (await host.UsageAsync(id)).Sum() + (await host.UsageAsync(next!.Value)).Sum());
        Assert.All((await host.UsageAsync(id)).Concat(await host.UsageAsync(next.Value)), u => Assert.True(u >= 0));
    }

    private static async Task<MeterForm> ChangeAsync(TestHost host, long id, int day, decimal? closing = null)
    {
        var form = await host.NewMeterAsync();
        form.Version = await host.InDatabaseAsync(db => db.Set<Meter>().Where(m => m.Id == id).Select(m => m.Version).SingleAsync(Ct));
        (form.Day, form.Closing) = (Installed.AddDays(day), closing);
        return form;
    }

    private static Task<List<(string, int)>> RoomsAsync(TestHost host, long id) => host.InDatabaseAsync(async db => (
        await db.Set<MeterRoom>().Where(r => r.MeterId == id && r.LastDay == null)
            .Join(db.Set<Room>(), r => r.RoomId, r => r.Id, (share, room) => new { room.Code, share.Share })
            .OrderBy(r => r.Code).ToListAsync(Ct)).Select(r => (r.Code, r.Share)).ToList());
}
