using LogisticsAdmin.Features.Repairs.Costs;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>The parts list and the rates: who may change them, and that earlier prices are kept.</summary>
public sealed class PartsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    internal static PartForm FormOf(PartRow part, decimal price) => new()
    {
        Version = part.Version,
        Code = part.Code,
        Name = part.Name.Zh,
        NameEn = part.Name.En,
        Unit = part.Unit.Zh,
        UnitEn = part.Unit.En,
        Price = price,
    };

    private static PartForm New(string code = "ZZ-001") => new() { Code = code, Name = "测试阀", Unit = "个", Price = 9.9m };

    [Theory]
    [InlineData(TestUsers.Administrator, true, true)]
    [InlineData(TestUsers.Manager, true, true)]
    [InlineData(TestUsers.Dispatcher, true, false)]
    [InlineData(TestUsers.Technician, false, false)]
    [InlineData(TestUsers.Resident, false, false)]
    public async Task Dispatchers_read_the_list_and_managers_and_administrators_keep_it(string who, bool reads, bool keeps)
    {
        await using var host = await TestHost.OpenAsync();
        var parts = (await host.AsAsync(who)).Get<PartsService>();
        var (part, rate) = await host.InDatabaseAsync(async db => (await db.Parts.FirstAsync(Ct), await db.LabourRates.FirstAsync(Ct)));
        var form = New();

        await AllowsAsync(reads, () => parts.ListAsync(new PartFilter(), Ct), () => parts.HistoryAsync(part.Id, Ct), () => parts.RatesAsync(Ct),
            () => parts.RateHistoryAsync(rate.CrewId, Ct));
        await AllowsAsync(keeps, () => parts.CreateAsync(form, Ct), () => parts.RetireAsync(part.Id, Ct), () => parts.RestoreAsync(part.Id, Ct),
            () => parts.SetRateAsync(rate.CrewId, new LabourRateForm { ExpectedRateId = rate.Id, PricePerHour = 66 }, Ct));
        if (!keeps) await AllowsAsync(false, () => parts.SaveAsync(part.Id, New(part.Code), Ct));
    }

    [Fact]
    public async Task A_new_price_ends_the_old_one_and_both_stay()
    {
        await using var host = await TestHost.OpenAsync();
        var parts = (await host.AsAsync(TestUsers.Manager)).Get<PartsService>();
        var part = Assert.Single((await parts.ListAsync(new PartFilter { Text = "SL-001" }, Ct)).Items);
        host.Clock.Advance(TimeSpan.FromDays(1));

        await parts.SaveAsync(part.Id, FormOf(part, 13.5m), Ct);
        var again = Assert.Single((await parts.ListAsync(new PartFilter { Text = "SL-001" }, Ct)).Items);
        await parts.SaveAsync(part.Id, FormOf(again, 13.5m), Ct);

        var history = await parts.HistoryAsync(part.Id, Ct);
        Assert.Equal([13.5m, 12m], history.Select(p => p.Price));
        Assert.Equal([null, host.Clock.GetUtcNow()], history.Select(p => p.Until));
        Assert.Equal(["沈国栋", null], history.Select(p => p.SetBy));
        Assert.Equal(13.5m, again.Price);
    }

    [Fact]
    public async Task The_earlier_rates_of_a_crew_stay_with_who_set_them()
    {
        await using var host = await TestHost.OpenAsync();
        var parts = (await host.AsAsync(TestUsers.Manager)).Get<PartsService>();
        var rate = (await parts.RatesAsync(Ct)).First(r => r.RateId is not null);
        host.Clock.Advance(TimeSpan.FromDays(1));

        await parts.SetRateAsync(rate.CrewId, new LabourRateForm { ExpectedRateId = rate.RateId, PricePerHour = 66 }, Ct);

        var history = await parts.RateHistoryAsync(rate.CrewId, Ct);
        Assert.Equal([66m, rate.PricePerHour!.Value], history.Select(r => r.Price));
        Assert.Equal([null, host.Clock.GetUtcNow()], history.Select(r => r.Until));
        Assert.Equal(["沈国栋", null], history.Select(r => r.SetBy));
    }

    [Fact]
    public async Task Two_who_price_a_part_at_once_are_told_of_each_other()
    {
        await using var host = await TestHost.OpenAsync();
        var (first, second) = ((await host.AsAsync(TestUsers.Manager)).Get<PartsService>(), (await host.AsAsync(TestUsers.Administrator)).Get<PartsService>());
        var part = Assert.Single((await first.ListAsync(new PartFilter { Text = "SL-001" }, Ct)).Items);

        await first.SaveAsync(part.Id, FormOf(part, 15), Ct);
        var stale = await Assert.ThrowsAsync<Stale>(() => second.SaveAsync(part.Id, FormOf(part, 16), Ct));

        Assert.Equal("沈国栋", stale.By);
        Assert.Equal(2, (await first.HistoryAsync(part.Id, Ct)).Count);
    }

    [Fact]
    public async Task Parts_are_sorted_by_price_as_numbers()
    {
        await using var host = await TestHost.OpenAsync();
        var parts = (await host.AsAsync(TestUsers.Manager)).Get<PartsService>();
        foreach (var (code, price) in new[] { ("ZZ-1", 99_999.99m), ("ZZ-2", 9.9m), ("ZZ-3", 100m), ("ZZ-4", 0.01m) })
        {
            var form = New(code);
            form.Price = price;
            await parts.CreateAsync(form, Ct);
        }

        var sorted = (await parts.ListAsync(new PartFilter { Text = "ZZ-", Sort = PartSort.Price }, Ct)).Items;

        Assert.Equal([0.01m, 9.9m, 100m, 99_999.99m], sorted.Select(p => p.Price));
    }

    [Fact]
    public async Task The_database_too_knows_one_current_price_and_one_current_rate()
    {
        await using var host = await TestHost.OpenAsync();
        string[] forbidden =
        [
            """INSERT INTO "PartPrices" ("PartId", "Price", "From") SELECT "PartId", 10000, "From" FROM "PartPrices" LIMIT 1""",
            """INSERT INTO "LabourRates" ("CrewId", "PricePerHour", "From", "Version") SELECT "CrewId", 10000, "From", 1 FROM "LabourRates" LIMIT 1""",
            """UPDATE "PartPrices" SET "Price" = -1""",
        ];
        foreach (var sql in forbidden)
            await Assert.ThrowsAsync<SqliteException>(() => host.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync(sql, Ct)));
    }

    [Fact]
    public async Task A_code_belongs_to_one_part_also_when_it_is_retired()
    {
        await using var host = await TestHost.OpenAsync();
        var parts = (await host.AsAsync(TestUsers.Manager)).Get<PartsService>();
        var id = await parts.CreateAsync(New(), Ct);
        await parts.RetireAsync(id, Ct);

        var refused = await Assert.ThrowsAsync<Rejected>(() => parts.CreateAsync(New("zz-001"), Ct));

        Assert.Equal((nameof(PartForm.Code), "CodeTaken"), Assert.Single(refused.Problems) switch { var p => (p.Field, p.Code) });
        Assert.Equal("AlreadyRetired", (await Assert.ThrowsAsync<Rejected>(() => parts.RetireAsync(id, Ct))).Code);
        await parts.RestoreAsync(id, Ct);
        Assert.Equal("NotRetired", (await Assert.ThrowsAsync<Rejected>(() => parts.RestoreAsync(id, Ct))).Code);
    }

    [Fact]
    public async Task The_list_is_searched_sorted_filtered_and_paged()
    {
        await using var host = await TestHost.OpenAsync();
        var parts = (await host.AsAsync(TestUsers.Manager)).Get<PartsService>();
        var all = await parts.ListAsync(new PartFilter(), Ct);
        Assert.Equal((PartFilter.PageSize, true), (all.Items.Count, all.Total >= 60));

        var dearest = await parts.ListAsync(new PartFilter { Sort = PartSort.Price, Descending = true }, Ct);
        Assert.Equal(dearest.Items.Select(p => p.Price).OrderDescending(), dearest.Items.Select(p => p.Price));
        Assert.Equal("空调室外风机电机", dearest.Items[0].Name.Zh);
        Assert.Equal(all.Total - (2 * PartFilter.PageSize), (await parts.ListAsync(new PartFilter { Skip = 2 * PartFilter.PageSize }, Ct)).Items.Count);

        await parts.RetireAsync(all.Items[0].Id, Ct);
        Assert.Equal(all.Total - 1, (await parts.ListAsync(new PartFilter(), Ct)).Total);
        Assert.Equal(all.Items[0].Id, Assert.Single((await parts.ListAsync(new PartFilter { State = PartState.Retired }, Ct)).Items).Id);
        Assert.Equal(all.Total, (await parts.ListAsync(new PartFilter { State = null }, Ct)).Total);
        Assert.Equal(0, (await parts.ListAsync(new PartFilter { Text = "100%" }, Ct)).Total);
    }

    [Theory]
    [InlineData("-0.01")]
    [InlineData("100000")]
    [InlineData("1.005")]
    public async Task A_price_that_is_no_money_is_refused_at_its_field(string price)
    {
        await using var host = await TestHost.OpenAsync();
        var form = New();
        form.Price = decimal.Parse(price, System.Globalization.CultureInfo.InvariantCulture);

        var parts = (await host.AsAsync(TestUsers.Manager)).Get<PartsService>();
        var refused = await Assert.ThrowsAsync<Rejected>(() => parts.CreateAsync(form, Ct));

        Assert.Equal(nameof(PartForm.Price), Assert.Single(refused.Problems).Field);
    }

    [Fact]
    public async Task A_rate_is_a_history_too()
    {
        await using var host = await TestHost.OpenAsync();
        var parts = (await host.AsAsync(TestUsers.Manager)).Get<PartsService>();
        var crew = (await parts.RatesAsync(Ct))[0];
        host.Clock.Advance(TimeSpan.FromHours(1));

        await parts.SetRateAsync(crew.CrewId, new LabourRateForm { ExpectedRateId = crew.RateId, PricePerHour = 80 }, Ct);
        await parts.SetRateAsync(crew.CrewId, new LabourRateForm { ExpectedRateId = crew.RateId, PricePerHour = 80 }, Ct);

        Assert.Equal(80, (await parts.RatesAsync(Ct))[0].PricePerHour);
        Assert.Equal(2, await host.InDatabaseAsync(db => db.LabourRates.CountAsync(r => r.CrewId == crew.CrewId, Ct)));
    }

    [Fact]
    public async Task Two_who_set_a_rate_at_once_are_told_of_each_other()
    {
        await using var host = await TestHost.OpenAsync();
        var (first, second) = ((await host.AsAsync(TestUsers.Manager)).Get<PartsService>(), (await host.AsAsync(TestUsers.Administrator)).Get<PartsService>());
        var seen = (await first.RatesAsync(Ct))[0];
        await first.SetRateAsync(seen.CrewId, new LabourRateForm { ExpectedRateId = seen.RateId, PricePerHour = 80 }, Ct);

        var form = new LabourRateForm { ExpectedRateId = seen.RateId, PricePerHour = 90 };
        var stale = await Assert.ThrowsAsync<Stale>(() => second.SetRateAsync(seen.CrewId, form, Ct));
        Assert.Equal(("沈国栋", "80.00"), (stale.By, stale.CurrentState));
        Assert.Equal(80, (await first.RatesAsync(Ct))[0].PricePerHour);

        form.ExpectedRateId = (await second.RatesAsync(Ct))[0].RateId;
        await second.SetRateAsync(seen.CrewId, form, Ct);
        Assert.Equal(90, (await first.RatesAsync(Ct))[0].PricePerHour);
    }

    private static async Task AllowsAsync(bool allowed, params Func<Task>[] acts)
    {
        foreach (var act in acts)
        {
            var refused = await Record.ExceptionAsync(act);
            if (allowed) Assert.Null(refused);
            else Assert.IsType<Forbidden>(refused);
        }
    }
}
