using LogisticsAdmin.Features.Onboarding.Choosing;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Onboarding;

/// <summary>Who may do the steps of a freshman: they themselves alone.</summary>
public sealed class ChoosingAccessTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestUsers.Administrator)]
    [InlineData(TestUsers.Manager)]
    [InlineData(TestUsers.Dispatcher)]
    [InlineData(TestUsers.Technician)]
    public async Task Nobody_but_residents_has_steps(string user)
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        var desk = await host.AsAsync(user);
        foreach (var act in ActsOf(desk.Get<ChoosingService>(), intake.Beds[0])) await Assert.ThrowsAsync<Forbidden>(act);
        var queries = desk.Get<ChoosingQueries>();
        await Assert.ThrowsAsync<Forbidden>(() => queries.MineAsync(Ct));
        await Assert.ThrowsAsync<Forbidden>(() => queries.BedsAsync(null, null, ct: Ct));
        await Assert.ThrowsAsync<Forbidden>(() => queries.PaperAsync(1, Ct));
        await Assert.ThrowsAsync<Forbidden>(() => queries.CardAsync(Ct));
    }

    [Fact]
    public async Task The_system_has_no_steps()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        foreach (var act in ActsOf(host.AsSystem().Get<ChoosingService>(), intake.Beds[0])) await Assert.ThrowsAsync<Forbidden>(act);
    }

    [Fact]
    public async Task A_resident_of_no_season_finds_nothing_with_and_without_an_open_one()
    {
        await using var host = await TestHost.OpenAsync();
        var resident = await host.AsAsync(TestUsers.Resident);
        foreach (var act in ActsOf(resident.Get<ChoosingService>(), 1)) await Assert.ThrowsAsync<NotFound>(act);
        var intake = await host.IntakeAsync();
        foreach (var act in ActsOf(resident.Get<ChoosingService>(), intake.Beds[0])) await Assert.ThrowsAsync<NotFound>(act);
        var queries = resident.Get<ChoosingQueries>();
        Assert.Null(await queries.MineAsync(Ct));
        Assert.Null(await queries.CardAsync(Ct));
        Assert.Null(await queries.BedsAsync(null, null, ct: Ct));
        Assert.Equal(3, await host.InDatabaseAsync(db => db.Freshmen.CountAsync(Ct)));
    }

    [Fact]
    public async Task Ids_of_other_seasons_and_ids_that_nobody_has_are_not_there()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        var draft = await host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            var season = new OnboardingSeason(new LocalName("2027级迎新", "Intake of 2027"), 2027, new DateOnly(2027, 9, 1), new DateOnly(2027, 9, 2));
            db.OnboardingSeasons.Add(season);
            await db.SaveChangesAsync(token);
            return season.Id;
        }, Ct));
        var (paper, time) = ((await host.PapersAsync(draft, 1))[0], (await host.DeskTimesAsync(draft, 5))[0]);
        var student = await host.AsAsync("freshman1");
        var service = student.Get<ChoosingService>();
        foreach (var id in new[] { 0, -1, 99_999, long.MaxValue, long.MinValue })
        {
            await Assert.ThrowsAsync<NotFound>(() => service.HoldAsync(id, Ct));
            await Assert.ThrowsAsync<NotFound>(() => service.ChooseBedAsync(id, Ct));
            await Assert.ThrowsAsync<NotFound>(() => service.ConfirmPaperAsync(id, 1, Ct));
            await Assert.ThrowsAsync<NotFound>(() => service.ArriveAsync(new ArrivalForm { DeskTimeId = id }, Ct));
        }
        await Assert.ThrowsAsync<NotFound>(() => service.ConfirmPaperAsync(paper, 1, Ct));
        await Assert.ThrowsAsync<NotFound>(() => student.Get<ChoosingQueries>().PaperAsync(paper, Ct));
        await Assert.ThrowsAsync<NotFound>(() => service.ArriveAsync(new ArrivalForm { DeskTimeId = time }, Ct));
        Assert.NotEqual(0, intake.Season);
    }

    [Fact]
    public async Task What_one_does_changes_nothing_of_another()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync(fee: 10m);
        var before = await host.FreshmanAsync("freshman2");
        var one = await host.AsFreshmanAsync(1);
        await host.GiveMoneyAsync("freshman1", 1_000);
        await one.ConfirmDataAsync(new DataForm(), Ct);
        await one.ChooseBedAsync(intake.Beds[0], Ct);
        await one.PayAsync(PayWay.Account, ct: Ct);
        await one.LeaveAsync(Ct);
        Assert.Equal(before.Version, (await host.FreshmanAsync("freshman2")).Version);
    }

    private static IEnumerable<Func<Task>> ActsOf(ChoosingService service, long bed) =>
    [
        () => service.StartAsync(Ct),
        () => service.ConfirmDataAsync(new DataForm(), Ct),
        () => service.WishAsync(new WishForm(), Ct),
        () => service.HoldAsync(bed, Ct),
        () => service.ChooseAsync(Ct),
        () => service.ChooseBedAsync(bed, Ct),
        () => service.LeaveAsync(Ct),
        () => service.PayAsync(PayWay.Account, ct: Ct),
        () => service.PayAsync(PayWay.Gateway, ct: Ct),
        () => service.DeferAsync(new DeferForm { Reason = "困难" }, Ct),
        () => service.TakeOrderAsync(Ct),
        () => service.NeedNothingAsync(Ct),
        () => service.ConfirmPaperAsync(1, 1, Ct),
        () => service.ArriveAsync(new ArrivalForm { DeskTimeId = 1 }, Ct),
    ];
}
