using LogisticsAdmin.Features.Repairs.Desk;
using LogisticsAdmin.Features.Repairs.Desk.Views;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>Each person's display settings of the desk.</summary>
public sealed class DeskLookTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static readonly RowLook Compact = new(DeskDensity.Compact, DeskSort.Newest, DeskFact.Number | DeskFact.Submitted | DeskFact.Phone);

    [Fact]
    public async Task A_look_is_remembered_for_one_person_and_changes_nobody_else_s()
    {
        await using var house = await TestHouse.OpenAsync();
        var mine = (await house.AsAsync(Cast.Dispatcher)).Get<DeskLookService>();
        Assert.Equal(RowLook.Default, await mine.MineAsync(Ct));
        await mine.SaveAsync(Compact, Ct);
        await mine.SaveAsync(Compact with { Sort = DeskSort.Place }, Ct);

        Assert.Equal(Compact with { Sort = DeskSort.Place }, await (await house.AsAsync(Cast.Dispatcher)).Get<DeskLookService>().MineAsync(Ct));
        Assert.Equal(RowLook.Default, await (await house.AsAsync(Cast.Manager)).Get<DeskLookService>().MineAsync(Ct));
    }

    [Fact]
    public async Task A_row_may_show_no_fact_at_all_and_nothing_unknown()
    {
        await using var house = await TestHouse.OpenAsync();
        var looks = (await house.AsAsync(Cast.Dispatcher)).Get<DeskLookService>();
        await looks.SaveAsync(Compact with { Facts = 0 }, Ct);
        Assert.Equal(Compact with { Facts = 0 }, await looks.MineAsync(Ct));
        await looks.SaveAsync(new RowLook((DeskDensity)9, (DeskSort)9, (DeskFact)(64 | 1)), Ct);
        Assert.Equal(RowLook.Default with { Facts = DeskFact.Number }, await looks.MineAsync(Ct));
    }

    [Theory]
    [InlineData(Cast.Technician)]
    [InlineData(Cast.Resident)]
    public async Task Only_the_office_looks_at_the_desk(string userName)
    {
        await using var house = await TestHouse.OpenAsync();
        var looks = (await house.AsAsync(userName)).Get<DeskLookService>();
        await Assert.ThrowsAsync<Forbidden>(() => looks.MineAsync(Ct));
        await Assert.ThrowsAsync<Forbidden>(() => looks.SaveAsync(Compact, Ct));
    }
}
