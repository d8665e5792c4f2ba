using System.Globalization;
using LogisticsAdmin.Features.Audit;
using LogisticsAdmin.Features.Imports;
using LogisticsAdmin.Features.Operations.Retention;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Imports;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;

namespace LogisticsAdmin.Tests.Operations;

/// <summary>What is older than its period is removed at night or at once, in batches, and told once in the audit log.</summary>
public sealed class RetentionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestUsers.Manager)]
    [InlineData(TestUsers.Dispatcher)]
    [InlineData(TestUsers.Technician)]
    [InlineData(TestUsers.Resident)]
    public async Task Everybody_but_an_administrator_is_refused(string userName)
    {
        await using var host = await TestHost.OpenAsync();
        var service = (await host.AsAsync(userName)).Get<RetentionService>();

        await Assert.ThrowsAsync<Forbidden>(() => service.ReadAsync(Ct));
        await Assert.ThrowsAsync<Forbidden>(() => service.RunsAsync(Ct));
        await Assert.ThrowsAsync<Forbidden>(() => service.PreviewAsync(new RetentionForm(), Ct));
        await Assert.ThrowsAsync<Forbidden>(() => service.SaveAsync(new RetentionForm(), Ct));
        await Assert.ThrowsAsync<Forbidden>(() => Task.Run(service.RunAsync, Ct));
        Assert.Throws<Forbidden>(service.Stop);
    }

    [Fact]
    public async Task Nothing_is_removed_until_somebody_sets_a_period()
    {
        await using var host = await TestHost.OpenAsync();
        await host.ReceiveAsync();
        host.Pass(months: 120);

        await host.TickAsync();

        Assert.Equal(1, await host.MessagesAsync());
        Assert.Empty(await host.InDatabaseAsync(db => db.RetentionRuns.ToListAsync(Ct)));
    }

    [Fact]
    public async Task Periods_are_stored_with_who_changed_them_and_a_later_change_of_an_older_form_is_stale()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        var service = admin.Get<RetentionService>();
        await service.SaveAsync(new RetentionForm { InboxMonths = 12 }, Ct);

        await Assert.ThrowsAsync<Stale>(() => service.SaveAsync(new RetentionForm { InboxMonths = 24 }, Ct));
        var form = (await service.ReadAsync(Ct)).Periods;
        form.InboxMonths = 24;
        await service.SaveAsync(form, Ct);

        var entries = await host.InDatabaseAsync(db => db.Audit.Where(a => a.Entity == nameof(RetentionSettings)).OrderBy(a => a.Id).ToListAsync(Ct));
        Assert.Equal([(null, "12"), ("12", "24")], entries.Select(e => (e.Old, e.New)));
        Assert.All(entries, e => Assert.Equal(admin.PersonId, e.ActorId));
    }

    [Theory]
    [InlineData(nameof(RetentionForm.InboxMonths), 2)]
    [InlineData(nameof(RetentionForm.SignInMonths), 0)]
    [InlineData(nameof(RetentionForm.ImportRowMonths), -1)]
    [InlineData(nameof(RetentionForm.AuditMonths), 11)]
    [InlineData(nameof(RetentionForm.PeopleMonths), 5)]
    [InlineData(nameof(RetentionForm.PeopleMonths), 241)]
    public async Task A_period_that_open_matters_need_longer_is_refused_at_its_field(string field, int months)
    {
        await using var host = await TestHost.OpenAsync();
        var service = (await host.AsAsync(TestUsers.Administrator)).Get<RetentionService>();
        var form = new RetentionForm();
        typeof(RetentionForm).GetProperty(field)!.SetValue(form, months);

        Assert.Equal(field, Assert.Single((await Assert.ThrowsAsync<Rejected>(() => service.SaveAsync(form, Ct))).Problems).Field);
        Assert.Empty(await service.PreviewAsync(form, Ct));
    }

    [Fact]
    public async Task Old_messages_go_read_or_not_as_the_preview_says_and_the_run_is_one_act()
    {
        await using var host = await TestHost.OpenAsync();
        await host.ReceiveAsync(1_203);
        host.Pass(months: 11);
        await host.ReceiveAsync(7);
        host.Pass(months: 1);
        var admin = await host.AsAsync(TestUsers.Administrator);
        var service = admin.Get<RetentionService>();
        host.Clock.Advance(TimeSpan.FromDays(1));
        await host.KeepAsync(new RetentionForm { InboxMonths = 12 });

        var preview = Assert.Single((await service.ReadAsync(Ct)).Previews);
        await service.RunAsync();

        Assert.Equal((RetentionKind.Inbox, 1_203, new DateOnly(2026, 11, 23)), (preview.Kind, preview.Count, preview.Before));
        Assert.Equal(7, await host.MessagesAsync());
        var run = Assert.Single(await service.RunsAsync(Ct));
        Assert.Equal((1_203, false, "郑海涛"), (run.Done, run.IsStopped, run.By));
        var entries = await host.RunEntriesAsync();
        Assert.Single(entries.Select(e => e.Act).Distinct());
        Assert.All(entries, e => Assert.Equal(admin.PersonId, e.ActorId));
        Assert.Equal("1203", entries.Single(e => e.Field == nameof(RetentionRun.Removed)).New);
        Assert.Equal(["Removed", "RemovedBefore", "Seconds"], entries.Select(e => e.Field).Order());
    }

    [Fact]
    public async Task The_audit_log_tells_a_run_by_what_it_removed()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.English);
        await using var host = await TestHost.OpenAsync();
        await host.ReceiveAsync();
        host.Pass(months: 13);
        await host.KeepAsync(new RetentionForm { InboxMonths = 12 });
        var admin = await host.AsAsync(TestUsers.Administrator);
        await admin.Get<RetentionService>().RunAsync();

        var acts = (await admin.Get<AuditService>().ListAsync(new AuditFilter(), ct: Ct)).Items.Select(admin.Get<AuditDisplay>().Act).ToList();

        Assert.Equal("removed messages after their retention period", acts[0]);
        Assert.Contains("12 months", acts[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Old_sign_ins_go_but_not_that_of_a_session_which_is_still_open()
    {
        await using var host = await TestHost.OpenAsync();
        var id = (await host.AsAsync(TestUsers.Resident)).PersonId;
        var now = host.Clock.GetUtcNow();
        await host.InDatabaseAsync(async db =>
        {
            db.Add(new Session { PersonId = id, StartedAt = now, LastSeenAt = now.AddMonths(13), Method = SignInMethod.Password });
            db.AddRange(new[] { now, now.AddSeconds(1), now.AddMonths(13) }
                .Select(at => new SignInRecord { PersonId = id, At = at, Method = SignInMethod.Password, Succeeded = true }));
            return await db.SaveChangesAsync(Ct);
        });
        host.Pass(months: 13);
        await host.KeepAsync(new RetentionForm { SignInMonths = 12 });

        await host.Runner.RunAsync(Actor.System, Ct);

        Assert.Equal([now, now.AddMonths(13)], await host.InDatabaseAsync(db => db.Set<SignInRecord>().OrderBy(s => s.At).Select(s => s.At).ToListAsync(Ct)));
        Assert.Equal(1, (await host.RunOfAsync(RetentionKind.SignIns)).Removed);
    }

    [Fact]
    public async Task The_rows_of_an_old_import_go_and_it_can_no_longer_be_undone_but_its_counts_stay()
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        var (batch, counts) = await admin.ImportAsync("people", "学号,姓名,角色\n20269901,张三,住户\n20269902,李四,住户\n");
        host.Pass(months: 13);
        var (recent, _) = await admin.ImportAsync("people", "学号,姓名,角色\n20269903,王五,住户\n");
        await host.KeepAsync(new RetentionForm { ImportRowMonths = 12 });

        await host.Runner.RunAsync(Actor.System, Ct);

        Assert.Equal(1, (await host.RunOfAsync(RetentionKind.ImportRows)).Removed);
        var detail = await admin.Imports.BatchAsync(batch, Ct);
        Assert.Equal((counts, null), (detail.Batch.Counts, detail.Rows));
        Assert.NotNull(detail.Batch.RowsRemovedAt);
        Assert.Equal("TooOldToUndo", (await Assert.ThrowsAsync<Rejected>(() => admin.Imports.UndoAsync(batch, Ct))).Code);
        Assert.False(await host.InDatabaseAsync(db => db.ImportChanges.AnyAsync(c => c.BatchId == batch, Ct)));
        Assert.Equal(1, (await admin.Imports.UndoAsync(recent, Ct)).Undone);
    }

    [Fact]
    public async Task Old_audit_entries_go_and_the_run_is_told_by_a_new_one()
    {
        await using var host = await TestHost.OpenAsync();
        var people = (await host.AsAsync(TestUsers.Administrator)).Get<PeopleService>();
        var id = (await host.AsAsync(TestUsers.Resident)).PersonId;
        await people.DisableAsync(id, new DisableForm { Reason = "外出" }, Ct);
        host.Pass(months: 13);
        await host.KeepAsync(new RetentionForm { AuditMonths = 12 });
        await people.EnableAsync(id, Ct);
        var since = host.Clock.GetUtcNow().AddMonths(-12);
        var old = await host.InDatabaseAsync(db => db.Audit.CountAsync(a => a.At < since, Ct));

        await host.Runner.RunAsync(Actor.System, Ct);

        Assert.True(old > 0);
        Assert.Equal(old, (await host.RunOfAsync(RetentionKind.Audit)).Removed);
        var left = await host.InDatabaseAsync(db => db.Audit.ToListAsync(Ct));
        Assert.All(left, a => Assert.True(a.At >= since));
        Assert.Contains(left, a => a.Entity == nameof(Person) && a.EntityId == id);
        Assert.Contains(left, a => a is { Entity: nameof(RetentionRun), Field: nameof(RetentionRun.Removed) });
    }

    [Fact]
    public async Task The_job_runs_once_a_night_at_three_in_the_office_and_not_on_the_day_a_period_was_set()
    {
        await using var host = await TestHost.OpenAsync();
        await host.ReceiveAsync();
        host.Pass(months: 13);
        var job = host.NewJob();
        await host.KeepAsync(new RetentionForm { InboxMonths = 12 });
        await host.TickAsync(job);
        Assert.Equal(1, await host.MessagesAsync());

        // 14:00 in Shanghai; the night is at 19:00 UTC.
        host.Clock.Advance(TimeSpan.FromHours(13) - TimeSpan.FromSeconds(1));
        await host.TickAsync(job);
        Assert.Equal(1, await host.MessagesAsync());

        host.Clock.Advance(TimeSpan.FromSeconds(2));
        await host.TickAsync(job);
        Assert.Equal(0, await host.MessagesAsync());

        // After a restart the night is known to be done.
        await host.TickAsync();
        Assert.Equal(1, await host.InDatabaseAsync(db => db.RetentionRuns.CountAsync(Ct)));
        host.Clock.Advance(TimeSpan.FromDays(1));
        await host.TickAsync(job);
        Assert.Equal(2, await host.InDatabaseAsync(db => db.RetentionRuns.CountAsync(Ct)));
        // The second night had nothing to remove.
        Assert.Single((await host.RunEntriesAsync()).Select(e => e.Act).Distinct());
    }

    [Fact]
    public async Task A_run_that_a_crash_interrupted_goes_on_and_counts_everything_once()
    {
        using var crash = new CancellationTokenSource();
        await using var host = await TestHost.OpenAsync(AfterEachBatch(_ => crash.Cancel()));
        await host.ReceiveAsync(1_700);
        host.Pass(months: 13);
        await host.KeepAsync(new RetentionForm { InboxMonths = 12 });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => host.Runner.RunAsync(Actor.System, crash.Token));
        Assert.Equal((500, 1_200), ((await host.RunOfAsync(RetentionKind.Inbox)).Done, await host.MessagesAsync()));

        await host.TickAsync();

        var run = await host.RunOfAsync(RetentionKind.Inbox);
        Assert.Equal((1_700, 0), (run.Removed, await host.MessagesAsync()));
        Assert.NotNull(run.FinishedAt);
        Assert.Equal(1, await host.InDatabaseAsync(db => db.RetentionRuns.CountAsync(Ct)));
        Assert.Single((await host.RunEntriesAsync()).Select(e => e.Act).Distinct());
    }

    [Fact]
    public async Task A_period_that_becomes_longer_or_empty_holds_for_the_rest_of_a_run()
    {
        await using var host = await TestHost.OpenAsync();
        var cutoff = host.Clock.GetUtcNow().AddMonths(12);
        await host.ReceiveAsync();
        host.Pass(months: 10);
        await host.ReceiveAsync();
        host.Pass(months: 15);
        await host.KeepAsync(new RetentionForm { InboxMonths = 20 });
        await InterruptedAsync(host, RetentionKind.Inbox, cutoff);
        await InterruptedAsync(host, RetentionKind.SignIns, cutoff);

        await host.TickAsync();

        Assert.Equal(1, await host.MessagesAsync());
        Assert.Equal((1, false), await ResultAsync(RetentionKind.Inbox));
        Assert.Equal((0, true), await ResultAsync(RetentionKind.SignIns));

        async Task<(int?, bool)> ResultAsync(RetentionKind kind) => await host.RunOfAsync(kind) is var run ? (run.Removed, run.IsStopped) : default;
    }

    [Fact]
    public async Task Others_write_while_a_long_run_is_in_progress()
    {
        var (batches, batchesBeforeReport) = (0, 0);
        Func<Task>? report = null;
        Task? reported = null;
        await using var host = await TestHost.OpenAsync(AfterEachBatch(_ =>
        {
            batches++;
            reported ??= Task.Run(report!, Ct);
        }));
        await host.ReceiveAsync(20_000);
        host.Pass(months: 13);
        await host.KeepAsync(new RetentionForm { InboxMonths = 12 });
        var resident = await host.AsAsync(TestUsers.Resident);
        var form = await host.FormAsync();
        await resident.Intake.SubmitAsync(form, ct: Ct);
        report = async () =>
        {
            await resident.Intake.SubmitAsync(form, ct: Ct);
            batchesBeforeReport = batches;
        };

        await host.Runner.RunAsync(Actor.System, Ct);
        await reported!;

        Assert.InRange(batchesBeforeReport, 1, batches - 1);
        Assert.Equal(20_000, (await host.RunOfAsync(RetentionKind.Inbox)).Removed);
    }

    [Fact]
    public async Task A_run_is_stopped_by_a_person_and_a_second_one_is_refused_meanwhile()
    {
        Action? afterBatch = null;
        Task? second = null;
        await using var host = await TestHost.OpenAsync(AfterEachBatch(_ => afterBatch!()));
        await host.ReceiveAsync(1_700);
        host.Pass(months: 13);
        await host.KeepAsync(new RetentionForm { InboxMonths = 12 });
        var service = (await host.AsAsync(TestUsers.Administrator)).Get<RetentionService>();
        afterBatch = () =>
        {
            second ??= host.Runner.RunAsync(Actor.System, Ct);
            service.Stop();
        };

        await host.Runner.RunAsync(Actor.System, Ct);

        var stopped = await host.RunOfAsync(RetentionKind.Inbox);
        Assert.True(stopped is { IsStopped: true, FinishedAt: not null });
        Assert.Equal((500, 1_200), (stopped.Removed, await host.MessagesAsync()));
        Assert.Equal("AlreadyRunning", (await Assert.ThrowsAsync<Rejected>(() => second!)).Code);
    }

    private static Task<int> InterruptedAsync(TestHost host, RetentionKind kind, DateTimeOffset cutoff) => host.InDatabaseAsync(db =>
    {
        db.Add(new RetentionRun(kind, cutoff, host.Clock.GetUtcNow(), requestedById: null));
        return db.SaveChangesAsync(Ct);
    });

    /// <summary>Does something when a batch is committed, before the next one begins.</summary>
    private static Action<IServiceCollection> AfterEachBatch(Action<long> act) => services => services.Replace(
        ServiceDescriptor.Singleton<IChangeFeed>(sp => new WatchedFeed(sp.GetRequiredService<InProcessFeed>(), act)));

    private sealed class WatchedFeed(InProcessFeed feed, Action<long> act) : IChangeFeed
    {
        public long Sequence => feed.Sequence;

        public void Publish(IReadOnlyList<Change> changes)
        {
            feed.Publish(changes);
            foreach (var run in changes.OfType<KeyChanged>().Where(c => c is { Topic: RetentionRunner.Topic, Key: > 0 })) act(run.Key);
        }

        public Subscription Subscribe(long? personId, Func<Change, bool> filter, Guid? session = null) => feed.Subscribe(personId, filter, session);
    }
}
