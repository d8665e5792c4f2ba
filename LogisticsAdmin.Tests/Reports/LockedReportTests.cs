using LogisticsAdmin.Data;
using LogisticsAdmin.Documents;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Reports.Files;
using LogisticsAdmin.Features.Reports.Monthly;
using LogisticsAdmin.Features.Reports.Targets;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;

namespace LogisticsAdmin.Tests.Reports;

/// <summary>Everything that reports write, while another program has locked the database.</summary>
public sealed class LockedReportTests
{
    private static readonly ReportPeriod November = ReportPeriod.MonthOf(new DateOnly(2026, 11, 1));

    private static readonly TimeSpan UntilOver = TimeSpan.FromDays(12);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_changed_while_locked_and_everything_is_written_afterwards()
    {
        var clock = new RealClock(TestHost.Start);
        await using var host = await OpenAsync(s => s.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));
        await host.TicketAsync(TicketStatus.Closed);
        clock.Advance(UntilOver);
        var manager = await host.AsAsync(TestUsers.Manager);
        var (closing, targets, undo, files) =
            (manager.Get<ClosingService>(), manager.Get<TargetsService>(), manager.Get<TargetUndo>(), manager.Get<ReportFiles>());
        var settings = (await host.AsAsync(TestUsers.Administrator)).Get<ReportSettingsService>();
        await closing.CloseAsync(November.Previous, Ct);
        await targets.SetAsync(Target(8), Ct);
        var step = undo.Latest!.Value;
        var waiting = await WaitingAsync(host);
        (string Name, Func<Task> Act)[] writes =
        [
            ("comment", () => closing.SaveCommentAsync(November, new CommentForm { Place = ReportComment.General, Text = "平稳" }, Ct)),
            ("plan", () => closing.SaveCommentAsync(November, new CommentForm { Place = ReportComment.Plan, Text = "检修" }, Ct)),
            ("number", () => closing.SetDocumentNumberAsync(new NumberForm { Month = November, Number = "1号" }, Ct)),
            ("undo of a target", () => undo.UndoAsync(step, Ct)),
            ("target", () => targets.SetAsync(Target(9, "repairs.failed-acceptance"), Ct)),
            ("settings", () => settings.SaveAsync(new ReportSettingsForm { DraftDay = 1 }, Ct)),
            ("request of a file", () => files.RequestAsync(November, ReportFileKind.Pdf, Languages.Chinese, Ct)),
            ("cancelling a file", () => files.CancelAsync(waiting, Ct)),
            ("file of a closed month", () => files.AsItStandsAsync(November.Previous, ReportFileKind.Pdf, Languages.Chinese, Ct)),
            ("close", () => closing.CloseAsync(November, Ct)),
            ("reopen", () => closing.ReopenAsync(new ReopenForm { Month = November.Previous, Reason = "补录" }, Ct)),
        ];
        var before = await StoredAsync(host);

        await using (ForeignLock.On(host.Directory))
        {
            var refusals = await Task.WhenAll(writes.Select(w => Task.Run(async () => await Record.ExceptionAsync(w.Act), Ct)));
            foreach (var (refused, (name, _)) in refusals.Zip(writes)) Assert.True(refused is Rejected { Code: "TooBusy" }, $"{name}: {refused}");
        }
        Assert.Equal(before, await StoredAsync(host));

