using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Onboarding.Choosing;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Fees;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Onboarding;

/// <summary>The steps of a freshman: data, fees, essentials, papers and arrival.</summary>
public sealed class StudentStepsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fees_are_charged_once_whatever_several_devices_press_at_once()
    {
        await using var host = await TestHost.OpenAsync();
        await host.IntakeAsync(fee: 60m);
        await host.GiveMoneyAsync("freshman1", 10_000);
        List<ChoosingService> devices = [];
        for (var n = 0; n < 6; n++) devices.Add(await host.AsFreshmanAsync(1));
        await Task.WhenAll(devices.Select((d, n) => Task.Run(() => d.PayAsync(n % 3 == 2 ? PayWay.Gateway : PayWay.Account, 6_000, Ct), Ct)));

        Assert.NotNull((await host.FreshmanAsync("freshman1")).FeesPaidAt);
        Assert.Equal(4_000, await host.BalanceAsync(LedgerAccount.PersonKey((await host.AsAsync("freshman1")).PersonId)));
        Assert.Equal(6_000, await host.BalanceAsync("orders"));
        Assert.Null(await devices[0].PayAsync(PayWay.Account, ct: Ct));
        await host.DemandSoundAsync();
    }

    [Fact]
    public async Task A_poor_account_a_changed_sum_and_nothing_to_pay_are_refused_and_store_nothing()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync(fee: 60m);
        var one = await host.AsFreshmanAsync(1);
        Assert.Equal("BalanceTooLow", await CodeAsync(() => one.PayAsync(PayWay.Account, 6_000, Ct)));
        Assert.Equal("AmountChanged", await CodeAsync(() => one.PayAsync(PayWay.Account, 5_999, Ct)));
        Assert.Equal(0, (await host.FreshmanAsync("freshman1")).FeesFen);
        await host.ChangeAsync(async db => db.SeasonFees.RemoveRange(await db.SeasonFees.Where(f => f.SeasonId == intake.Season).ToListAsync(Ct)));
        Assert.Equal("NothingToPay", await CodeAsync(() => one.PayAsync(PayWay.Account, null, Ct)));
        Assert.Equal("NothingToPay", await CodeAsync(() => one.DeferAsync(new DeferForm { Reason = "困难" }, Ct)));
    }

    [Fact]
    public async Task A_payment_that_was_asked_for_keeps_its_sum_and_marks_the_fees_paid_once()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync(fee: 60m);
        var one = await host.AsFreshmanAsync(1);
        var number = await one.PayAsync(PayWay.Gateway, 6_000, Ct);
        Assert.NotNull(number);
        await host.ChangeAsync(db =>
        {
            db.SeasonFees.Add(new SeasonFee(intake.Season, new LocalName("校园卡", "Card"), Money.FromYuan(20)));
            return Task.CompletedTask;
        });
        Assert.Equal(number, await one.PayAsync(PayWay.Gateway, 6_000, Ct));
        var freshman = await host.FreshmanAsync("freshman1");
        Assert.Equal((number, 6_000, null), (freshman.PaymentNumber, freshman.FeesFen, freshman.FeesPaidAt));

        var asked = host.AsSystem().Get<IEnumerable<IAskedPayments>>().Single(a => a.Prefix == FreshmanReference.Prefix);
        List<bool> heard = [];
        await host.ChangeAsync(async db =>
        {
            heard.Add(await asked.IsWantedAsync(db, freshman.Reference, Ct));
            heard.Add(await asked.PaidAsync(db, freshman.Reference, Ct));
            heard.Add(await asked.PaidAsync(db, freshman.Reference, Ct));
            heard.Add(await asked.PaidAsync(db, "freshman:99999", Ct));
            heard.Add(await asked.PaidAsync(db, "freshman:x", Ct));
        });
        Assert.Equal([true, true, false, false, false], heard);
        Assert.NotNull((await host.FreshmanAsync("freshman1")).FeesPaidAt);
    }

    [Fact]
    public async Task Fees_are_deferred_with_a_reason_where_the_season_allows_it_and_paid_after_check_in()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync(fee: 60m);
        var one = await host.AsFreshmanAsync(1);
        await Assert.ThrowsAsync<Rejected>(() => one.DeferAsync(new DeferForm { Reason = " \u200b" }, Ct));
        await Assert.ThrowsAsync<Rejected>(() => one.DeferAsync(new DeferForm { Reason = new string('困', OnboardingLimits.Reason + 1) }, Ct));
        await one.DeferAsync(new DeferForm { Reason = "家庭经济困难" }, Ct);
        var deferred = await host.FreshmanAsync("freshman1");
        Assert.Equal(("家庭经济困难", 6_000, true, null), (deferred.DeferReason, deferred.FeesFen, deferred.HasFees, deferred.FeesPaidAt));

        await host.ChangeAsync(async db =>
        {
            var freshman = await db.Freshmen.SingleAsync(f => f.Id == deferred.Id, Ct);
            freshman.Give(intake.Beds[0], null, TestHost.Start);
            freshman.CheckIn(freshman.PersonId, null, TestHost.Start);
        });
        await host.GiveMoneyAsync("freshman1", 6_000);
        await one.PayAsync(PayWay.Account, 6_000, Ct);
        Assert.NotNull((await host.FreshmanAsync("freshman1")).FeesPaidAt);
        Assert.Equal("IsCheckedIn", await CodeAsync(() => one.DeferAsync(new DeferForm { Reason = "困难" }, Ct)));
    }

    [Fact]
    public async Task A_season_without_the_green_channel_defers_nothing()
    {
        await using var host = await TestHost.OpenAsync();
        await host.IntakeAsync(fee: 60m, mayDefer: false);
        Assert.Equal("NoDeferral", await CodeAsync(async () => await (await host.AsFreshmanAsync(1)).DeferAsync(new DeferForm { Reason = "困难" }, Ct)));
    }

    [Fact]
    public async Task The_papers_are_confirmed_when_the_last_one_is_and_never_one_that_changed_meanwhile()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        var papers = await host.PapersAsync(intake.Season, 2);
        var student = await host.AsAsync("freshman1");
        var (queries, one) = (student.Get<ChoosingQueries>(), student.Get<ChoosingService>());
        var shown = await queries.PaperAsync(papers[0], Ct);
        await host.ChangeAsync(async db => (await db.SeasonPapers.SingleAsync(p => p.Id == papers[0], Ct)).Write(shown.Title, new LocalName("改过", "Changed")));
        await Assert.ThrowsAsync<Stale>(() => one.ConfirmPaperAsync(papers[0], shown.Version, Ct));
        await one.ConfirmPaperAsync(papers[0], shown.Version + 1, Ct);
        await one.ConfirmPaperAsync(papers[0], shown.Version + 1, Ct);
        Assert.Null((await host.FreshmanAsync("freshman1")).PapersConfirmedAt);
        Assert.Contains(OnboardingStep.Papers, (await queries.MineAsync(Ct))!.Missing);
        await one.ConfirmPaperAsync(papers[1], (await queries.PaperAsync(papers[1], Ct)).Version, Ct);
        Assert.DoesNotContain(OnboardingStep.Papers, (await queries.MineAsync(Ct))!.Missing);
        Assert.Equal(2, await host.InDatabaseAsync(db => db.PaperReceipts.CountAsync(Ct)));
    }

    [Fact]
    public async Task A_time_of_the_desk_serves_no_more_than_it_has_places()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync(students: 12);
        var times = await host.DeskTimesAsync(intake.Season, 3, 20);
        List<ChoosingService> students = [];
        for (var n = 1; n <= 12; n++) students.Add(await host.AsFreshmanAsync(n));
        Task<string?> ArriveAsync(ChoosingService student, long time) => CodeAsync(() => student.ArriveAsync(new ArrivalForm { DeskTimeId = time }, Ct));

        var answers = await Task.WhenAll(students.Select(s => Task.Run(() => ArriveAsync(s, times[0]), Ct)));
        Assert.Equal(3, answers.Count(a => a is null));
        Assert.All(answers.OfType<string>(), code => Assert.Equal("TimeIsFull", code));

        var (first, last) = (students[Array.IndexOf(answers, null)], students[Array.IndexOf(answers, "TimeIsFull")]);
        Assert.Null(await ArriveAsync(first, times[1]));
        Assert.Null(await ArriveAsync(last, times[0]));
        Assert.Equal("TimeIsFull", await ArriveAsync(first, times[0]));
        host.Clock.Advance(TimeSpan.FromDays(4));
        Assert.Equal("TimeIsOver", await ArriveAsync(first, times[0]));
    }

    [Fact]
    public async Task Essentials_are_done_by_an_order_of_goods_or_by_needing_none()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync(students: 2);
        var shop = await host.ShopAsync();
        await host.ChangeAsync(db =>
        {
            db.SeasonItems.Add(new SeasonItem(intake.Season, shop.Soap, 2));
            return Task.CompletedTask;
        });
        var (one, two) = (await host.AsFreshmanAsync(1), await host.AsFreshmanAsync(2));
        Assert.Equal("NoOrder", await CodeAsync(() => one.TakeOrderAsync(Ct)));
        await host.GiveMoneyAsync("freshman1", 10_000);
        var goods = new OrderForm { Shelf = ShelfKind.Goods, Lines = [new BasketLine(shop.Soap, 2)], Key = Guid.NewGuid() };
        var number = await host.OrderAsync(goods, "freshman1");
        var mine = (await (await host.AsAsync("freshman1")).Get<ChoosingQueries>().MineAsync(Ct))!;
        Assert.Equal((number, 1_000), (mine.Essentials.Order, mine.Essentials.Total.Fen));
        Assert.Contains(OnboardingStep.Essentials, mine.Missing);
        await one.TakeOrderAsync(Ct);
        Assert.NotNull((await host.FreshmanAsync("freshman1")).OrderId);
        Assert.Equal("NoOrder", await CodeAsync(() => two.TakeOrderAsync(Ct)));
        await two.NeedNothingAsync(Ct);
        Assert.NotNull((await host.FreshmanAsync("freshman2")).EssentialsAt);
    }

    [Fact]
    public async Task Data_and_wishes_are_stored_and_too_long_a_remark_is_refused()
    {
        await using var host = await TestHost.OpenAsync();
        await host.IntakeAsync();
        var one = await host.AsFreshmanAsync(1);
        await Assert.ThrowsAsync<Rejected>(() => one.ConfirmDataAsync(new DataForm { Remark = new string('错', OnboardingLimits.Remark + 1) }, Ct));
        await Assert.ThrowsAsync<Rejected>(() => one.WishAsync(new WishForm { Rhythm = (SleepRhythm)9 }, Ct));
        await one.ConfirmDataAsync(new DataForm { Remark = "<script>班级有误" }, Ct);
        await one.WishAsync(new WishForm { Rhythm = SleepRhythm.Late }, Ct);
        var freshman = await host.FreshmanAsync("freshman1");
        Assert.Equal(("<script>班级有误", SleepRhythm.Late), (freshman.DataRemark, freshman.Rhythm));
        Assert.NotNull(freshman.DataConfirmedAt);
    }

    [Fact]
    public async Task Who_was_added_later_joins_the_season_with_the_first_step()
    {
        await using var host = await TestHost.OpenAsync();
        await host.IntakeAsync();
        await host.ChangeAsync(async db => db.Freshmen.Remove(await db.Freshmen.OrderBy(f => f.Id).FirstAsync(Ct)));
        var student = await host.AsAsync("freshman1");
        Assert.Null(await student.Get<ChoosingQueries>().MineAsync(Ct));
        Assert.Equal((int?)null, (await student.Get<ChoosingQueries>().CardAsync(Ct))!.Missing);
        await student.Get<ChoosingService>().StartAsync(Ct);
        Assert.Equal([OnboardingStep.Data, OnboardingStep.Bed], (await student.Get<ChoosingQueries>().MineAsync(Ct))!.Missing);
        Assert.Equal(2, (await student.Get<ChoosingQueries>().CardAsync(Ct))!.Missing);
    }

    private static Task<string?> CodeAsync(Func<Task> act) => ChoosingSteps.CodeOfAsync(act);
}
