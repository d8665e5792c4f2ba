using LogisticsAdmin.Documents;
using LogisticsAdmin.Features.Reports;
using LogisticsAdmin.Features.Reports.Files;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace LogisticsAdmin.Tests.Reports.Files;

/// <summary>The work on documents in the background: its progress, its end, and what a restart makes of it.</summary>
public sealed class ReportJobTests
{
    private static readonly ReportPeriod November = ReportPeriod.MonthOf(new DateOnly(2026, 11, 1));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_file_in_work_shows_its_progress_and_is_cancelled_by_the_person_who_asked_for_it()
    {
        var engine = new HeldEngine();
        await using var host = await OpenAsync(engine);
        var manager = await host.AsAsync(TestUsers.Manager);
        var other = await host.AsAsync(TestUsers.Administrator);
        using var heard = host.Services.GetRequiredService<IChangeFeed>().Subscribe(null, c => c is KeyChanged { Topic: ReportsTopics.Files });
        var files = manager.Get<ReportFiles>();

        var id = await files.RequestAsync(November, ReportFileKind.Pdf, Languages.Chinese, Ct);
        Assert.NotNull(await heard.NextAsync(Ct));
        await engine.Begun;
        var inWork = Assert.Single(await files.OfMonthAsync(November, Ct));
        await Assert.ThrowsAsync<NotFound>(() => other.Get<ReportFiles>().CancelAsync(id, Ct));
        await files.CancelAsync(id, Ct);
        await host.Services.GetRequiredService<ReportFileRunner>().WhenDoneAsync(id);

        Assert.Equal((ReportFileState.Writing, 0.4, true), (inWork.State, inWork.Progress, inWork.MayCancel));
        Assert.Equal(ReportFileState.Cancelled, Assert.Single(await files.OfMonthAsync(November, Ct)).State);
        await Assert.ThrowsAsync<NotFound>(() => files.DownloadAsync(id, Ct));
        Assert.Equal(0, await host.InDatabaseAsync(db => db.Set<ReportFileContent>().CountAsync(Ct)));
    }

    [Fact]
    public async Task A_file_that_fails_says_the_number_of_its_entry_in_the_log()
    {
        await using var host = await OpenAsync(new HeldEngine(new InvalidOperationException("no ink")));
        var files = (await host.AsAsync(TestUsers.Manager)).Get<ReportFiles>();

        var id = await files.RequestAsync(November, ReportFileKind.Pdf, Languages.Chinese, Ct);
        await host.Services.GetRequiredService<ReportFileRunner>().WhenDoneAsync(id);

        var failed = Assert.Single(await files.OfMonthAsync(November, Ct));
        Assert.Equal(ReportFileState.Failed, failed.State);
        Assert.Equal(12, failed.Fault?.Length);
    }

    [Fact]
    public async Task The_end_of_the_app_leaves_a_file_to_the_next_start()
    {
        var directory = await TestHost.NewStorageAsync();
        long id;
        var engine = new HeldEngine();
        await using (var host = await TestHost.StartAsync(directory, s => s.Replace(ServiceDescriptor.Singleton<IDocumentEngine>(engine))))
        {
            id = await (await host.AsAsync(TestUsers.Manager)).Get<ReportFiles>().RequestAsync(November, ReportFileKind.Pdf, Languages.Chinese, Ct);
            await engine.Begun;
            host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
            await host.Services.GetRequiredService<ReportFileRunner>().WhenDoneAsync(id);
            Assert.Equal(ReportFileState.Writing, await StateAsync(host, id));
        }

        await using (var host = await TestHost.StartAsync(directory))
        {
            var waiting = await host.InDatabaseAsync(async db =>
            {
                var manager = await db.Users.Where(p => p.UserName == TestUsers.Manager).Select(p => p.Id).SingleAsync(Ct);
                var file = new ReportFile(November, null, ReportFileKind.Workbook, Languages.English, manager, TestHost.Start);
                db.Add(file);
                await db.SaveChangesAsync(Ct);
                return file.Id;
            });
            await host.Services.GetRequiredService<ReportFileRunner>().ResumeAsync(Ct);
            foreach (var one in new[] { id, waiting }) await host.Services.GetRequiredService<ReportFileRunner>().WhenDoneAsync(one);

            Assert.Equal(ReportFileState.Ready, await StateAsync(host, id));
            Assert.Equal(ReportFileState.Ready, await StateAsync(host, waiting));
        }
        TestHost.DropStorage(directory);
    }

    [Fact]
    public async Task The_app_goes_on_with_unfinished_files_by_itself()
    {
        await using var host = await TestHost.OpenAsync();
        var job = host.Services.GetServices<IHostedService>().OfType<UnfinishedReportFiles>().Single();
        using var heard = host.Services.GetRequiredService<IChangeFeed>().Subscribe(null, c => c is KeyChanged { Topic: ReportsTopics.Files });
        var files = (await host.AsAsync(TestUsers.Manager)).Get<ReportFiles>();
        await job.StartAsync(Ct);
        var id = await host.InDatabaseAsync(async db =>
        {
            var manager = await db.Users.Where(p => p.UserName == TestUsers.Manager).Select(p => p.Id).SingleAsync(Ct);
            var file = new ReportFile(November, null, ReportFileKind.Workbook, Languages.English, manager, TestHost.Start);
            db.Add(file);
            await db.SaveChangesAsync(Ct);
            return file.Id;
        });

        while (await StateAsync(host, id) != ReportFileState.Ready)
        {
            host.Clock.Advance(UnfinishedReportFiles.Interval);
            await heard.NextAsync(Ct);
        }

        Assert.NotEmpty((await files.DownloadAsync(id, Ct)).Bytes);
        await job.StopAsync(Ct);
    }

    [Theory]
    [InlineData(TestUsers.Administrator, true)]
    [InlineData(TestUsers.Manager, true)]
    [InlineData(TestUsers.Dispatcher, false)]
    [InlineData(TestUsers.Technician, false)]
    [InlineData(TestUsers.Resident, false)]
    public async Task Managers_and_administrators_have_files_and_to_others_there_are_none(string userName, bool isAllowed)
    {
        await using var host = await TestHost.OpenAsync();
        var ready = await (await host.AsAsync(TestUsers.Manager)).Get<ReportFiles>().RequestAsync(November, ReportFileKind.Pdf, Languages.Chinese, Ct);
        await host.Services.GetRequiredService<ReportFileRunner>().WhenDoneAsync(ready);
        var files = (await host.AsAsync(userName)).Get<ReportFiles>();
        Func<Task>[] calls =
        [
            () => files.OfMonthAsync(November, Ct),
            () => files.DownloadAsync(ready, Ct),
            () => files.AsItStandsAsync(November, ReportFileKind.Pdf, Languages.English, Ct),
            async () => await files.CancelAsync(await files.RequestAsync(November, ReportFileKind.Pdf, Languages.English, Ct), Ct),
        ];

        foreach (var call in calls)
            Assert.Equal(isAllowed, await Record.ExceptionAsync(call) is not { } refused || refused is not NotFound);
        if (!isAllowed) await Assert.ThrowsAsync<NotFound>(() => files.CancelAsync(ready, Ct));
    }

    private static Task<TestHost> OpenAsync(IDocumentEngine engine) => TestHost.OpenAsync(s => s.Replace(ServiceDescriptor.Singleton(engine)));

    private static Task<ReportFileState> StateAsync(TestHost host, long id) =>
        host.InDatabaseAsync(db => db.Set<ReportFile>().Where(f => f.Id == id).Select(f => f.State).SingleAsync(Ct));
}
