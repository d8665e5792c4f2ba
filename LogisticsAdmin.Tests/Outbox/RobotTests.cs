using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Web;
using LogisticsAdmin.Features.News.Writing;
using LogisticsAdmin.Features.Outbox;
using LogisticsAdmin.Features.Outbox.Robots;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Xunit;

namespace LogisticsAdmin.Tests.Outbox;

/// <summary>What happens, told to groups through webhooks; a server of the test answers as the providers do.</summary>
public sealed class RobotTests
{
    private const string Secret = "SEC0123456789abcdef", Key = "key-7f3a";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_emergency_is_told_once_to_each_group_whoever_gets_a_message_about_it_and_without_a_name()
    {
        await using var server = await RobotServer.StartAsync();
        await using var host = await OpenAsync(server);
        await AddAsync(host, server, "值班群");
        await AddAsync(host, server, "Duty group", f => f.Language = Languages.English);
        await AddAsync(host, server, "只报超时", f => (f.ForEmergencies, f.ForOverdue) = (false, true));
        var number = await EmergencyAsync(host);

        await host.Runner.RunAsync(Ct);
        await host.Runner.RunAsync(Ct);

        Assert.Equal(2, server.Calls.Count);
        var zh = server.Calls.Select(c => c.Text).Single(t => t.Contains("紧急报修", StringComparison.Ordinal));
        Assert.StartsWith($"【报修】紧急报修，请立即处理：{number} 竹园3号楼 512 ", zh, StringComparison.Ordinal);
        Assert.EndsWith($"\n{Mailing.Address}/repairs/{number}", zh, StringComparison.Ordinal);
        Assert.All(server.Calls, c => Assert.DoesNotContain("王小雨", c.Text, StringComparison.Ordinal));
        Assert.All(server.Calls, c => Assert.DoesNotContain("13800002071", c.Text, StringComparison.Ordinal));
        Assert.All(await RobotMessagesAsync(host), m => Assert.Equal(OutboxState.Sent, m.State));
    }

    [Fact]
    public async Task An_emergency_is_told_while_many_mails_are_still_waiting()
    {
        await using var server = await RobotServer.StartAsync();
        await using var mails = MailServer.Start();
        await using var host = await OpenAsync(server, Mailing.To(mails.Port));
        await AddAsync(host, server, "值班群");
        var number = await host.WaitingMailAsync();
        await host.TellAsync((await host.AsAsync(TestUsers.Resident)).PersonId, number, count: 2 * OutboxRunner.Round * OutboxRunner.Batch);
        var reported = new Lazy<Task>(() => EmergencyAsync(host));
        mails.BeforeAnswer = () => reported.Value;
        var sent = 0;
        server.Answer = () =>
        {
            sent = mails.Received.Count;
            return (200, """{"errcode":0,"errmsg":"ok"}""");
        };

        await host.Runner.RunAsync(Ct);

        // The next round of mails runs beside it.
        Assert.InRange(sent, 1, (OutboxRunner.Round + 2) * OutboxRunner.Batch);
        Assert.InRange(mails.Received.Count, 2 * OutboxRunner.Round * OutboxRunner.Batch, int.MaxValue);
    }

