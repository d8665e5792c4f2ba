using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Reports.Files;
using LogisticsAdmin.Features.Reports.Monthly;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Reports.Files;

/// <summary>The draft of a month is announced once, on the working day of the settings.</summary>
public sealed class ReportDraftTests
{
    private static readonly ReportPeriod November = ReportPeriod.MonthOf(new DateOnly(2026, 11, 1));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_managers_are_told_on_the_third_working_day_and_never_again()
    {
        await using var host = await TestHost.OpenAsync();
        await host.TicketAsync(TicketStatus.Closed);

        // Wednesday, 2 December.
        host.Clock.Advance(TimeSpan.FromDays(10));
        Assert.Empty(await AnnouncedAsync(host));
        host.Clock.Advance(TimeSpan.FromDays(1));
        var told = Assert.Single(await AnnouncedAsync(host));
        host.Clock.Advance(TimeSpan.FromDays(20));
        Assert.Single(await AnnouncedAsync(host));

        Assert.Equal("reports/monthly/2026-11", told.Address);
        Assert.StartsWith("2026年11月服务月报", told.Text.Zh, StringComparison.Ordinal);
        Assert.Contains("November 2026", told.Text.En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clock_that_jumps_over_the_day_still_announces_the_draft()
    {
        await using var host = await TestHost.OpenAsync();
        await host.TicketAsync();

        host.Clock.Advance(TimeSpan.FromDays(30));

        Assert.Single(await AnnouncedAsync(host));
    }

    [Fact]
    public async Task Nothing_is_announced_of_an_empty_or_a_closed_month_or_when_the_settings_say_never()
    {
        await using var empty = await TestHost.OpenAsync();
        empty.Clock.Advance(TimeSpan.FromDays(30));
        Assert.Empty(await AnnouncedAsync(empty));

        await using var host = await TestHost.OpenAsync();
        await host.TicketAsync();
        host.Clock.Advance(TimeSpan.FromDays(30));
        await (await host.AsAsync(TestUsers.Administrator)).Get<ReportSettingsService>().SaveAsync(new ReportSettingsForm { DraftDay = null }, Ct);
        Assert.Empty(await AnnouncedAsync(host));
        await (await host.AsAsync(TestUsers.Administrator)).Get<ReportSettingsService>().SaveAsync(new ReportSettingsForm { Version = 1, DraftDay = 1 }, Ct);
        await (await host.AsAsync(TestUsers.Manager)).Get<ClosingService>().CloseAsync(November, Ct);
        Assert.Empty(await AnnouncedAsync(host));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    public async Task The_day_is_a_possible_working_day(int day)
    {
        await using var host = await TestHost.OpenAsync();
        var settings = (await host.AsAsync(TestUsers.Administrator)).Get<ReportSettingsService>();

        var refused = await Assert.ThrowsAsync<Rejected>(() => settings.SaveAsync(new ReportSettingsForm { DraftDay = day }, Ct));

        Assert.Equal(nameof(ReportSettingsForm.DraftDay), Assert.Single(refused.Problems).Field);
    }

    [Fact]
    public async Task Administrators_change_the_settings_and_never_overwrite_each_other()
    {
        await using var host = await TestHost.OpenAsync();
        var settings = (await host.AsAsync(TestUsers.Administrator)).Get<ReportSettingsService>();
        Assert.Equal((0, ReportSettings.UsualDraftDay), ((await settings.ReadAsync(Ct)).Version, (await settings.ReadAsync(Ct)).DraftDay));

        await settings.SaveAsync(new ReportSettingsForm { DraftDay = 5 }, Ct);
        await Assert.ThrowsAsync<Stale>(() => settings.SaveAsync(new ReportSettingsForm { DraftDay = 6 }, Ct));

        Assert.Equal(5, (await settings.ReadAsync(Ct)).DraftDay);
        foreach (var userName in new[] { TestUsers.Manager, TestUsers.Dispatcher, TestUsers.Technician, TestUsers.Resident })
        {
            var other = (await host.AsAsync(userName)).Get<ReportSettingsService>();
            await Assert.ThrowsAsync<Forbidden>(() => other.ReadAsync(Ct));
            await Assert.ThrowsAsync<Forbidden>(() => other.SaveAsync(new ReportSettingsForm { Version = 1 }, Ct));
        }
    }

    private static async Task<List<InboxLine>> AnnouncedAsync(TestHost host)
    {
        await host.AsSystem().Get<ReportDrafts>().AnnounceDueAsync(Ct);
        var inbox = await (await host.AsAsync(TestUsers.Manager)).Get<InboxService>().ReadAsync(ct: Ct);
        return [.. inbox.Lines.Where(l => l.Address?.StartsWith("reports/", StringComparison.Ordinal) == true)];
    }
}
