using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Features.Onboarding.Choosing;
using LogisticsAdmin.Features.Onboarding.Desk;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Fees;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Onboarding;

/// <summary>What happens to fees, papers and beds when a season takes another course than planned.</summary>
public sealed class OnboardingMoneyTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_does_not_come_gets_back_what_they_paid_and_can_not_be_expected_again()
    {
        await using var host = await TestHost.OpenAsync();
        await host.IntakeAsync(fee: 30);
        await host.PaidAsync("100", PaymentTarget.Own, "freshman1");
        await (await host.AsAsync("freshman1")).Get<ChoosingService>().PayAsync(PayWay.Account, ct: Ct);
        var account = await host.KeyOfAsync("freshman1");
        Assert.Equal(7_000, await host.BalanceAsync(account));
        var (desk, person) = ((await host.AsAsync(TestUsers.Dispatcher)).Get<EntryDeskService>(), (await host.FreshmanAsync("freshman1")).PersonId);

        await desk.WithdrawAsync(person, new WithdrawEntryForm { Because = "复读" }, Ct);

        Assert.Equal(10_000, await host.BalanceAsync(account));
        Assert.Equal("FeesGivenBack", (await Assert.ThrowsAsync<Rejected>(() => desk.ReinstateAsync(person, Ct))).Code);
        await host.DemandSoundAsync();
    }

    [Fact]
    public async Task Who_deferred_and_arrived_pays_from_the_account_also_after_the_season()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync(fee: 30);
        var mine = (await host.AsAsync("freshman1")).Get<ChoosingService>();
        await mine.DeferAsync(new DeferForm { Reason = "助学贷款未到账" }, Ct);
        await mine.ChooseBedAsync(intake.Beds[0], Ct);
        var person = (await host.FreshmanAsync("freshman1")).PersonId;
        await (await host.AsAsync(TestUsers.Dispatcher)).Get<EntryDeskService>().CheckInAsync(person, new CheckInForm { Because = "信息已核对" }, Ct);
        await (await host.AsAsync(TestUsers.Manager)).Get<SeasonService>().CloseAsync(intake.Season, Ct);
        await host.PaidAsync("100", PaymentTarget.Own, "freshman1");

        await mine.PayAsync(PayWay.Account, ct: Ct);

        Assert.NotNull((await host.FreshmanAsync("freshman1")).FeesPaidAt);
        Assert.Equal(7_000, await host.BalanceAsync(await host.KeyOfAsync("freshman1")));
        // Nobody else pays for a season that ended.
        Assert.Equal("SeasonClosed", (await Assert.ThrowsAsync<Rejected>(
            async () => await (await host.AsAsync("freshman2")).Get<ChoosingService>().PayAsync(PayWay.Account, ct: Ct))).Code);
    }

    [Fact]
    public async Task With_a_paper_that_is_removed_the_step_of_those_who_confirmed_all_others_is_done()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        var seasons = (await host.AsAsync(TestUsers.Manager)).Get<SeasonService>();
        var kept = await seasons.AddPaperAsync(intake.Season, Paper("安全须知"), Ct);
        var mine = (await host.AsAsync("freshman1")).Get<ChoosingService>();
        await mine.ConfirmPaperAsync(kept, (await PaperAsync(host, kept)).Version, Ct);
        var removed = await seasons.AddPaperAsync(intake.Season, Paper("重复的须知"), Ct);
        Assert.Null((await host.FreshmanAsync("freshman1")).PapersConfirmedAt);

        await seasons.RemovePaperAsync(removed, Ct);

        Assert.NotNull((await host.FreshmanAsync("freshman1")).PapersConfirmedAt);
        Assert.Null((await host.FreshmanAsync("freshman2")).PapersConfirmedAt);
    }

    [Fact]
    public async Task The_bed_of_somebody_who_was_deleted_is_free_again()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        await (await host.AsAsync("freshman1")).Get<ChoosingService>().ChooseBedAsync(intake.Beds[0], Ct);
        await host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            (await db.Users.Include(p => p.SignInNames).SingleAsync(p => p.UserName == "freshman1", token)).Retire(TestHost.Start, null, "重复");
            return 0;
        }, Ct));

        await host.AsSystem().Get<SeasonRunner>().RunAsync(Ct);

        await (await host.AsAsync("freshman2")).Get<ChoosingService>().ChooseBedAsync(intake.Beds[0], Ct);
    }

    [Fact]
    public async Task A_promised_bed_is_given_to_nobody_on_a_persons_page()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        await (await host.AsAsync("freshman1")).Get<ChoosingService>().ChooseBedAsync(intake.Beds[0], Ct);
        var form = new PersonForm
        {
            UserName = "lodger",
            FullName = "借宿",
            Roles = [Role.Resident],
            RoomId = await host.InDatabaseAsync(db => db.Set<Bed>().Where(b => b.Id == intake.Beds[0]).Select(b => b.RoomId).SingleAsync(Ct)),
            BedId = intake.Beds[0],
        };
        var people = (await host.AsAsync(TestUsers.Administrator)).Get<PeopleService>();

        var refusal = await Assert.ThrowsAsync<Rejected>(() => people.CreateAsync(form, Ct));

        Assert.Equal((nameof(PersonForm.BedId), "BedTaken"), refusal.Problems.Select(p => (p.Field, p.Code)).Single());
    }

    [Fact]
    public async Task Who_was_assigned_a_bed_before_the_season_gets_no_second_one_and_is_checked_into_it()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        var person = (await host.FreshmanAsync("freshman1")).PersonId;
        await host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            var (one, bed) = (await db.Users.SingleAsync(p => p.Id == person, token),
                await db.Set<Bed>().SingleAsync(b => b.Id == intake.Beds[0], token));
            await Housing.MoveAsync(db, one, bed.RoomId, bed.Id, TestHost.Start, token);
            return 0;
        }, Ct));
        var office = await host.AsAsync(TestUsers.Dispatcher);

        Assert.DoesNotContain((await office.Get<BedFillService>().PreviewAsync(1, Ct)).Rows, r => r.PersonId == person);
        await office.Get<EntryDeskService>().CheckInAsync(person, new CheckInForm { Because = "信息已核对" }, Ct);

        var stored = await host.FreshmanAsync("freshman1");
        Assert.Equal(intake.Beds[0], stored.BedId);
        Assert.NotNull(stored.CheckedInAt);
    }

    private static SeasonPaperForm Paper(string title) => new() { Title = title, Text = "请遵守。" };

    private static Task<SeasonPaper> PaperAsync(TestHost host, long id) =>
        host.InDatabaseAsync(db => db.SeasonPapers.AsNoTracking().SingleAsync(p => p.Id == id, Ct));
}
