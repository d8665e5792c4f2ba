using LogisticsAdmin.Features.Repairs.Desk;
using LogisticsAdmin.Features.Repairs.Desk.Views;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Shared.Ui;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Repairs;

/// <summary>Each person's display settings of the desk.</summary>
public sealed class DeskSettingsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static readonly DeskSettings Compact = new(DeskDensity.Compact, DeskSort.Newest, DeskFact.Number | DeskFact.Phone, Advances: true);

    [Fact]
    public async Task Desk_settings_are_saved_for_one_person_and_change_nobody_elses()
    {
        await using var host = await TestHost.OpenAsync();
        var mine = (await host.AsAsync(TestUsers.Dispatcher)).Get<DeskSettingsService>();
        Assert.Equal(DeskSettings.Default, await mine.MineAsync(Ct));
        await mine.SaveAsync(Compact, Ct);
        await mine.SaveAsync(Compact with { Sort = DeskSort.Place }, Ct);

        Assert.Equal(Compact with { Sort = DeskSort.Place }, await (await host.AsAsync(TestUsers.Dispatcher)).Get<DeskSettingsService>().MineAsync(Ct));
        Assert.Equal(DeskSettings.Default, await (await host.AsAsync(TestUsers.Manager)).Get<DeskSettingsService>().MineAsync(Ct));
    }

    [Fact]
    public async Task A_row_may_show_no_fact_at_all_and_nothing_unknown()
    {
        await using var host = await TestHost.OpenAsync();
        var service = (await host.AsAsync(TestUsers.Dispatcher)).Get<DeskSettingsService>();
        await service.SaveAsync(Compact with { Facts = 0 }, Ct);
        Assert.Equal(Compact with { Facts = 0 }, await service.MineAsync(Ct));
        await service.SaveAsync(new DeskSettings((DeskDensity)9, (DeskSort)9, (DeskFact)(1 << 20 | 1)), Ct);
        Assert.Equal(DeskSettings.Default with { Facts = DeskFact.Number }, await service.MineAsync(Ct));
    }

    [Theory]
    [InlineData(TestUsers.Technician)]
    [InlineData(TestUsers.Resident)]
    public async Task Only_the_office_looks_at_the_desk(string userName)
    {
        await using var host = await TestHost.OpenAsync();
        var service = (await host.AsAsync(userName)).Get<DeskSettingsService>();
        await Assert.ThrowsAsync<Forbidden>(() => service.MineAsync(Ct));
        await Assert.ThrowsAsync<Forbidden>(() => service.SaveAsync(Compact, Ct));
    }
}