    [Fact]
    public async Task A_ticket_that_becomes_overdue_is_told_even_if_nobody_has_it_yet()
    {
        await using var server = await RobotServer.StartAsync();
        await using var host = await OpenAsync(server);
        await AddAsync(host, server, "调度群", f => f.ForOverdue = true);
        var ticket = await host.TicketAsync();

        host.Clock.Advance(TimeSpan.FromDays(10));
        await host.AsSystem().Get<RepairClock>().TickAsync(Ct);
        await host.Runner.RunAsync(Ct);

        Assert.Contains($"报修单超时：{ticket.Number}", Assert.Single(server.Calls).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_settled_before_it_is_told_is_left_out()
    {
        await using var server = await RobotServer.StartAsync();
        await using var host = await OpenAsync(server);
        await AddAsync(host, server, "值班群");
        var number = await EmergencyAsync(host);
        await (await host.AsAsync(TestUsers.Dispatcher)).Repairs.RejectAsync((await host.RowAsync(number)).Id, new NoteForm { Note = "误报" }, Ct);

        await host.Runner.RunAsync(Ct);

        Assert.Empty(server.Calls);
        Assert.Equal(OutboxReason.Settled, Assert.Single(await RobotMessagesAsync(host)).Reason);
    }

    [Fact]
    public async Task Many_events_are_one_message_that_fits()
    {
        await using var server = await RobotServer.StartAsync();
        await using var host = await OpenAsync(server);
        await AddAsync(host, server, "值班群");
        for (var n = 0; n < 40; n++) await EmergencyAsync(host);

        await host.Runner.RunAsync(Ct);

        var text = Assert.Single(server.Calls).Text;
        Assert.InRange(Encoding.UTF8.GetByteCount(text), 500, 2_048);
        Assert.Matches("……另有 [0-9]+ 条", text);
        Assert.All(await RobotMessagesAsync(host), m => Assert.Equal(OutboxState.Sent, m.State));
    }

    [Fact]
    public async Task A_message_to_dingtalk_is_signed_and_one_to_wecom_is_not()
    {
        await using var server = await RobotServer.StartAsync();
        await using var host = await OpenAsync(server);
        await AddAsync(host, server, "钉钉群", f => (f.Provider, f.Secret) = (RobotProvider.DingTalk, Secret));
        await EmergencyAsync(host);
        await host.Runner.RunAsync(Ct);

        var query = HttpUtility.ParseQueryString(Assert.Single(server.Calls).Query);

        Assert.Equal(Key, query["key"]);
        var timestamp = host.Clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        Assert.Equal(timestamp, query["timestamp"]);
        var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{timestamp}\n{Secret}"));
        Assert.Equal(Convert.ToBase64String(expected), query["sign"]);
    }

    [Theory]
    [InlineData(200, """{"errcode":93000,"errmsg":"invalid webhook url"}""", OutboxState.Dead, OutboxReason.Refused)]
    [InlineData(200, """{"errcode":310000,"errmsg":"sign not match"}""", OutboxState.Dead, OutboxReason.Refused)]
    [InlineData(200, """{"errcode":45009,"errmsg":"api freq out of limit"}""", OutboxState.Waiting, null)]
    [InlineData(200, """{"errcode":130101,"errmsg":"send too fast"}""", OutboxState.Waiting, null)]
    [InlineData(429, "", OutboxState.Waiting, null)]
    [InlineData(503, "", OutboxState.Waiting, null)]
    [InlineData(404, "", OutboxState.Dead, OutboxReason.Refused)]
    [InlineData(302, "http://127.0.0.1:1/", OutboxState.Dead, OutboxReason.Refused)]
    [InlineData(200, "<html>", OutboxState.Dead, OutboxReason.OutcomeUnknown)]
    [InlineData(200, "[]", OutboxState.Dead, OutboxReason.OutcomeUnknown)]
    public async Task The_answer_decides(int status, string body, OutboxState state, OutboxReason? reason)
    {
        await using var server = await RobotServer.StartAsync();
        server.Answer = () => (status, body);
        await using var host = await OpenAsync(server);
        await AddAsync(host, server, "值班群");
        await EmergencyAsync(host);

        await host.Runner.RunAsync(Ct);

        var message = Assert.Single(await RobotMessagesAsync(host));
        Assert.Equal((state, reason), (message.State, message.Reason));
        Assert.Single(server.Calls);
        Assert.DoesNotContain(Key, message.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_robot_sends_twenty_messages_a_minute_and_the_next_one_waits_without_losing_an_attempt()
    {
        await using var server = await RobotServer.StartAsync();
        await using var host = await OpenAsync(server);
        await AddAsync(host, server, "值班群");
        for (var n = 0; n < RobotClient.PerMinute + 1; n++)
        {
            await EmergencyAsync(host);
            await host.Runner.RunAsync(Ct);
        }
        Assert.Equal(RobotClient.PerMinute, server.Calls.Count);
        var waiting = (await RobotMessagesAsync(host)).Single(m => m.State == OutboxState.Waiting);
        Assert.Equal((0, host.Clock.GetUtcNow().AddMinutes(1)), (waiting.Attempts, waiting.DueAt));

        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await host.Runner.RunAsync(Ct);

        Assert.Equal(RobotClient.PerMinute + 1, server.Calls.Count);
    }

    [Fact]
    public async Task A_robot_that_had_its_share_sends_again_after_a_minute_also_when_the_clock_is_set_back_meanwhile()
    {
        var clock = new JumpingClock();
        await using var server = await RobotServer.StartAsync();
        await using var host = await OpenAsync(server, services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));
        await AddAsync(host, server, "值班群");
        for (var n = 0; n < RobotClient.PerMinute; n++)
        {
            await EmergencyAsync(host);
            await host.Runner.RunAsync(Ct);
        }
        clock.Jump(-TimeSpan.FromDays(1));
        clock.Advance(TimeSpan.FromSeconds(20));

        await EmergencyAsync(host);
        await host.Runner.RunAsync(Ct);
        Assert.Equal(RobotClient.PerMinute, server.Calls.Count);
        var waiting = (await RobotMessagesAsync(host)).Single(m => m.State == OutboxState.Waiting);
        Assert.Equal(clock.GetUtcNow().AddSeconds(40), waiting.DueAt);
        clock.Advance(TimeSpan.FromSeconds(40));
        await host.Runner.RunAsync(Ct);

        Assert.Equal(RobotClient.PerMinute + 1, server.Calls.Count);
    }

    [Theory]
    [InlineData(true, "【紧急通知】停水通知 ")]
    [InlineData(false, "【紧急通知】TZ")]
    public async Task The_title_of_an_urgent_notice_is_told_only_when_it_is_for_everyone(bool isForEveryone, string told)
    {
        await using var server = await RobotServer.StartAsync();
        await using var host = await OpenAsync(server);
        await AddAsync(host, server, "值班群", f => f.ForUrgentNotices = true);
        await AddAsync(host, server, "Duty group", f => (f.ForUrgentNotices, f.Language) = (true, Languages.English));
        var admin = await host.AsAsync(TestUsers.Administrator);
        var notice = await admin.DraftNewsAsync(form =>
        {
            form.IsUrgent = true;
            if (!isForEveryone) form.Audience = NewsSteps.Role("Resident");
        });
        await admin.Get<NewsService>().ReleaseAsync(notice.Id, Ct);

        await host.Runner.RunAsync(Ct);

        Assert.Equal(2, server.Calls.Count);
        Assert.Single(server.Calls, c => c.Text.StartsWith(told, StringComparison.Ordinal));
        Assert.All(server.Calls, c => Assert.Contains(notice.Number, c.Text, StringComparison.Ordinal));
        Assert.Equal(isForEveryone ? 2 : 0, server.Calls.Count(c => c.Text.Contains("停水通知", StringComparison.Ordinal)
            || c.Text.Contains("Water cut", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_provider_that_is_not_there_is_tried_again()
    {
        await using var server = await RobotServer.StartAsync();
        await using var host = await OpenAsync(server);
        await AddAsync(host, server, "值班群");
        await EmergencyAsync(host);
        await server.DisposeAsync();

        await host.Runner.RunAsync(Ct);

        var message = Assert.Single(await RobotMessagesAsync(host));
        Assert.Equal((OutboxState.Waiting, 1, "ConnectionError"), (message.State, message.Attempts, message.LastError));
    }

    [Theory]
    [InlineData(RobotProvider.WeCom, "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1", true)]
    [InlineData(RobotProvider.WeCom, "https://QYAPI.weixin.qq.com/cgi-bin/webhook/send?key=1", true)]
    [InlineData(RobotProvider.DingTalk, "https://oapi.dingtalk.com/robot/send?access_token=1", true)]
    [InlineData(RobotProvider.DingTalk, "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1", false)]
    [InlineData(RobotProvider.WeCom, "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1", false)]
    [InlineData(RobotProvider.WeCom, "https://qyapi.weixin.qq.com:8443/", false)]
    [InlineData(RobotProvider.WeCom, "https://qyapi.weixin.qq.com.evil.example/", false)]
    [InlineData(RobotProvider.WeCom, "https://evil.example/qyapi.weixin.qq.com", false)]
    [InlineData(RobotProvider.WeCom, "https://qyapi.weixin.qq.com@evil.example/", false)]
    [InlineData(RobotProvider.WeCom, "https://user:pw@qyapi.weixin.qq.com/", false)]
    [InlineData(RobotProvider.WeCom, "https://qyapi。weixin。qq。com/", true)]
    [InlineData(RobotProvider.WeCom, "https://qyapi.weixin.qq.com./", false)]
    [InlineData(RobotProvider.WeCom, "https://127.0.0.1/", false)]
    [InlineData(RobotProvider.WeCom, "https://[::1]/", false)]
    [InlineData(RobotProvider.WeCom, "http://169.254.169.254/latest/meta-data", false)]
    [InlineData(RobotProvider.WeCom, "file:///etc/passwd", false)]
    [InlineData(RobotProvider.WeCom, "robots.example.edu:8443/x", false)]
    [InlineData(RobotProvider.WeCom, "https://robots.example.edu:8443/x?key=1", true)]
    [InlineData(RobotProvider.WeCom, "https://robots.example.edu/x?key=1", false)]
    [InlineData(RobotProvider.WeCom, "http://robots.example.edu:8443/x?key=1", false)]
    [InlineData(RobotProvider.WeCom, "", false)]
    public void Only_the_provider_and_what_the_settings_allow_is_ever_called(RobotProvider provider, string address, bool isAllowed) =>
        Assert.Equal(isAllowed, RobotAddress.Allowed(address, provider, new RobotOptions { AllowedOrigins = ["https://robots.example.edu:8443"] }) is not null);

    [Fact]
    public async Task Address_and_secret_are_in_no_row_no_audit_entry_no_export_no_undo_and_no_log()
    {
        using var logs = new RecordingLoggerProvider();
        await using var server = await RobotServer.StartAsync();
        await using var host = await OpenAsync(server, s => s.AddLogging(l => l.AddProvider(logs).SetMinimumLevel(LogLevel.Trace)));
        var admin = await host.AsAsync(TestUsers.Administrator);
        var id = await AddAsync(host, server, "钉钉群", f => (f.Provider, f.Secret) = (RobotProvider.DingTalk, Secret));
        var robots = admin.Get<RobotsService>();
        server.Answer = () => (500, "");
        await Assert.ThrowsAsync<Rejected>(() => robots.TestAsync(id, Ct));
        await EmergencyAsync(host);
        await host.Runner.RunAsync(Ct);
        var row = Assert.Single(await robots.ListAsync(ct: Ct));
        await robots.SaveAsync(id, Form(server, "改名", f => (f.Version, f.Address, f.Provider) = (row.Version, null, RobotProvider.DingTalk)), Ct);
        await robots.SaveAsync(id, Form(server, "改名", f => (f.Version, f.Provider, f.Secret) = (row.Version + 1, RobotProvider.DingTalk, "SECother")), Ct);
        await robots.RetireAsync(id, Ct);

        var stored = await host.InDatabaseAsync(db => db.GroupRobots.SingleAsync(Ct));
        Assert.Equal("SECother", stored.Secret);
        string[] secrets = [Secret, "SECother", Key];
        List<string> seen = [row.ToString(), .. logs.Messages];
        seen.AddRange(await host.InDatabaseAsync(db => db.Audit.Select(a => a.Old + " " + a.New).ToListAsync(Ct)));
        seen.AddRange(await host.InDatabaseAsync(db => db.Set<LogisticsAdmin.Data.Undo.UndoItem>().Select(i => i.Before + i.After).ToListAsync(Ct)));
        seen.AddRange((await RobotMessagesAsync(host)).Select(m => m.LastError ?? ""));
        Assert.True(seen.Count > 10);
        Assert.All(seen, text => Assert.All(secrets, secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_robot_is_added_changed_retired_restored_and_each_step_is_undone()
    {
        await using var server = await RobotServer.StartAsync();
        await using var host = await OpenAsync(server);
        var admin = await host.AsAsync(TestUsers.Administrator);
        var (robots, undo) = (admin.Get<RobotsService>(), admin.Get<RobotsUndo>());
        var id = await robots.SaveAsync(null, Form(server, "值班群"), Ct);
        var row = Assert.Single(await robots.ListAsync(ct: Ct));
        Assert.Equal(("127.0.0.1", RobotState.Enabled, true), (row.Host, row.State, row.ForEmergencies));

        await robots.SaveAsync(id, Form(server, "新名", f => (f.Version, f.Address, f.IsEnabled) = (row.Version, null, false)), Ct);
        Assert.Equal(("新名", RobotState.Paused), (await OneAsync()).Row);
        await Assert.ThrowsAsync<Stale>(() => robots.SaveAsync(id, Form(server, "旧页", f => f.Version = row.Version), Ct));
        Assert.Equal(1, (await undo.UndoAsync(undo.Latest!.Value, Ct)).Done);
        Assert.Equal(("值班群", RobotState.Enabled), (await OneAsync()).Row);
        await robots.RetireAsync(id, Ct);
        await Assert.ThrowsAsync<Rejected>(() => robots.RetireAsync(id, Ct));
        Assert.Equal(RobotState.Retired, (await OneAsync()).Row.State);
        await undo.UndoAsync(undo.Latest!.Value, Ct);
        Assert.Equal(RobotState.Enabled, (await OneAsync()).Row.State);
        await robots.RetireAsync(id, Ct);
        await robots.RestoreAsync(id, Ct);
        Assert.Empty(await robots.ListAsync(RobotState.Retired, Ct));

        // The former address is kept nowhere, so a new one is not offered for undo.
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var version = (await OneAsync()).Version;
        await robots.SaveAsync(id, Form(server, "值班群", f => (f.Version, f.Address) = (version, f.Address + "2")), Ct);
        Assert.Null(await undo.LatestAsync(Ct));
        var taken = await Assert.ThrowsAsync<Rejected>(() => robots.SaveAsync(null, Form(server, "值班群"), Ct));
        Assert.Equal(nameof(RobotForm.Name), Assert.Single(taken.Problems).Field);
        var wrong = await Assert.ThrowsAsync<Rejected>(() => robots.SaveAsync(null, Form(server, "新", f => f.Address = "https://evil.example/"), Ct));
        Assert.Equal(nameof(RobotForm.Address), Assert.Single(wrong.Problems).Field);

        async Task<((string Name, RobotState State) Row, long Version)> OneAsync()
        {
            var one = Assert.Single(await robots.ListAsync(ct: Ct));
            return ((one.Name, one.State), one.Version);
        }
    }

    [Fact]
    public async Task A_retired_robot_tells_nothing_that_was_waiting()
    {
        await using var server = await RobotServer.StartAsync();
        server.Answer = () => (503, "");
        await using var host = await OpenAsync(server);
        var id = await AddAsync(host, server, "值班群");
        await EmergencyAsync(host);
        await host.Runner.RunAsync(Ct);
        await (await host.AsAsync(TestUsers.Administrator)).Get<RobotsService>().RetireAsync(id, Ct);
        server.Calls.Clear();

        host.Clock.Advance(TimeSpan.FromMinutes(5));
        await host.Runner.RunAsync(Ct);

        Assert.Empty(server.Calls);
        Assert.Equal(OutboxReason.NotWanted, Assert.Single(await RobotMessagesAsync(host)).Reason);
    }

    [Theory]
    [InlineData(TestUsers.Manager)]
    [InlineData(TestUsers.Dispatcher)]
    [InlineData(TestUsers.Technician)]
    [InlineData(TestUsers.Resident)]
    public async Task Only_administrators_see_and_change_robots(string userName)
    {
        await using var server = await RobotServer.StartAsync();
        await using var host = await OpenAsync(server);
        var id = await AddAsync(host, server, "值班群");
        var robots = (await host.AsAsync(userName)).Get<RobotsService>();
        Func<Task>[] calls =
        [
            () => robots.ListAsync(ct: Ct), () => robots.SaveAsync(null, Form(server, "x"), Ct), () => robots.SaveAsync(id, Form(server, "x"), Ct),
            () => robots.RetireAsync(id, Ct), () => robots.RestoreAsync(id, Ct), () => robots.TestAsync(id, Ct),
        ];

        foreach (var call in calls) await Assert.ThrowsAsync<Forbidden>(call);

        Assert.Empty(server.Calls);
    }

    [Fact]
    public async Task Without_a_robot_events_leave_nothing_behind()
    {
        await using var host = await TestHost.OpenAsync();
        await EmergencyAsync(host);

        await host.Runner.RunAsync(Ct);

        Assert.Equal(0, await host.InDatabaseAsync(db => db.Outbox.CountAsync(Ct)));
    }

    private static Task<TestHost> OpenAsync(RobotServer server, Action<IServiceCollection>? change = null) => TestHost.OpenAsync(services =>
    {
        services.Configure<OfficeOptions>(o => o.Address = Mailing.Address);
        services.Configure<RobotOptions>(o => o.AllowedOrigins.Add(server.Origin));
        change?.Invoke(services);
    });

    private static RobotForm Form(RobotServer server, string name, Action<RobotForm>? change = null)
    {
        var form = new RobotForm { Name = name, Provider = RobotProvider.WeCom, Address = $"{server.Origin}/send?key={Key}" };
        change?.Invoke(form);
        return form;
    }

    private static async Task<long> AddAsync(TestHost host, RobotServer server, string name, Action<RobotForm>? change = null) =>
        await (await host.AsAsync(TestUsers.Administrator)).Get<RobotsService>().SaveAsync(null, Form(server, name, change), Ct);

    private static async Task<string> EmergencyAsync(TestHost host)
    {
        var ticket = await host.TicketAsync();
        await (await host.AsAsync(TestUsers.Dispatcher)).Repairs.ChangeUrgencyAsync(ticket.Id, Urgency.Emergency, Ct);
        return ticket.Number;
    }

    private static Task<List<OutboxMessage>> RobotMessagesAsync(TestHost host) =>
        host.InDatabaseAsync(db => db.Outbox.AsNoTracking().Where(m => m.RobotId != null).OrderBy(m => m.Id).ToListAsync(Ct));
}
