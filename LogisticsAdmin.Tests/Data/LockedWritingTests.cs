using System.Diagnostics;
using System.Net;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Office;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Places.Beds;
using LogisticsAdmin.Features.Repairs.Settings;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Shared.Ui;
using LogisticsAdmin.Tests.Places;
using LogisticsAdmin.Tests.Repairs.Settings;
using LogisticsAdmin.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Xunit;

namespace LogisticsAdmin.Tests.Data;

public sealed class LockedWritingTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Twenty_writers_whom_another_program_locks_out_are_all_refused_after_one_timeout()
    {
        await using var host = await OpenAsync();
        var resident = await host.AsAsync(TestUsers.Resident);
        var form = await host.FormAsync();
        var watch = Stopwatch.StartNew();
        await using (ForeignLock.On(host.Directory))
        {
            var writers = Enumerable.Range(0, 20)
                .Select(_ => Task.Run(async () => await Record.ExceptionAsync(() => resident.Intake.SubmitAsync(form, Ct)), Ct));
            foreach (var refused in await Task.WhenAll(writers)) Assert.Equal("TooBusy", Assert.IsType<Rejected>(refused).Code);
        }

        // One after the other they would take forty seconds.
        Assert.InRange(watch.Elapsed, Timeout - TimeSpan.FromSeconds(0.5), Timeout * 10);
        Assert.NotNull(await resident.Intake.SubmitAsync(form, Ct));
    }

    [Fact]
    public async Task Places_beds_and_settings_are_refused_while_locked_change_nothing_and_are_written_afterwards()
    {
        await using var host = await OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        var (places, beds, office) = (admin.Get<PlacesService>(), admin.Get<BedService>(), admin.Get<OfficeService>());
        var (room, bed) = (await BedTests.RoomAsync(host, "511"), await BedTests.BedAsync(host, "511", "1"));
        var person = await BedTests.PersonAsync(host, "张一");
        var retire = new RetirePlaceForm { Reason = "坏了" };
        Func<Task>[] writes =
        [
            () => beds.AssignAsync(bed, new BedForm { PersonId = person }, Ct),
            () => places.AddBedAsync(room, new BedCodeForm { BedCode = "9" }, Ct),
            async () => await places.RetireBedAsync(await BedTests.BedAsync(host, "511", "4"), retire, Ct),
            () => places.CreateCampusAsync(new CampusForm { Code = "LOCK", Name = "锁" }, Ct),
            () => admin.Get<CrewSettings>().SaveAsync(null, SettingsSample.Crew("locked"), Ct),
            () => admin.Get<SlotSettings>().SaveAsync(null, SettingsSample.Slot(6, 7), Ct),
            async () => await admin.Get<CategorySettings>().SaveAsync(null, SettingsSample.Leaf("locked", await host.CategoryAsync("water")), Ct),
            async () =>
            {
                var form = await office.ReadAsync(Ct);
                form.Name = "后勤处";
                await office.SaveAsync(form, Ct);
            },
        ];
        await using (ForeignLock.On(host.Directory))
        {
            var refusals = await Task.WhenAll(writes.Select(write => Task.Run(async () => await Record.ExceptionAsync(write), Ct)));
            Assert.All(refusals, refused => Assert.Equal("TooBusy", Assert.IsType<Rejected>(refused).Code));
        }
        Assert.Null(await BedTests.BedOfAsync(host, person));
        foreach (var write in writes) await write();
        Assert.Equal(bed, await BedTests.BedOfAsync(host, person));
        Assert.Empty(await BedTests.ProblemsAsync(host));
    }

    [Fact]
    public async Task A_writer_behind_a_long_one_of_the_app_itself_is_not_refused()
    {
        await using var host = await TestHost.OpenAsync();
        var resident = await host.AsAsync(TestUsers.Resident);
        var turn = await host.Services.GetRequiredService<WriteGate>().EnterAsync(Ct);
        var waiting = resident.Intake.SubmitAsync(await host.FormAsync(), Ct);

        host.Clock.Advance(new WriteOptions().Timeout * 2);
        turn.Dispose();

        Assert.NotNull(await waiting);
    }

    [Fact]
    public async Task More_writers_than_may_wait_are_refused_at_once_and_the_others_are_served()
    {
        await using var host = await TestHost.OpenAsync(s => s.Configure<WriteOptions>(o => o.MaximumWaiting = 3));
        var gate = host.Services.GetRequiredService<WriteGate>();
        var turn = await gate.EnterAsync(Ct);
        var waiting = Enumerable.Range(0, 3).Select(_ => gate.EnterAsync(Ct)).ToList();

        Assert.Equal("TooBusy", (await Assert.ThrowsAsync<Rejected>(() => gate.EnterAsync(Ct))).Code);

        turn.Dispose();
        foreach (var next in waiting) (await next).Dispose();
        (await gate.EnterAsync(Ct)).Dispose();
    }

    [Fact]
    public async Task A_writer_who_gives_up_leaves_its_place()
    {
        await using var host = await TestHost.OpenAsync(s => s.Configure<WriteOptions>(o => o.MaximumWaiting = 1));
        var gate = host.Services.GetRequiredService<WriteGate>();
        var turn = await gate.EnterAsync(Ct);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var waiting = gate.EnterAsync(patience.Token);
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        var next = gate.EnterAsync(Ct);
        turn.Dispose();

        (await next).Dispose();
    }

    [Fact]
    public async Task A_damaged_database_refuses_a_change_in_words_and_logs_why()
    {
        using var log = new RecordingLoggerProvider();
        await using var host = await TestHost.OpenAsync(s => s.AddLogging(l => l.AddProvider(log)));
        var resident = await host.AsAsync(TestUsers.Resident);
        await using var db = await resident.Get<IDbContextFactory<LogisticsDb>>().CreateDbContextAsync(Ct);

        var refused = await Assert.ThrowsAsync<Rejected>(() => db.WriteAsync(
            _ => throw new DbUpdateException("full", new SqliteException("database or disk is full", 13)), Ct));

        Assert.NotEmpty(resident.Get<RefusalText>().Of(refused));
        Assert.Equal("NotStored", refused.Code);
        Assert.Single(log.Errors, e => e.Error is DbUpdateException);
    }

    [Fact]
    public async Task A_form_whose_answer_shows_no_refusal_gets_a_page_that_does()
    {
        await using var app = await TestApp.StartAsync(settings: new Dictionary<string, string> { ["Writes:Timeout"] = "00:00:01" });
        var client = app.Visitor();
        var page = await client.PageAsync("/Account/Login");
        await using var locked = ForeignLock.On(app.Directory);

        using var answer = await client.SendFormAsync(page.Forms.First(f => f.QuerySelector("[name='Input.UserName']") is not null), "/Account/Login",
            ("Input.UserName", TestUsers.Dispatcher), ("Input.Password", "wrong"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("没有保存", (await answer.PageAsync()).Body!.TextContent, StringComparison.Ordinal);
    }

    private static Task<TestHost> OpenAsync() => TestHost.OpenAsync(s =>
    {
        s.Replace(ServiceDescriptor.Singleton(TimeProvider.System));
        s.Configure<WriteOptions>(o => o.Timeout = Timeout);
    });
}
