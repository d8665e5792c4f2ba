using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Reports.Files;
using LogisticsAdmin.Features.Reports.Monthly;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Reports.Files;

/// <summary>Documents of a month: requested, written in the background, stored, and answered again.</summary>
public sealed class ReportFilesTests
{
    private static readonly ReportPeriod November = ReportPeriod.MonthOf(new DateOnly(2026, 11, 1));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ReportFileKind.Pdf)]
    [InlineData(ReportFileKind.Workbook)]
    public async Task A_closed_months_file_is_written_once_and_answered_byte_for_byte(ReportFileKind kind)
    {
        await using var host = await ClosedNovemberAsync();
        var files = (await host.AsAsync(TestUsers.Manager)).Get<ReportFiles>();

        var first = await DoneAsync(host, await files.RequestAsync(November, kind, Languages.Chinese, Ct));
        var bytes = (await files.DownloadAsync(first, Ct)).Bytes;
        host.Clock.Advance(TimeSpan.FromDays(40));
        await host.TicketAsync(TicketStatus.New);
        var others = (await host.AsAsync(TestUsers.Administrator)).Get<ReportFiles>();

        Assert.Equal(first, await others.RequestAsync(November, kind, Languages.Chinese, Ct));
        Assert.Equal(bytes, (await others.AsItStandsAsync(November, kind, Languages.Chinese, Ct)).Bytes);
        Assert.NotEqual(first, await others.RequestAsync(November, kind, Languages.English, Ct));
    }

    [Fact]
    public async Task Two_requests_at_once_give_one_file()
    {
        await using var host = await ClosedNovemberAsync();
        var people = new[] { await host.AsAsync(TestUsers.Manager), await host.AsAsync(TestUsers.Administrator) };

        var ids = await Task.WhenAll(people.Select(p => p.Get<ReportFiles>().RequestAsync(November, ReportFileKind.Pdf, Languages.Chinese, Ct)));
        var opened = await Task.WhenAll(people.Select(p => p.Get<ReportFiles>().AsItStandsAsync(November, ReportFileKind.Pdf, Languages.Chinese, Ct)));
        await DoneAsync(host, ids[0]);

        Assert.Equal(ids[0], ids[1]);
        Assert.All(opened, o => Assert.Equal(ids[0], o.StoredId));
        Assert.Equal(opened[0].Bytes, opened[1].Bytes);
        Assert.Equal(opened[0].Bytes, (await people[0].Get<ReportFiles>().DownloadAsync(ids[0], Ct)).Bytes);
        Assert.Equal(1, await host.InDatabaseAsync(db => db.Set<ReportFile>().CountAsync(Ct)));
    }

    [Fact]
    public async Task A_new_draft_replaces_the_persons_earlier_one_and_leaves_those_of_others()
    {
        await using var host = await TestHost.OpenAsync();
        await host.TicketAsync(TicketStatus.New);
        var mine = (await host.AsAsync(TestUsers.Manager)).Get<ReportFiles>();
        var theirs = (await host.AsAsync(TestUsers.Administrator)).Get<ReportFiles>();

        var other = await DoneAsync(host, await theirs.RequestAsync(November, ReportFileKind.Pdf, Languages.Chinese, Ct));
        var first = await DoneAsync(host, await mine.RequestAsync(November, ReportFileKind.Pdf, Languages.Chinese, Ct));
        var second = await DoneAsync(host, await mine.RequestAsync(November, ReportFileKind.Pdf, Languages.English, Ct));

        Assert.NotEqual(first, second);
        await Assert.ThrowsAsync<NotFound>(() => mine.DownloadAsync(first, Ct));
        Assert.Equal("Monthly service report November 2026 (draft)", (await mine.DownloadAsync(second, Ct)).Name);
        Assert.Equal([second], (await mine.OfMonthAsync(November, Ct)).Select(f => f.Id));
        Assert.Equal([other], (await theirs.OfMonthAsync(November, Ct)).Select(f => f.Id));
        Assert.Equal(2, await host.InDatabaseAsync(db => db.Set<ReportFileContent>().CountAsync(Ct)));
    }

    private static async Task<TestHost> ClosedNovemberAsync()
    {
        var host = await TestHost.OpenAsync();
        await host.TicketAsync(TicketStatus.InProgress);
        await host.TicketAsync(TicketStatus.Closed);
        host.Clock.Advance(TimeSpan.FromDays(12));
        await (await host.AsAsync(TestUsers.Manager)).Get<ClosingService>().CloseAsync(November, Ct);
        return host;
    }

    private static async Task<long> DoneAsync(TestHost host, long id)
    {
        await host.Services.GetRequiredService<ReportFileRunner>().WhenDoneAsync(id);
        return id;
    }
}
