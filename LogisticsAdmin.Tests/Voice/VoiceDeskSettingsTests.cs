using LogisticsAdmin.Features.Voice.Desk;
using LogisticsAdmin.Features.Voice.Reading;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Shared.Ui;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Voice;

/// <summary>Each person's display settings of the desk of cases, beside those of the repair desk.</summary>
public sealed class VoiceDeskSettingsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static readonly VoiceDeskSettings Compact =
        new(DeskDensity.Compact, VoiceSort.Newest, VoiceRowFact.Number | VoiceRowFact.Submitted, Advances: true);

    [Theory]
    [InlineData(TestUsers.Dispatcher)]
    [InlineData(TestUsers.Manager)]
    [InlineData(TestUsers.Administrator)]
    public async Task They_are_saved_for_one_person_and_change_nobody_elses(string who)
    {
        await using var host = await TestHost.OpenAsync();
        var mine = (await host.AsAsync(who)).Get<VoiceDeskSettingsService>();
        Assert.Equal(VoiceDeskSettings.Default, await mine.MineAsync(Ct));
        await mine.SaveAsync(Compact, Ct);
        await mine.SaveAsync(Compact with { Sort = VoiceSort.Oldest }, Ct);

        Assert.Equal(Compact with { Sort = VoiceSort.Oldest }, await (await host.AsAsync(who)).Get<VoiceDeskSettingsService>().MineAsync(Ct));
        Assert.Equal(VoiceDeskSettings.Default, await (await host.AsAsync(TestUsers.EnglishDispatcher)).Get<VoiceDeskSettingsService>().MineAsync(Ct));
    }

    [Fact]
    public async Task A_row_may_show_no_fact_at_all_and_nothing_unknown()
    {
        await using var host = await TestHost.OpenAsync();
        var service = (await host.AsAsync(TestUsers.Dispatcher)).Get<VoiceDeskSettingsService>();
        await service.SaveAsync(Compact with { Facts = 0 }, Ct);
        Assert.Equal(Compact with { Facts = 0 }, await service.MineAsync(Ct));
        await service.SaveAsync(new VoiceDeskSettings((DeskDensity)9, (VoiceSort)9, (VoiceRowFact)(1 << 20 | 1)), Ct);
        Assert.Equal(VoiceDeskSettings.Default with { Facts = VoiceRowFact.Number }, await service.MineAsync(Ct));
    }

    [Theory]
    [InlineData(TestUsers.Technician)]
    [InlineData(TestUsers.Resident)]
    public async Task Only_the_office_has_them(string who)
    {
        await using var host = await TestHost.OpenAsync();
        var service = (await host.AsAsync(who)).Get<VoiceDeskSettingsService>();
        await Assert.ThrowsAsync<NotFound>(() => service.MineAsync(Ct));
        await Assert.ThrowsAsync<NotFound>(() => service.SaveAsync(Compact, Ct));
    }
}
