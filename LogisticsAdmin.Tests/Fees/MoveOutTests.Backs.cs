using CsCheck;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.Kinds;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.MoveOut;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Imports;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>Fees that were billed for days to come: 42 of the 365 days of 2026 are left on the day of leaving, of 11 of November's 30.</summary>
public sealed partial class MoveOutTests
{
    private const int DaysLeft = 42;

    [Fact]
    public async Task A_year_that_was_billed_is_given_back_for_the_days_to_come_and_booked_back_with_the_statement()
    {
        await using var host = await TestHost.OpenAsync();
        await TwoPeopleAsync(host, isMetered: false);
        await YearAsync(host, from: new DateOnly(2025, 9, 1));
        var kind = (await host.FeeKindAsync("accommodation")).Id;
        var revenue = await host.BalanceAsync(LedgerAccount.OfRevenue(kind).Key);
        Assert.Equal(-120_000, await OwnAsync(host));

        var draft = await DrawUpAsync(host);
        var back = Assert.Single(draft.Figures.Backs!);
        Assert.Equal((kind, "2026", Leaving, DaysLeft, 365, 120_000L), (back.KindId, back.Period, back.First, back.Days, back.OfDays, back.ChargedFen));
        // 13,808.219…
        Assert.Equal((13_808L, -120_000L + 13_808), (back.AmountFen, draft.Figures.Result.Fen));
        var view = await SettledAsync(host, draft, MoveOutWay.Account);
        Assert.Equal((-106_192L, revenue - 13_808), (await OwnAsync(host), await host.BalanceAsync(LedgerAccount.OfRevenue(kind).Key)));
        Assert.Equal((13_808L, -106_192L), (view.Row.GivenBack.Fen, view.Row.Result.Fen));
        // Not twice, also not in another statement.
        Assert.Empty((await DrawUpAsync(host)).Figures.Backs!);
        await host.DemandSoundAsync();

        await TakenBackAsync(host, view.Row.Id);
        Assert.Equal((-120_000L, revenue), (await OwnAsync(host), await host.BalanceAsync(LedgerAccount.OfRevenue(kind).Key)));
        await SettledAsync(host, await DrawUpAsync(host), MoveOutWay.Account);
        Assert.Equal(-106_192L, await OwnAsync(host));
        Assert.Equal(1, await host.InDatabaseAsync(db => db.GivenBacks.CountAsync(g => g.TakenBackAt == null, Ct)));
        await host.DemandSoundAsync();
    }

    [Fact]
    public async Task Who_moved_in_later_gets_back_the_part_of_the_days_that_were_charged()
    {
        await using var host = await TestHost.OpenAsync();
        await TwoPeopleAsync(host, isMetered: false);
        await YearAsync(host, from: new DateOnly(2026, 8, 1));

        var back = Assert.Single((await DrawUpAsync(host)).Figures.Backs!);

        Assert.Equal((50_301L, DaysLeft, 153), (back.ChargedFen, back.Days, back.OfDays));
        Assert.Equal(13_808, back.AmountFen);
    }

