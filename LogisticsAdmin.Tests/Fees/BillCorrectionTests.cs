using LogisticsAdmin.Features.Calendar;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Fees.Rates;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>Rates that change after bills were made: the bills stay, and the differences are charged.</summary>
public sealed class BillCorrectionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_rate_of_the_past_corrects_the_bills_that_it_reaches_by_their_difference_and_only_once()
    {
        await using var host = await TestHost.OpenAsync();
        var room = await BilledAsync(host, PriceRule.Flat(1));
        var before = await TotalAsync(host, room);

        await PublishInThePastAsync(host, Day(9, 16), PriceRule.Flat(2));
        await FinishAsync(host);
        var corrections = await CorrectionsAsync(host);

        // September: 60 units, half of its days at two yuan; October: 60 units.
        Assert.Equal([("2026-09", 3_000L), ("2026-10", 6_000L)], corrections.Select(b => (b.Period, b.AmountFen)));
        Assert.Equal(before - 9_000, await TotalAsync(host, room));
        Assert.All(corrections, c => Assert.Equal(c.AmountFen - c.VacantFen, c.Shares.Sum(s => s.AmountFen)));
        await RequestAsync(host, Day(9, 16));
        await FinishAsync(host);
        Assert.Equal(2, (await CorrectionsAsync(host)).Count);
    }

    [Fact]
    public async Task Later_bills_follow_because_their_steps_go_on_from_the_earlier_ones()
    {
        await using var host = await TestHost.OpenAsync();
        var room = await BilledAsync(host, PriceRule.Flat(1, new FreeQuota(50, QuotaBasis.Room, BillingCycle.Month, [], CarriesOver: true)));
        // August: 60 of 50; September and October: 10 each.
        Assert.Equal(-3_000, await TotalAsync(host, room));

        await PublishInThePastAsync(
            host, new DateOnly(2026, 7, 31), PriceRule.Flat(1, new FreeQuota(70, QuotaBasis.Room, BillingCycle.Month, [], CarriesOver: true)));
        await FinishAsync(host);

        Assert.Equal(0, await TotalAsync(host, room));
        Assert.Equal([10m, 20m, 30m], (await CorrectionsAsync(host)).Select(b => b.QuotaLeft));
    }

    [Fact]
    public async Task Withdrawing_the_rate_gives_everything_back_and_the_next_bill_goes_on_from_the_corrected_ones()
    {
        await using var host = await TestHost.OpenAsync();
        var room = await BilledAsync(host, PriceRule.Flat(1));
        var before = await TotalAsync(host, room);
        var rate = await PublishInThePastAsync(host, Day(9, 16), PriceRule.Flat(2));
        await FinishAsync(host);

        await WithdrawAsync(host, rate);
        await FinishAsync(host);

        Assert.Equal(before, await TotalAsync(host, room));
        Assert.Equal(0, await host.InDatabaseAsync(db => db.LedgerEntries.SumAsync(e => e.AmountFen, Ct)));
        Assert.Equal(4, (await CorrectionsAsync(host)).Count);
    }

    [Fact]
    public async Task A_term_whose_days_the_calendar_changes_is_billed_once()
    {
        await using var host = await TestHost.OpenAsync();
        var room = await host.ResidentsRoomAsync();
        await host.StaysAsync(room.Id, (TestUsers.Resident, TestHost.Start.AddYears(-1), null));
        await host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            var spans = db.Set<CalendarSpan>();
            spans.RemoveRange(await spans.Where(s => s.Kind == SpanKind.TermBreak).ToListAsync(token));
            spans.Add(new CalendarSpan(new(2026, 7, 10), new(2026, 8, 30), SpanKind.TermBreak, "暑假", "Summer"));
            spans.Add(new CalendarSpan(new(2027, 1, 20), new(2027, 2, 20), SpanKind.TermBreak, "寒假", "Winter"));
            var unit = new LocalName("人", "person");
            db.FeeKinds.Add(new FeeKind("term", "学期费", "Term fee", unit, FeeMeasure.Unit, FeePayer.Person, BillingCycle.Term, 99));
            return 0;
        }, Ct));
        await host.RateAsync("term", PriceRule.Flat(100));
        var once = await host.BillAsync("term", "2026-08T");
        await host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            var span = await db.Set<CalendarSpan>().SingleAsync(s => s.Kind == SpanKind.TermBreak && s.From.Year == 2026, token);
            span.Change(span.From, new(2026, 9, 1), span.Kind, span.Name, span.NameEn);
            return 0;
        }, Ct));

        Assert.NotEmpty(once);
        Assert.Empty(await host.BillAsync("term", "2026-09T"));
    }

    [Fact]
    public async Task Who_belongs_to_a_group_for_half_of_the_year_pays_half_at_its_price()
    {
        await using var host = await TestHost.OpenAsync();
        var room = await host.ResidentsRoomAsync();
        await host.StaysAsync(room.Id, (TestUsers.Resident, TestHost.Start.AddYears(-2), null));
        var me = (await host.AsAsync(TestUsers.Resident)).PersonId;
        var group = await host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            var added = new ResidentGroup("phd", "博士生", "Doctoral students");
            db.ResidentGroups.Add(added);
            await db.SaveChangesAsync(token);
            db.ResidentGroupMembers.Add(new ResidentGroupMember(added.Id, me, new(2026, 7, 2)));
            return added.Id;
        }, Ct));
        await host.RateAsync("accommodation", PriceRule.Flat(730));
        await host.RateAsync("accommodation", PriceRule.Flat(365), scope: new RateScope(RateScopeKind.Group, group));

        // 182 days at two yuan, 183 at one.
        Assert.Equal(((182 * 2) + 183) * 100, Assert.Single(await host.BillAsync("accommodation", "2026"), b => b.PersonId == me).AmountFen);
    }

    // Three months of 60 units each, for a room in which the resident lives.
    private static async Task<long> BilledAsync(TestHost host, PriceRule rule)
    {
        var room = await host.ResidentsRoomAsync();
        await host.RateAsync("electricity", rule);
        await host.StaysAsync(room.Id, (TestUsers.Resident, TestHost.Start.AddYears(-1), null));
        await host.MeterAsync("electricity", room.Id, [(Day(7, 31), 0), (Day(8, 31), 60), (Day(9, 30), 120), (Day(10, 31), 180)]);
        foreach (var period in new[] { "2026-08", "2026-09", "2026-10" }) await host.BillAsync("electricity", period);
        return room.Id;
    }

    private static async Task<long> PublishInThePastAsync(TestHost host, DateOnly day, PriceRule rule)
    {
        var kind = (await host.FeeKindAsync("electricity")).Id;
        var form = new RateForm { KindId = kind, FirstDay = day, Reason = "省发改委调价" };
        form.Show(rule);
        form.NewestSeen = await host.InDatabaseAsync(db => db.FeeRates.Where(r => r.KindId == kind).MaxAsync(r => (long?)r.Id, Ct));
        await (await host.AsAsync(TestUsers.Manager)).Get<RateService>().SubmitAsync(form, Ct);
        return await ApproveAsync(host) ?? throw new InvalidOperationException("Nothing was published.");
    }

    private static async Task WithdrawAsync(TestHost host, long rate)
    {
        var version = await host.InDatabaseAsync(db => db.FeeRates.Where(r => r.Id == rate).Select(r => r.Version).SingleAsync(Ct));
        var rates = (await host.AsAsync(TestUsers.Manager)).Get<RateService>();
        await rates.WithdrawAsync(rate, new WithdrawForm { Version = version, Reason = "批复有误" }, Ct);
        await ApproveAsync(host);
    }

    private static async Task<long?> ApproveAsync(TestHost host)
    {
        var proposal = await host.InDatabaseAsync(db => db.RateProposals.SingleAsync(p => p.State == ProposalState.Waiting, Ct));
        return (await (await host.AsAsync(TestUsers.Administrator)).Get<RateService>().ApproveAsync(proposal.Id, proposal.Version, Ct)).RateId;
    }

    private static async Task RequestAsync(TestHost host, DateOnly from)
    {
        var kind = (await host.FeeKindAsync("electricity")).Id;
        var office = host.AsSystem().Get<OfficeTime>();
        await host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            await BillCorrections.RequestAsync(db, kind, from, office, null, token);
            return 0;
        }, Ct));
    }

    private static async Task FinishAsync(TestHost host)
    {
        var work = host.AsSystem().Get<BillingWork>();
        foreach (var run in await work.UnfinishedAsync(Ct))
        {
            while (await work.AdvanceAsync(run, Ct)) { }
        }
    }

    private static Task<List<Bill>> CorrectionsAsync(TestHost host) => host.InDatabaseAsync(db =>
        db.Bills.AsNoTracking().Include(b => b.Shares).Where(b => b.Kind == BillKind.Correction).OrderBy(b => b.Id).ToListAsync(Ct));

    private static Task<long> TotalAsync(TestHost host, long room)
    {
        var key = LedgerAccount.RoomKey(room);
        return host.InDatabaseAsync(db => db.LedgerAccounts.Where(a => a.Key == key).Select(a => a.BalanceFen).SingleAsync(Ct));
    }

    private static DateOnly Day(int month, int day) => new(2026, month, day);
}
