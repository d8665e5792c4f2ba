using LogisticsAdmin.Features.Fees.Metering;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;
using static LogisticsAdmin.Tests.Fees.MeterSteps;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>What is recorded, what is asked about first, and what corrections and estimates do to usage.</summary>
public sealed class ReadingTests
{
    private const ReadingDoubtKind RollOver = ReadingDoubtKind.RollOver, TooMuch = ReadingDoubtKind.TooMuch, NextLower = ReadingDoubtKind.NextLower;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reading_sent_twice_or_twenty_times_at_once_is_one()
    {
        await using var host = await TestHost.OpenAsync();
        var form = Reading(await host.InstallAsync(), 30, 90.5m);
        var desks = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.AsAsync(TestUsers.Technician)));

        var answers = await Task.WhenAll(desks.Select(d => d.Get<ReadingService>().RecordAsync(form, Ct)));

        Assert.Single(answers.Select(a => a.Id).Distinct());
        Assert.NotNull(answers[0].Id);
        Assert.Equal([90.5m], await host.UsageAsync(form.MeterId!.Value));
    }

    [Theory]
    [InlineData(TestUsers.Administrator, true)]
    [InlineData(TestUsers.Manager, true)]
    [InlineData(TestUsers.Dispatcher, true)]
    [InlineData(TestUsers.Technician, true)]
    [InlineData(TestUsers.Resident, false)]
    public async Task The_office_and_technicians_read_and_nobody_else(string who, bool may)
    {
        await using var host = await TestHost.OpenAsync();
        var meter = await host.InstallAsync();
        var readings = (await host.AsAsync(who)).Get<ReadingService>();
        if (may)
        {
            Assert.True((await readings.RecordAsync(Reading(meter, 3, 5), Ct)).IsStored);
            return;
        }
        await Assert.ThrowsAsync<Forbidden>(() => readings.RecordAsync(Reading(meter, 3, 5), Ct));
        await Assert.ThrowsAsync<Forbidden>(() => readings.EstimateAsync(meter, Installed.AddDays(9), Guid.NewGuid(), ct: Ct));
        var opening = (await host.CountingAsync(meter)).Single();
        var correction = Reading(meter, 0, 1);
        correction.Reason = "抄错";
        await Assert.ThrowsAsync<Forbidden>(() => readings.CorrectAsync(opening.Id, correction, Ct));
        readings = (await host.AsAsync(TestUsers.Technician)).Get<ReadingService>();
        await Assert.ThrowsAsync<Forbidden>(() => readings.CorrectAsync(opening.Id, correction, Ct));
    }

    [Theory]
    [InlineData("-1", 5, "Value")]
    [InlineData("1.23456", 5, "Value")]
    [InlineData("10000", 5, "Value")]
    [InlineData(null, 5, "Value")]
    [InlineData("7", -1, "Day")]
    [InlineData("7", 326, "Day")]
    [InlineData("7", 0, "Day")]
    [InlineData("7", null, "Day")]
    public async Task What_can_not_be_is_refused_at_its_field(string? value, int? day, string field)
    {
        await using var host = await TestHost.OpenAsync();
        var form = Reading(await host.InstallAsync(), day ?? 0, 0);
        form.Value = value is null ? null : decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture);
        if (day is null) form.Day = null;

        var refused = await Assert.ThrowsAsync<Rejected>(() => RecordAsync(host, form));

        Assert.Equal([field], refused.Problems.Select(p => p.Field));
    }

    [Fact]
    public async Task Readings_of_zero_of_four_decimals_and_of_all_digits_are_taken()
    {
        await using var host = await TestHost.OpenAsync();
        var meter = await host.InstallAsync();
        await RecordAsync(host, Reading(meter, 10, 0));
        await RecordAsync(host, Reading(meter, 20, 0.0001m));
        await RecordAsync(host, Reading(meter, 30, 9999.9999m, TooMuch));

        Assert.Equal([0, 0.0001m, 9999.9998m], await host.UsageAsync(meter));
    }

    [Fact]
    public async Task A_counter_that_passed_zero_is_asked_about_and_counts_on()
    {
        await using var host = await TestHost.OpenAsync();
        var meter = await host.InstallAsync(opening: 9900);

        var doubt = Assert.Single((await RecordAsync(host, Reading(meter, 30, 50))).Doubts);
        Assert.Equal((RollOver, 150m, 9900m), (doubt.Kind, doubt.Usage, doubt.Value));
        // A reason for another question is no answer to this one.
        Assert.False((await RecordAsync(host, Reading(meter, 30, 50, TooMuch))).IsStored);
        Assert.True((await RecordAsync(host, Reading(meter, 30, 50, RollOver))).IsStored);

        Assert.Equal([150m], await host.UsageAsync(meter));
        Assert.Equal("到场核对过", (await host.CountingAsync(meter))[1].Note);
    }

    [Fact]
    public async Task A_lower_reading_much_usage_and_none_for_long_are_asked_about()
    {
        await using var host = await TestHost.OpenAsync();
        var meter = await host.InstallAsync(opening: 1000);
        await RecordAsync(host, Reading(meter, 30, 1090));

        Assert.Equal([ReadingDoubtKind.Backwards, TooMuch], await AskedAsync(60, 900));
        Assert.Empty(await AskedAsync(60, 1990, isTried: true));
        Assert.Equal([TooMuch], await AskedAsync(60, 1991));
        Assert.Empty(await AskedAsync(90, 1090, isTried: true));
        Assert.Equal([ReadingDoubtKind.NothingUsed], await AskedAsync(91, 1090));

        async Task<IEnumerable<ReadingDoubtKind>> AskedAsync(int day, decimal value, bool isTried = false)
        {
            var chain = await host.InDatabaseAsync(db => ReadingChain.OfAsync(db, meter, Ct));
            var doubts = chain.Judge(Installed.AddDays(day), value).Select(d => d.Kind).ToList();
            if (!isTried) Assert.Equal(doubts, (await RecordAsync(host, Reading(meter, day, value))).Doubts.Select(d => d.Kind));
            return doubts;
        }
    }

    [Fact]
    public async Task A_true_reading_settles_an_estimate_whether_it_was_too_low_or_too_high()
    {
        await using var host = await TestHost.OpenAsync();
        var (meter, other) = (await host.InstallAsync(), await host.InstallAsync("T-2"));
        var readings = (await host.AsAsync(TestUsers.Technician)).Get<ReadingService>();
        foreach (var (which, next) in new[] { (meter, 170m), (other, 115m) })
        {
            await RecordAsync(host, Reading(which, 50, 100));
            Assert.True((await readings.EstimateAsync(which, Installed.AddDays(70), Guid.NewGuid(), ct: Ct)).IsStored);
            Assert.Equal((140m, true), ((await host.CountingAsync(which))[^1].Value, (await host.CountingAsync(which))[^1].IsEstimate));
            Assert.True((await RecordAsync(host, Reading(which, 80, next))).IsStored);
        }

        Assert.Equal([100m, 40m, 30m], await host.UsageAsync(meter));
        Assert.Equal([100m, 15m], await host.UsageAsync(other));
        var settled = await host.InDatabaseAsync(db => db.Set<MeterReading>().SingleAsync(r => r.MeterId == other && r.ReplacedAt != null, Ct));
        Assert.Equal((true, (await host.CountingAsync(other))[^1].Id), (settled.IsEstimate, settled.ReplacedById!.Value));
    }

    [Fact]
    public async Task An_estimate_needs_two_true_readings_and_a_day_after_them_and_gives_way_on_its_own_day()
    {
        await using var host = await TestHost.OpenAsync();
        var meter = await host.InstallAsync();
        var readings = (await host.AsAsync(TestUsers.Dispatcher)).Get<ReadingService>();
        Assert.Equal("UsualUnknown", await RefusedAsync());
        await RecordAsync(host, Reading(meter, 10, 10));
        Assert.Equal("ReadSince", await RefusedAsync());
        var key = Guid.NewGuid();
        var once = await readings.EstimateAsync(meter, Installed.AddDays(20), key, ct: Ct);
        Assert.Equal(once.Id, (await readings.EstimateAsync(meter, Installed.AddDays(20), key, ct: Ct)).Id);

        Assert.True((await RecordAsync(host, Reading(meter, 20, 12))).IsStored);

        Assert.Equal([10m, 2m], await host.UsageAsync(meter));

        async Task<string> RefusedAsync() =>
            (await Assert.ThrowsAsync<Rejected>(() => readings.EstimateAsync(meter, Installed.AddDays(9), Guid.NewGuid(), ct: Ct))).Code;
    }

    [Fact]
    public async Task A_correction_is_a_new_row_and_the_wrong_one_stays()
    {
        await using var host = await TestHost.OpenAsync();
        var meter = await host.InstallAsync(opening: 9_000);
        await RecordAsync(host, Reading(meter, 30, 9_090));
        var wrong = (await RecordAsync(host, Reading(meter, 60, 9_981))).Id!.Value;
        await RecordAsync(host, Reading(meter, 90, 270, RollOver, TooMuch));
        var readings = (await host.AsAsync(TestUsers.Technician)).Get<ReadingService>();
        var correction = Reading(meter, 60, 180, RollOver, TooMuch);
        Assert.Equal("ReasonMissing", (await Assert.ThrowsAsync<Rejected>(() => readings.CorrectAsync(wrong, Reading(meter, 60, 1), Ct))).Code);

        // It passed 0 before the corrected reading now, and not after it.
        var stored = (await readings.CorrectAsync(wrong, correction, Ct)).Id;

        Assert.Equal([90m, 1_090m, 90m], await host.UsageAsync(meter));
        Assert.Equal([false, false, true, false], (await host.CountingAsync(meter)).Select(r => r.RolledOver));
        var old = await host.InDatabaseAsync(db => db.Set<MeterReading>().SingleAsync(r => r.Id == wrong, Ct));
        Assert.Equal((stored, 9_981m), (old.ReplacedById, old.Value));
        Assert.Equal("AlreadyCorrected", (await Assert.ThrowsAsync<Rejected>(() => readings.CorrectAsync(wrong, Reading(meter, 60, 1, RollOver), Ct))).Code);
    }

    [Fact]
    public async Task A_reading_above_the_next_one_is_asked_about()
    {
        await using var host = await TestHost.OpenAsync();
        var meter = await host.InstallAsync();
        await RecordAsync(host, Reading(meter, 60, 120));
        Assert.Equal([NextLower], (await RecordAsync(host, Reading(meter, 30, 130))).Doubts.Select(d => d.Kind));
        Assert.True((await RecordAsync(host, Reading(meter, 30, 70))).IsStored);

        Assert.Equal([70m, 50m], await host.UsageAsync(meter));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Random_readings_estimates_and_corrections_never_count_twice_nor_backwards(int seed)
    {
        await using var host = await TestHost.OpenAsync();
        var random = new Random(seed);
        var start = random.Next(10_000);
        var meter = await host.InstallAsync(opening: start);
        var readings = (await host.AsAsync(TestUsers.Manager)).Get<ReadingService>();
        var all = Enum.GetValues<ReadingDoubtKind>();
        // What was really used by each day; the counter shows it without its higher digits.
        var used = Enumerable.Range(0, 320).Select(_ => (decimal)random.Next(60)).ToArray();
        for (var i = 1; i < used.Length; i++) used[i] += used[i - 1];
        used[0] = 0;
        for (var step = 0; step < 40; step++)
        {
            var day = random.Next(1, used.Length);
            var counting = await host.CountingAsync(meter);
            var known = counting.Find(r => r.Day == Installed.AddDays(day));
            var right = Reading(meter, day, (start + used[day]) % 10_000, all);
            if (random.Next(3) == 0) await Record.ExceptionAsync(() => readings.EstimateAsync(meter, right.Day!.Value, Guid.NewGuid(), ct: Ct));
            else if (known is null && random.Next(4) == 0) await CorrectAsync(await WronglyAsync(day), right);
            else if (known is null or { IsEstimate: true }) await readings.RecordAsync(right, Ct);
            else await CorrectAsync(known.Id, right);
            await DemandRightAsync();
        }

        async Task<long> WronglyAsync(int day) => (await readings.RecordAsync(Reading(meter, day, random.Next(10_000), all), Ct)).Id!.Value;

        Task CorrectAsync(long wrong, ReadingForm right) => readings.CorrectAsync(wrong, right, Ct);

        async Task DemandRightAsync()
        {
            var stored = await host.InDatabaseAsync(db => db.Set<Meter>().AsNoTracking().SingleAsync(m => m.Id == meter, Ct));
            var counting = await host.CountingAsync(meter);
            var (sum, before) = (0m, 0m);
            foreach (var (one, next) in counting.Zip(counting.Skip(1)))
            {
                var between = MeterUsage.Between(stored, one, next);
                Assert.True(between >= 0);
                sum += between;
                if (next.IsEstimate) continue;
                // Between two true readings less than a round of the counter can be seen; none here is further apart than that.
                var real = used[next.Day.DayNumber - Installed.DayNumber];
                Assert.Equal((real - before) % 10_000, sum);
                (sum, before) = (0, real);
            }
        }
    }

    private static async Task<ReadingAnswer> RecordAsync(TestHost host, ReadingForm form) =>
        await (await host.AsAsync(TestUsers.Technician)).Get<ReadingService>().RecordAsync(form, Ct);
}
