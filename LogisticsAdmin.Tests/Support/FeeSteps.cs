using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.Metering;
using LogisticsAdmin.Features.Fees.MoveOut;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Places;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Support;

/// <summary>Short cuts for tests about fees. Rows are stored directly, as they were before today.</summary>
internal static class FeeSteps
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static Task<FeeKind> FeeKindAsync(this TestHost host, string code) =>
        host.InDatabaseAsync(db => db.FeeKinds.AsNoTracking().SingleAsync(k => k.Code == code, Ct));

    /// <summary>Withdraws the example rates of a kind.</summary>
    public static Task WithoutRatesAsync(this TestHost host, string kind) => host.InDatabaseAsync(db => db.WriteAsync(async token =>
    {
        await WithdrawExamplesAsync(db, await db.FeeKinds.Where(k => k.Code == kind).Select(k => k.Id).SingleAsync(token), token);
        return 0;
    }, Ct));

    /// <summary>Nobody needs a move-out statement to give up their bed.</summary>
    public static Task WithoutStatementsAsync(this TestHost host) => host.InDatabaseAsync(db => db.WriteAsync(token =>
    {
        var setting = new MoveOutSetting();
        setting.Set(demandsStatement: false);
        db.MoveOutSettings.Add(setting);
        return Task.FromResult(0);
    }, Ct));

    /// <summary>A published rate, in the place of the example rates of its kind.</summary>
    public static Task<long> RateAsync(this TestHost host, string kind, PriceRule rule, DateOnly? firstDay = null, RateScope? scope = null) =>
        host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            var kindId = await db.FeeKinds.Where(k => k.Code == kind).Select(k => k.Id).SingleAsync(token);
            await WithdrawExamplesAsync(db, kindId, token);
            var rate = new FeeRate(
                kindId, scope ?? RateScope.Everywhere, firstDay ?? new DateOnly(2020, 1, 1), rule, "首次定价", null, null, TestHost.Start.AddYears(-6));
            db.FeeRates.Add(rate);
            await db.SaveChangesAsync(token);
            return rate.Id;
        }, Ct));

    /// <summary>A meter of one room with the readings that count; the first is its opening reading.</summary>
    public static Task<long> MeterAsync(
        this TestHost host, string kind, long roomId, IReadOnlyList<(DateOnly Day, decimal Value)> readings, decimal multiplier = 1, string? number = null) =>
        host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            var kindId = await db.FeeKinds.Where(k => k.Code == kind).Select(k => k.Id).SingleAsync(token);
            var meter = new Meter(kindId, number ?? $"{kind}-{roomId}", multiplier, 6, readings[0].Day);
            meter.ShareWith(roomId, 1, readings[0].Day);
            db.Meters.Add(meter);
            await db.SaveChangesAsync(token);
            foreach (var (i, (day, value)) in readings.Index())
                db.MeterReadings.Add(ReadingOf(meter.Id, day, value, i == 0 ? ReadingSource.Opening : ReadingSource.Read));
            return meter.Id;
        }, Ct));

    public static Task ReadAsync(
        this TestHost host, long meterId, DateOnly day, decimal value, ReadingSource source = ReadingSource.Read, bool rolledOver = false) =>
        host.InDatabaseAsync(db => db.WriteAsync(token =>
        {
            db.MeterReadings.Add(ReadingOf(meterId, day, value, source, rolledOver));
            return Task.FromResult(0);
        }, Ct));

    /// <summary>Bills a kind for a period to the end, and returns the bills of the period.</summary>
    public static async Task<IReadOnlyList<Bill>> BillAsync(this TestHost host, string kind, string period)
    {
        var form = new RunForm { KindId = (await host.FeeKindAsync(kind)).Id, Period = period };
        var run = await (await host.AsAsync(TestUsers.Manager)).Get<BillingService>().StartAsync(form, Ct);
        var work = host.AsSystem().Get<BillingWork>();
        while (await work.AdvanceAsync(run, Ct)) { }
        return await host.InDatabaseAsync(db => db.Bills.AsNoTracking().Include(b => b.Shares).Include(b => b.Meters)
            .Where(b => b.FeeKindId == form.KindId && b.Period == period).OrderBy(b => b.Id).ToListAsync(Ct));
    }

    /// <summary>The first bill of all, with the id 1: of the room of 王小雨, who pays all of it.</summary>
    public static async Task<long> AddFirstBillAsync(LogisticsDb db)
    {
        var resident = await db.Users.AsNoTracking().SingleAsync(p => p.UserName == TestUsers.Resident);
        var kind = await db.FeeKinds.Where(k => k.Code == "electricity").Select(k => k.Id).SingleAsync();
        var (first, last) = (new DateOnly(2026, 9, 1), new DateOnly(2026, 9, 30));
        var bill = new Bill(
            "ZD20261001-0001", BillKind.Regular, kind, FeePeriod.Month(2026, 9), $"room:{resident.RoomId}", resident.RoomId, null, first, last, TestHost.Start);
        var rule = PriceRule.Flat(0.4943m, new FreeQuota(10, QuotaBasis.Person, BillingCycle.Month, [], CarriesOver: false));
        bill.Prove(new BillProof(
            [], 172.6m, first, last, [first], [new RateProof(null, rule, first, last)], [new PersonDays(resident.Id, 30)], 0, 0, 0, 0));
        db.Bills.Add(bill);
        await db.SaveChangesAsync();
        return bill.Id;
    }

    /// <summary>The first move-out statement of all, with the id 1: of 王小雨, for a stay of which nothing is kept.</summary>
    public static async Task<long> AddFirstStatementAsync(LogisticsDb db)
    {
        var resident = await db.Users.AsNoTracking().SingleAsync(p => p.UserName == TestUsers.Resident);
        var (kind, leaving) = (await db.FeeKinds.AsNoTracking().SingleAsync(k => k.Code == "electricity"), new DateOnly(2026, 6, 30));
        var (first, last, end) = (new DateOnly(2026, 6, 1), leaving.AddDays(-1), new DateOnly(2026, 8, 31));
        var figures = new MoveOutFigures(
            leaving,
            [new MoveOutReading(kind.LocalName, kind.UnitName, "E-512", first.AddDays(-1), 1_200, leaving, 1_260, IsEstimate: true, 60)],
            [new MoveOutLine(kind.Id, kind.LocalName, kind.UnitName, IsOfRoom: true, "2026-06", first, last, 60, IsEstimate: true, 2_966, 742)],
            5_000, 4, 1_250, 0,
            [new MoveOutBack(kind.Id, kind.LocalName, 1, "ZD20250901-0001", "2025", leaving, end, 63, 365, 120_000, 20_712)]);
        var statement = new MoveOutStatement(
            "JS20260630-0001", 0, resident.Id, resident.RoomId!.Value, figures, MoveOutWay.Account, null, TestHost.Start);
        db.MoveOutStatements.Add(statement);
        await db.SaveChangesAsync();
        return statement.Id;
    }

    /// <summary>The room of 王小雨.</summary>
    public static Task<Room> ResidentsRoomAsync(this TestHost host) => host.InDatabaseAsync(async db =>
    {
        var roomId = await db.Users.Where(p => p.UserName == TestUsers.Resident).Select(p => p.RoomId).SingleAsync(Ct);
        return await db.Set<Room>().AsNoTracking().SingleAsync(r => r.Id == roomId, Ct);
    });

    /// <summary>Replaces everybody's stays in a room; a stay without an end goes on.</summary>
    public static Task StaysAsync(this TestHost host, long roomId, params IReadOnlyList<(string User, DateTimeOffset From, DateTimeOffset? Until)> stays) =>
        host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            var occupancies = db.Set<Occupancy>();
            occupancies.RemoveRange(await occupancies.Where(o => o.RoomId == roomId).ToListAsync(token));
            foreach (var (user, from, until) in stays)
            {
                var person = await db.Users.Where(p => p.UserName == user).Select(p => p.Id).SingleAsync(token);
                occupancies.RemoveRange(await occupancies.Where(o => o.PersonId == person && o.Until == null).ToListAsync(token));
                var stay = new Occupancy(person, roomId, null, from);
                if (until is { } end) stay.End(end);
                occupancies.Add(stay);
            }
            return 0;
        }, Ct));

    private static async Task WithdrawExamplesAsync(LogisticsDb db, long kindId, CancellationToken ct)
    {
        foreach (var example in await db.FeeRates.Where(r => r.KindId == kindId && r.PublishedById != null && r.WithdrawnAt == null).ToListAsync(ct))
            example.Withdraw(null, TestHost.Start.AddDays(-1), "测试");
    }

    private static MeterReading ReadingOf(long meterId, DateOnly day, decimal value, ReadingSource source, bool rolledOver = false) =>
        new(meterId, day, value, source, rolledOver, null, TestHost.Start.AddDays(-1), Guid.NewGuid());
}
