using System.Globalization;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Features.Onboarding.Leaving;
using LogisticsAdmin.Features.Places.Beds;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Fees;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Onboarding;

/// <summary>Inspections: they count for the room that was inspected, and two people do not overwrite each other.</summary>
public sealed class InspectionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Damage_of_a_room_to_which_somebody_comes_back_is_never_paid_without_money()
    {
        await using var host = await TestHost.OpenAsync();
        var dormitory = await host.DormitoryAsync();
        await host.RoundAsync();
        await host.PaidAsync("100", PaymentTarget.Own, "a1");
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        var (leaving, beds, leaver) = (desk.Get<LeavingService>(), desk.Get<BedService>(), (await host.LeaverAsync("a1")).Id);
        await host.InspectAsync("a1", 50);
        await leaving.ChargeAsync(leaver, new Money(5_000), Ct);
        await beds.MoveAsync(dormitory.People[0], dormitory.Bed(2, 0), ct: Ct);
        await host.InspectAsync("a1");
        await beds.MoveAsync(dormitory.People[0], dormitory.Bed(0, 0), ct: Ct);
        await host.InspectAsync("a1", 50);

        Assert.Equal("PaidBefore", (await Assert.ThrowsAsync<Rejected>(() => leaving.ChargeAsync(leaver, new Money(5_000), Ct))).Code);
        Assert.True((await host.LeaverAsync("a1")).OwesDamage);
    }

    [Fact]
    public async Task An_inspection_counts_until_the_person_moves_to_another_room()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.Chinese);
        await using var host = await TestHost.OpenAsync();
        var dormitory = await host.DormitoryAsync();
        var round = await host.RoundAsync();
        await host.InspectAsync("a1");
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        var beds = desk.Get<BedService>();
        await beds.MoveAsync(dormitory.People[0], dormitory.Bed(0, 2), ct: Ct);
        Assert.Empty(await HoldsAsync(beds, dormitory.People[0]));
        await beds.MoveAsync(dormitory.People[0], dormitory.Bed(2, 0), ct: Ct);
        Assert.Equal(["已验的是 调宿1号楼 101，现住寝室未验房"], await HoldsAsync(beds, dormitory.People[0]));

        var leaver = await host.LeaverAsync("a1");
        var held = await desk.Get<LeavingCheckOut>().CheckOutAsync(round, [leaver.Id], ct: Ct);
        Assert.Equal("已验的是 调宿1号楼 101，现住寝室未验房", Assert.Single(Assert.Single(held.Held).Holds).What.Zh);
        var queries = desk.Get<LeavingQueries>();
        Assert.Equal((4, 0), await CountsAsync(queries, round));
        var row = Assert.Single((await queries.PeopleAsync(round, new LeaverFilter { Text = "a1", State = LeaverState.ToInspect }, Ct)).Items);
        Assert.Equal((LeaverState.ToInspect, "调宿1号楼 101", true, false), (row.State, row.InspectedElsewhere, row.MayInspect, row.IsSettled));

        await host.InspectAsync("a1");
        Assert.Equal((3, 1), await CountsAsync(queries, round));
        Assert.Empty(await HoldsAsync(beds, dormitory.People[0]));
        Assert.Equal([leaver.Id], (await desk.Get<LeavingCheckOut>().CheckOutAsync(round, [leaver.Id], ct: Ct)).Done);
        Assert.Null(Assert.Single(await queries.AllAsync(round, new LeaverFilter { State = LeaverState.Left }, Ct)).InspectedElsewhere);
    }

    [Fact]
    public async Task What_is_owed_for_the_earlier_room_stays_owed_beside_the_new_inspection()
    {
        await using var host = await TestHost.OpenAsync();
        var dormitory = await host.DormitoryAsync();
        await host.RoundAsync();
        await host.InspectAsync("a1", 50);
        var beds = (await host.AsAsync(TestUsers.Dispatcher)).Get<BedService>();
        await beds.MoveAsync(dormitory.People[0], dormitory.Bed(2, 0), ct: Ct);
        Assert.Equal(["已验的是 调宿1号楼 101，现住寝室未验房", "宿舍损坏赔偿 50.00 元未缴"], await HoldsAsync(beds, dormitory.People[0]));
    }

    [Fact]
    public async Task Damage_of_the_next_room_is_another_payment_although_it_costs_the_same()
    {
        await using var host = await TestHost.OpenAsync();
        var dormitory = await host.DormitoryAsync();
        await host.RoundAsync();
        await host.PaidAsync("100", PaymentTarget.Own, "a1");
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        await host.InspectAsync("a1", 50);
        var first = await host.LeaverAsync("a1");
        await desk.Get<LeavingService>().ChargeAsync(first.Id, new Money(5_000), Ct);
        await desk.Get<BedService>().MoveAsync(dormitory.People[0], dormitory.Bed(2, 0), ct: Ct);

        await host.InspectAsync("a1", 50);
        var second = await host.LeaverAsync("a1");
        Assert.True(second.OwesDamage);
        Assert.NotEqual(first.PaymentNumber, second.PaymentNumber);
        await desk.Get<LeavingService>().ChargeAsync(second.Id, new Money(5_000), Ct);
        Assert.False((await host.LeaverAsync("a1")).OwesDamage);
        Assert.Equal(0, await host.BalanceAsync(LedgerAccount.PersonKey(dormitory.People[0])));
        await host.DemandSoundAsync();
    }

    [Fact]
    public async Task The_second_of_two_who_inspect_at_the_same_time_is_told_and_overwrites_nothing()
    {
        await using var host = await TestHost.OpenAsync();
        await host.DormitoryAsync();
        await host.RoundAsync();
        var leaver = (await host.LeaverAsync("a1")).Id;
        var (first, second) = (await host.InspectionAsync("a1", 50), await host.InspectionAsync("a1"));
        await (await host.AsAsync(TestUsers.Dispatcher)).Get<LeavingService>().InspectAsync(leaver, first, Ct);

        var other = (await host.AsAsync(TestUsers.Administrator)).Get<LeavingService>();
        var stale = await Assert.ThrowsAsync<Stale>(() => other.InspectAsync(leaver, second, Ct));
        Assert.Equal("王静", stale.By);
        Assert.Equal(5_000, (await host.LeaverAsync("a1")).DamageFen);
        second.Version = (await host.LeaverAsync("a1")).Version;
        await other.InspectAsync(leaver, second, Ct);
        Assert.Equal(0, (await host.LeaverAsync("a1")).DamageFen);
    }

    [Fact]
    public async Task What_was_found_in_a_room_is_not_said_of_the_room_to_which_the_person_moved_meanwhile()
    {
        await using var host = await TestHost.OpenAsync();
        var dormitory = await host.DormitoryAsync();
        await host.RoundAsync();
        var leaver = (await host.LeaverAsync("a1")).Id;
        var form = await host.InspectionAsync("a1");
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        await desk.Get<BedService>().MoveAsync(dormitory.People[0], dormitory.Bed(2, 0), ct: Ct);
        await Assert.ThrowsAsync<Stale>(() => desk.Get<LeavingService>().InspectAsync(leaver, form, Ct));
        Assert.Null((await host.LeaverAsync("a1")).InspectedAt);
    }

    private static async Task<IReadOnlyList<string>> HoldsAsync(BedService beds, long person) =>
        [.. (await beds.HoldsAsync(person, Ct)).Select(h => h.What.Zh)];

    private static async Task<(int ToInspect, int Inspected)> CountsAsync(LeavingQueries queries, long round)
    {
        var (counts, _) = await queries.CountsAsync(round, Ct);
        return (counts.Of(LeaverState.ToInspect), counts.Of(LeaverState.Inspected));
    }
}