    [Fact]
    public async Task A_correction_counts_whether_it_comes_before_or_after()
    {
        await using var host = await TestHost.OpenAsync();
        await TwoPeopleAsync(host, isMetered: false);
        await YearAsync(host, from: new DateOnly(2025, 9, 1));
        var revenue = await RevenueAsync();
        await PriceAsync(1, 1_460);
        var draft = await DrawUpAsync(host);
        var back = Assert.Single(draft.Figures.Backs!);
        Assert.Equal((146_000L, 16_800L), (back.ChargedFen, back.AmountFen));
        var view = await SettledAsync(host, draft, MoveOutWay.Account);
        Assert.Equal(-146_000 + 16_800, await OwnAsync(host));

        await PriceAsync(2, 730);
        Assert.Equal(-73_000 + 8_400, await OwnAsync(host));
        await PriceAsync(3, 0);
        Assert.Equal(0, await OwnAsync(host));
        await PriceAsync(4, 1_200);
        Assert.Equal(-106_192, await OwnAsync(host));
        Assert.Equal(revenue - 13_808, await RevenueAsync());

        await TakenBackAsync(host, view.Row.Id);
        Assert.Equal((-120_000L, revenue), (await OwnAsync(host), await RevenueAsync()));
        await host.DemandSoundAsync();

        async Task<long> RevenueAsync() => await host.BalanceAsync(LedgerAccount.OfRevenue((await host.FeeKindAsync("accommodation")).Id).Key);

        async Task PriceAsync(int version, decimal price)
        {
            // The newest of those before the period applies to all of it.
            await host.RateAsync("accommodation", PriceRule.Flat(price), new DateOnly(2020, 2, version));
            await CorrectAsync(host, "accommodation", new DateOnly(2026, 1, 1));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_correction_after_the_check_out_gives_nothing_back_a_second_time(bool isSettledBefore)
    {
        await using var host = await TestHost.OpenAsync();
        await TwoPeopleAsync(host, isMetered: false);
        await YearAsync(host, from: new DateOnly(2025, 9, 1));
        var draft = await DrawUpAsync(host);
        if (isSettledBefore) await SettledAsync(host, draft, MoveOutWay.Account);
        await CheckOutAsync(host);

        // The price of others changes, then the own one.
        await host.RateAsync("accommodation", PriceRule.Flat(1_300), new DateOnly(2026, 9, 1), RateScope.OfType(RoomKind.Office));
        await CorrectAsync(host, "accommodation", new DateOnly(2026, 1, 1));
        Assert.Equal(isSettledBefore ? -106_192 : -120_000, await OwnAsync(host));
        await host.RateAsync("accommodation", PriceRule.Flat(730), new DateOnly(2020, 2, 1));
        await CorrectAsync(host, "accommodation", new DateOnly(2026, 1, 1));
        if (!isSettledBefore) await SettledAsync(host, await DrawUpAsync(host), MoveOutWay.Account);

        Assert.Equal(-73_000 + 8_400, await OwnAsync(host));
        await host.DemandSoundAsync();
    }

    [Fact]
    public async Task Of_an_imported_charge_only_days_to_come_are_given_back_also_to_who_moved_in_during_the_year()
    {
        await using var host = await TestHost.OpenAsync();
        await TwoPeopleAsync(host, isMetered: false);
        var resident = await host.AsAsync(TestUsers.Resident);
        await host.StaysAsync((await host.ResidentsRoomAsync()).Id, (TestUsers.Resident, At(new DateOnly(2026, 9, 1)), null));
        var number = await host.InDatabaseAsync(db => db.Users.Where(p => p.Id == resident.PersonId).Select(p => p.Number).SingleAsync(Ct));
        await (await host.AsAsync(TestUsers.Manager)).ImportAsync("fixed-charges", $"费用类型,学号/工号,楼栋,房间,账期,金额,说明\n住宿费,{number},,,2026,1200,\n");

        var back = Assert.Single((await DrawUpAsync(host)).Figures.Backs!);

        Assert.Equal((DaysLeft, 365, 13_808L), (back.Days, back.OfDays, back.AmountFen));
    }

    [Fact]
    public async Task Of_what_the_room_was_charged_the_own_part_is_given_back()
    {
        await using var host = await TestHost.OpenAsync();
        var (room, _) = await TwoPeopleAsync(host, isMetered: false);
        var heating = await (await host.AsAsync(TestUsers.Administrator)).Get<FeeKindService>().CreateAsync(new FeeKindForm
        {
            Code = "heating",
            Name = "采暖费",
            Unit = "间",
            Payer = FeePayer.Room,
            Cycle = BillingCycle.Year,
            GivesBack = true,
        }, Ct);
        var from = At(new DateOnly(2025, 9, 1));
        await host.StaysAsync(room, (TestUsers.Resident, from, null), (TestUsers.Technician, from, null));
        await host.RateAsync("heating", PriceRule.Flat(1_000));
        await host.BillAsync("heating", "2026");

        var draft = await DrawUpAsync(host);
        var back = Assert.Single(draft.Figures.Backs!);
        Assert.Equal((heating, 50_000L, 5_753L), (back.KindId, back.ChargedFen, back.AmountFen));
        Assert.Equal(-50_000 + 5_753, draft.Figures.Result.Fen);
        var view = await SettledAsync(host, draft, MoveOutWay.Account);
        Assert.Equal((-44_247L, -50_000L), (await OwnAsync(host), await host.BalanceAsync(Key(room))));

        // A correction is divided as the bill was, and charged to the own account of who left, with its part given back.
        await CheckOutAsync(host);
        await host.RateAsync("heating", PriceRule.Flat(2_000), new DateOnly(2020, 1, 2));
        await CorrectAsync(host, "heating", new DateOnly(2026, 1, 1));
        Assert.Equal((-100_000L + 11_507, -100_000L), (await OwnAsync(host), await host.BalanceAsync(Key(room))));
        Assert.Equal("BillCounted", await RefusedAsync(() => ProposeAsync(host, view.Row.Id)));
        await host.DemandSoundAsync();
    }

    [Fact]
    public async Task Only_kinds_that_are_set_so_give_back_and_only_what_was_charged_for_days_to_come()
    {
        await using var host = await TestHost.OpenAsync();
        await TwoPeopleAsync(host, isMetered: false);
        await host.RateAsync("internet", PriceRule.Flat(30));
        await host.BillAsync("internet", "2026-11");
        Assert.Empty((await DrawUpAsync(host)).Figures.Backs!);

        var kinds = (await host.AsAsync(TestUsers.Administrator)).Get<FeeKindService>();
        foreach (var (code, isSet) in new[] { ("internet", true), ("electricity", false) })
        {
            var row = (await kinds.ListAsync(Ct)).Single(k => k.Code == code);
            await kinds.SaveAsync(row.Id, new FeeKindForm
            {
                Version = row.Version,
                Code = row.Code,
                Name = row.Name.Zh,
                NameEn = row.Name.En,
                Unit = row.Unit.Zh,
                UnitEn = row.Unit.En,
                Measure = row.Measure,
                Payer = row.Payer,
                Cycle = row.Cycle,
                Order = row.Order,
                GivesBack = true,
            }, Ct);
            // What meters count is never billed before.
            Assert.Equal(isSet, (await kinds.ListAsync(Ct)).Single(k => k.Code == code).GivesBack);
        }
        Assert.Equal(1_100, Assert.Single((await DrawUpAsync(host)).Figures.Backs!).AmountFen);
        Assert.Equal(["accommodation", "internet"], (await kinds.ListAsync(Ct)).Where(k => k.GivesBack).Select(k => k.Code));
    }

    [Fact]
    public async Task A_bill_that_knew_the_end_of_the_stay_charged_nothing_to_give_back()
    {
        await using var host = await TestHost.OpenAsync();
        var (room, _) = await TwoPeopleAsync(host, isMetered: false);
        await host.StaysAsync(room, (TestUsers.Resident, At(new DateOnly(2025, 9, 1)), At(Leaving)));
        await host.RateAsync("accommodation", PriceRule.Flat(1_200));
        await host.BillAsync("accommodation", "2026");

        Assert.Empty((await DrawUpAsync(host)).Figures.Backs!);
    }

    [Fact]
    public async Task Whoever_leaves_whenever_pays_what_was_charged_less_the_part_of_the_days_to_come_also_after_corrections_and_taking_back()
    {
        await using var host = await TestHost.OpenAsync();
        await WithoutExamplesAsync(host);
        var random = new Random(31);
        var rooms = await host.InDatabaseAsync(db => db.Rooms.Where(r => r.RetiredAt == null).OrderBy(r => r.Id).Take(8).Select(r => r.Id).ToListAsync(Ct));
        var (yearEnd, people) = (new DateOnly(2026, 12, 31), new List<(long Id, DateOnly First)>());
        foreach (var (i, room) in rooms.SelectMany(r => new[] { r, r, r }).Index())
        {
            var first = new DateOnly(2025, 9, 1).AddDays(random.Next(0, 440));
            people.Add((await host.InDatabaseAsync(db => db.WriteAsync(async token =>
            {
                var person = new Person($"y{i}", "甲", $"y{i}");
                db.Users.Add(person);
                await db.SaveChangesAsync(token);
                db.Set<Occupancy>().Add(new Occupancy(person.Id, room, null, At(first)));
                return person.Id;
            }, Ct)), first));
        }
        await host.RateAsync("accommodation", PriceRule.Flat(1_234.56m));
        await host.BillAsync("accommodation", "2026");
        var manager = (await host.AsAsync(TestUsers.Manager)).Get<MoveOutService>();
        Dictionary<long, (long Statement, DateOnly Day)> left = [];
        foreach (var (person, first) in people.Where(_ => random.Next(4) > 0).ToList())
        {
            var earliest = first > new DateOnly(2026, 1, 1) ? first : new DateOnly(2026, 1, 1);
            var day = earliest.AddDays(random.Next(0, new DateOnly(2026, 11, 22).DayNumber - earliest.DayNumber + 1));
            left[person] = (await manager.SettleAsync(FormOf(await manager.DrawUpAsync(person, day, Ct), MoveOutWay.Account), Ct), day);
        }
        await CorrectToAsync(1, 1_111.11m);
        foreach (var (person, (statement, day)) in left.Where(_ => random.Next(2) == 0).ToList())
        {
            await TakenBackAsync(host, statement);
            left.Remove(person);
            if (random.Next(2) == 0) continue;
            left[person] = (await manager.SettleAsync(FormOf(await manager.DrawUpAsync(person, day, Ct), MoveOutWay.Account), Ct), day);
        }
        await CorrectToAsync(2, 987.65m);

        foreach (var (person, first) in people)
        {
            var charged = await host.InDatabaseAsync(db => db.BillShares.Where(s => s.PersonId == person).SumAsync(s => s.AmountFen, Ct));
            var days = yearEnd.DayNumber - Math.Max(first.DayNumber, new DateOnly(2026, 1, 1).DayNumber) + 1;
            var back = left.TryGetValue(person, out var gone)
                ? decimal.Round((decimal)charged * (yearEnd.DayNumber - gone.Day.DayNumber + 1) / days, MidpointRounding.AwayFromZero) : 0;
            Assert.Equal((98_765L * days + 182) / 365, charged);
            Assert.Equal(back - charged, await host.BalanceAsync(LedgerAccount.PersonKey(person)));
        }
        Assert.InRange(left.Count, 6, people.Count - 4);
        await host.DemandSoundAsync();

        async Task CorrectToAsync(int version, decimal price)
        {
            await host.RateAsync("accommodation", PriceRule.Flat(price), new DateOnly(2020, 2, version));
            await CorrectAsync(host, "accommodation", new DateOnly(2026, 1, 1));
        }
    }

    [Fact]
    public void No_more_is_given_back_than_was_charged_and_corrections_lead_to_the_same_as_one_bill() =>
        Gen.Select(Gen.Long[0, 99_999_999_99], Gen.Long[-1_000_000, 1_000_000], Gen.Int[0, 366], Gen.Int[1, 366]).Sample((charged, more, days, of) =>
        {
            var back = new GivenBack(1, 1, 1, days, of, new Money(charged), "JS");
            var first = back.Amount;
            var difference = back.Correct(more);
            return first.Fen >= 0 && first.Fen <= charged && first + difference == GivenBack.PartOf(new Money(charged + more), days, of)
                && back.AmountFen <= Math.Max(0, charged + more) && (days < of || first.Fen == charged);
        });

    /// <summary>The student lives there since <paramref name="from"/>, and 2026 is billed at 1,200 yuan a year.</summary>
    private static async Task YearAsync(TestHost host, DateOnly from)
    {
        await host.StaysAsync((await host.ResidentsRoomAsync()).Id, (TestUsers.Resident, At(from), null));
        await host.RateAsync("accommodation", PriceRule.Flat(1_200));
        await host.BillAsync("accommodation", "2026");
    }
}