        foreach (var (_, act) in writes) await act();
        foreach (var (was, now) in before.Split('\n').Zip((await StoredAsync(host)).Split('\n'))) Assert.NotEqual(was, now);
    }

    [Fact]
    public async Task The_announcement_of_a_draft_is_made_once_when_the_lock_is_gone()
    {
        var clock = new RealClock(TestHost.Start);
        await using var host = await OpenAsync(s => s.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));
        await host.TicketAsync(TicketStatus.Closed);
        clock.Advance(UntilOver);
        await using (ForeignLock.On(host.Directory))
        {
            var refused = await Record.ExceptionAsync(() => AnnounceAsync(host));
            Assert.True(refused is SqliteException or Rejected, $"{refused}");
        }
        Assert.Empty(await ToldAsync(host));

        await AnnounceAsync(host);
        await AnnounceAsync(host);

        Assert.NotEmpty(await ToldAsync(host));
        Assert.Distinct(await ToldAsync(host));
    }

    [Fact]
    public async Task A_file_that_could_not_be_stored_is_written_when_the_lock_is_gone()
    {
        using var engine = new PausedEngine();
        await using var host = await OpenAsync(s => s.Replace(ServiceDescriptor.Singleton<IDocumentEngine>(engine)));
        var (files, runner) = ((await host.AsAsync(TestUsers.Manager)).Get<ReportFiles>(), host.Services.GetRequiredService<ReportFileRunner>());
        var id = await files.RequestAsync(November, ReportFileKind.Pdf, Languages.Chinese, Ct);
        await engine.Begun;
        await using (ForeignLock.On(host.Directory))
        {
            engine.GoOn();
            await runner.WhenDoneAsync(id);
            Assert.Equal(ReportFileState.Writing, Assert.Single(await files.OfMonthAsync(November, Ct)).State);
        }

        await runner.ResumeAsync(Ct);
        await runner.WhenDoneAsync(id);

        Assert.Equal(ReportFileState.Ready, Assert.Single(await files.OfMonthAsync(November, Ct)).State);
        Assert.Equal(PausedEngine.File, (await files.DownloadAsync(id, Ct)).Bytes);
    }

    private static TargetForm Target(decimal value, string figure = "repairs.rework") => new() { Figure = figure, From = "2026-11", Value = value };

    private static Task AnnounceAsync(TestHost host) => host.AsSystem().Get<ReportDrafts>().AnnounceDueAsync(Ct);

    private static Task<List<long>> ToldAsync(TestHost host) =>
        host.InDatabaseAsync(db => db.Set<InboxItem>().Where(i => i.Kind == ReportNotificationKind.Draft).Select(i => i.PersonId).ToListAsync(Ct));

    private static Task<long> WaitingAsync(TestHost host) => host.InDatabaseAsync(async db =>
    {
        var manager = await db.Users.Where(p => p.UserName == TestUsers.Manager).Select(p => p.Id).SingleAsync(Ct);
        var file = new ReportFile(November, null, ReportFileKind.Workbook, Languages.English, manager, TestHost.Start);
        db.Add(file);
        await db.SaveChangesAsync(Ct);
        return file.Id;
    });

    /// <summary>A line for each kind of thing that reports store.</summary>
    private static Task<string> StoredAsync(TestHost host) => host.InDatabaseAsync(async db => string.Join('\n',
        await LineAsync(db.Set<ReportComment>().Select(c => $"{c.Place} {c.Text}")),
        await LineAsync(db.Set<ReportMonth>().Select(m => $"{m.Month} {m.DocumentNumber}")),
        await LineAsync(db.Set<ReportTarget>().Select(t => $"{t.Figure} {t.Value} {t.WithdrawnAt}")),
        await LineAsync(db.Set<ReportSettings>().Select(s => $"{s.DraftDay}")),
        await LineAsync(db.Set<ReportFile>().Select(f => $"{f.Id} {f.Kind} {f.State}")),
        await LineAsync(db.Set<ReportClosing>().Select(c => $"{c.Month} {c.Number} {c.ReopenedAt}"))));

    private static async Task<string> LineAsync(IQueryable<string> things) => string.Join("; ", (await things.ToListAsync(Ct)).Order());

    private static Task<TestHost> OpenAsync(Action<IServiceCollection> change) => TestHost.OpenAsync(services =>
    {
        services.Replace(ServiceDescriptor.Singleton<TimeProvider>(new RealClock(TestHost.Start)));
        services.Configure<WriteOptions>(o => o.Timeout = TimeSpan.FromSeconds(2));
        change(services);
    });

    /// <summary>Runs by itself, because the database waits in real time, but from the day on which tests begin.</summary>
    /// <summary>Holds its first document back until it may go on.</summary>
    private sealed class PausedEngine : IDocumentEngine, IDisposable
    {
        public static readonly byte[] File = [1, 2, 3];

        private readonly ManualResetEventSlim _mayGoOn = new();
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Begun => _begun.Task;

        public void GoOn() => _mayGoOn.Set();

        public byte[] Write(Document document, IProgress<double>? progress = null, CancellationToken cancellation = default)
        {
            _begun.TrySetResult();
            _mayGoOn.Wait(cancellation);
            return File;
        }

        public void Dispose() => _mayGoOn.Dispose();
    }
}
