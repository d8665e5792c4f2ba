using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LogisticsAdmin.Data.Undo;
using LogisticsAdmin.Features.Audit;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Operations.PersonData;
using LogisticsAdmin.Features.Outbox;
using LogisticsAdmin.Features.Outbox.Mail;
using LogisticsAdmin.Features.Replies;
using LogisticsAdmin.Features.Voice;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Features.Voice.Desk;
using LogisticsAdmin.Features.Voice.Reading;
using LogisticsAdmin.Features.Voice.Work;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Outbox;
using LogisticsAdmin.Tests.Spreadsheets;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging;
using SmtpServer.Protocol;
using Xunit;

namespace LogisticsAdmin.Tests.Voice;

/// <summary>
/// What a dispatcher and a manager can reach of an anonymous case never tells who sent it, until an administrator opens the name, with a reason, and the
/// reporter is told.
/// </summary>
public sealed class VoiceAnonymityTests
{
    private static readonly JsonSerializerOptions Any = new() { ReferenceHandler = System.Text.Json.Serialization.ReferenceHandler.IgnoreCycles };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_that_a_dispatcher_or_a_manager_reaches_names_the_reporter(bool isRecorded)
    {
        var log = new RecordingLoggerProvider();
        await using var host = await TestHost.OpenAsync(services => services.AddLogging(l => l.AddProvider(log).SetMinimumLevel(LogLevel.Trace)));
        var resident = await host.AsAsync(TestUsers.Resident);
        using var feed = host.Services.GetRequiredService<IChangeFeed>().Subscribe(null, change => change is Changed<VoiceRow>);
        var (id, photo) = await LiveThroughAsync(host, resident, isRecorded);
        var person = await host.InDatabaseAsync(db => db.Users.AsNoTracking().SingleAsync(p => p.Id == resident.PersonId, Ct));
        string[] secrets =
        [
            .. new[] { person.FullName, person.Number, person.PhoneNumber, person.Email, person.UserName, person.Initials }
                .Where(s => !string.IsNullOrEmpty(s)).Select(s => s!),
        ];
        var number = (await host.StoredAsync(id)).Number;

        foreach (var who in new[] { TestUsers.Dispatcher, TestUsers.Manager })
        {
            var desk = await host.AsAsync(who);
            var queries = desk.Get<VoiceQueries>();
            var words = desk.Get<IStringLocalizer<VoiceText>>();
            Demand("rows", (await queries.WindowAsync(new VoiceFilter { View = VoiceView.All }, 50, ct: Ct)).Items);
            Demand("detail", await queries.DetailAsync(id, Ct));
            Demand("search", await queries.SearchAsync(number, 10, Ct));
            Demand("board", await desk.Get<VoiceBoard>().ReadAsync(ct: Ct));
            var exported = await queries.ExportAsync(new VoiceFilter { View = VoiceView.All }, Ct).ToListAsync(Ct);
            Demand("export", exported.Select(r => VoiceExport.Columns(words).Select(c => c.Value(r)?.ToString())));
            Demand("canned reply", (await desk.Get<IEnumerable<IReplySubjects>>().OfType<VoiceReplySubjects>().Single().FindAsync(number, Ct))!);
            foreach (var section in desk.Get<IEnumerable<IReportSection>>().Where(s => s.Code == "voice"))
            {
                var facts = await section.ReadAsync(ReportPeriod.MonthOf(new DateOnly(2026, 11, 1)), null, Ct);
                Demand("things of the report", await section.DescribeAsync([.. facts.Rows.Select(r => r.Id)], Ct));
            }
            // Whatever is typed about the person finds people, and never the case.
            foreach (var provider in desk.Get<IEnumerable<ISearchProvider>>().Where(p => p.Kind == "voice"))
            {
                foreach (var typed in secrets) Assert.Empty(await provider.SearchAsync(typed, 20, Ct));
            }
            Assert.Empty((await queries.WindowAsync(new VoiceFilter { View = VoiceView.All, Text = person.FullName }, 50, ct: Ct)).Items);
            Assert.Equal(0, (await desk.Get<IEnumerable<IPersonSection>>().OfType<VoiceOfPerson>().Single().ReadAsync(resident.PersonId, 5, Ct))!.Total);
            Demand("messages", await host.InDatabaseAsync(db => db.Inbox.AsNoTracking().Where(i => i.PersonId == desk.PersonId).ToListAsync(Ct)));
            Assert.True(await desk.Get<VoicePhotos>().MaySeeAsync(photo, await ActorOfAsync(host, who), Ct));
        }
        var live = await feed.NextAsync(Ct);
        Demand("live rows", live!.Changes.Select(c => (object)c));
        var audit = await (await host.AsAsync(TestUsers.Administrator)).Get<AuditService>().ListAsync(new AuditFilter(), ct: Ct);
        Demand("audit log", audit.Items.Where(a => a.Rows.Any(r => r.Entity.StartsWith("Voice", StringComparison.Ordinal))));
        Assert.DoesNotContain(await host.InDatabaseAsync(db => db.Audit.AsNoTracking().ToListAsync(Ct)), a => a.ActorId == resident.PersonId);
        Assert.DoesNotContain(log.Messages, m => Regex.IsMatch(m, "[Vv]oice.*INSERT|王小雨") && secrets.Any(s => m.Contains(s, StringComparison.Ordinal)));

        void Demand(string what, object reached)
        {
            var json = JsonSerializer.Serialize(reached, Any);
            // Serialized text has no letters beyond ASCII.
            var node = JsonNode.Parse(json)!;
            foreach (var (name, value) in Values(node, ""))
            {
                foreach (var secret in secrets) Assert.False(value.Contains(secret, StringComparison.OrdinalIgnoreCase), $"{what}: {name} has {secret}");
                var isPerson = Regex.IsMatch(name, "Person|Reporter|Actor|Owner|By|Uploaded");
                Assert.False(isPerson && value == resident.PersonId.ToString(CultureInfo.InvariantCulture), $"{what}: {name} is the reporter");
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_table_but_the_reporters_own_has_the_person_beside_the_case(bool isRecorded)
    {
        await using var host = await TestHost.OpenAsync();
        var resident = await host.AsAsync(TestUsers.Resident);
        var (id, _) = await LiveThroughAsync(host, resident, isRecorded);

        await host.InDatabaseAsync(async db =>
        {
            Assert.Equal(resident.PersonId, (await db.VoiceReporters.SingleAsync(r => r.CaseId == id, Ct)).PersonId);
            var stored = await db.VoiceCases.AsNoTracking().SingleAsync(c => c.Id == id, Ct);
            Assert.NotEqual(resident.PersonId, stored.OwnerId);
            Assert.Null(stored.RoomId);
            Assert.DoesNotContain(await db.VoiceEvents.ToListAsync(Ct), e => e.ActorId == resident.PersonId || e.PersonId == resident.PersonId);
            Assert.Empty(await db.VoiceEvents.Where(e => e.Side != VoiceSide.Office && e.ActorId != null).ToListAsync(Ct));
            // The person's own messages lead to their pages, and name no case.
            Assert.All(await db.Inbox.Where(i => i.PersonId == resident.PersonId).ToListAsync(Ct), i => Assert.Equal(("0", null), (i.Subject, i.About)));
            Assert.DoesNotContain(await db.UndoSteps.ToListAsync(Ct), s => s.ActorId == resident.PersonId);
            return 0;
        });
        // What holds a person in the tables of cases: colleagues, the reporter's own table, and +1.
        var columns = await host.InDatabaseAsync(db => Task.FromResult(db.Model.GetEntityTypes()
            .Where(e => e.ClrType.Namespace == typeof(VoiceCase).Namespace)
            .SelectMany(e => e.GetForeignKeys().Where(k => k.PrincipalEntityType.ClrType == typeof(Person)).SelectMany(k => k.Properties)
                .Select(p => $"{e.ClrType.Name}.{p.Name}")).ToList()));
        Assert.Equal(
            [
                "VoiceCase.OwnerId", "VoiceEvent.ActorId", "VoiceEvent.PersonId", "VoiceNameOpening.OpenedById", "VoicePublication.PublishedById",
                "VoiceReporter.PersonId", "VoiceSupport.PersonId",
            ], columns.Order());
    }

    /// <summary>Whoever joins the reporters' table has to stand here, and to be looked at.</summary>
    [Fact]
    public void Few_files_read_who_sent_a_case()
    {
        var files = SourceTree.App(".cs", ".razor").Where(f => f.Value.Contains("VoiceReporter", StringComparison.Ordinal)
            && !f.Key.Contains("/Migrations/", StringComparison.Ordinal)).Select(f => Path.GetFileName(f.Key));
        Assert.Equal(
            [
                "DemoVoice.cs", "PersonDataSheets.cs", "VoiceBoard.cs", "VoiceConfiguration.cs", "VoiceIntake.cs", "VoiceMine.cs", "VoiceMineQueries.cs",
                "VoiceNames.cs", "VoiceNotices.cs", "VoiceNotificationKind.cs", "VoiceOfPerson.cs", "VoicePhotos.cs", "VoiceReporter.cs", "VoiceRow.cs",
                "VoiceWork.cs",
            ], files.Where(f => f != "VoiceSide.cs").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_administrator_opens_the_name_with_a_reason_and_the_reporter_is_told()
    {
        await using var host = await TestHost.OpenAsync();
        var (resident, admin, manager) =
            (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Administrator), await host.AsAsync(TestUsers.Manager));
        var (id, _) = await LiveThroughAsync(host, resident);
        await Assert.ThrowsAsync<NotFound>(() => manager.Get<VoiceNames>().OpenAsync(id, new VoiceVerbForm { Text = "想知道" }, Ct));
        await Assert.ThrowsAsync<Rejected>(() => admin.Get<VoiceNames>().OpenAsync(id, new VoiceVerbForm { Text = " " }, Ct));

        var name = await admin.Get<VoiceNames>().OpenAsync(id, new VoiceVerbForm { Text = "内容涉及人身安全" }, Ct);

        Assert.Equal("王小雨", name.FullName);
        var written = (await admin.Get<AuditService>().ListAsync(new AuditFilter(), ct: Ct)).Items[0];
        Assert.Contains(written.Rows, r => r.Entity == nameof(VoiceNameOpening) && r.New as string == "内容涉及人身安全");
        Assert.DoesNotContain(written.Rows, r => (r.New as string)?.Contains("王小雨", StringComparison.Ordinal) == true);
        Assert.Contains(await host.InDatabaseAsync(db => db.Inbox.Where(i => i.PersonId == resident.PersonId).ToListAsync(Ct)),
            i => i.Kind == (int)VoiceNotification.NameOpened);
        Assert.Contains((await resident.MineAsync(id)).Timeline, e => e.Verb == VoiceVerb.OpenName && e.Note == "内容涉及人身安全");
        Assert.Null((await manager.CaseAsync(id)).Row.Reporter);
        var named = await resident.SendAsync("实名的");
        await Assert.ThrowsAsync<Rejected>(() => admin.Get<VoiceNames>().OpenAsync(named, new VoiceVerbForm { Text = "想知道" }, Ct));
    }

    [Fact]
    public async Task An_administrator_does_not_learn_from_messages_and_mails_who_sent_a_case_and_the_reporter_reads_them()
    {
        await using var server = MailServer.Start();
        server.Recipient = address => new SmtpResponse(SmtpReplyCode.MailboxUnavailable, $"no such user {address}");
        await using var host = await TestHost.OpenAsync(Mailing.To(server.Port));
        var (resident, admin) = (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Administrator));
        await host.WithMailAsync(TestUsers.Resident);
        await host.InDatabaseAsync(db =>
        {
            db.Add(new MailPreference(resident.PersonId, (int)VoiceNotification.Answered, MailMode.AtOnce));
            return db.SaveChangesAsync(Ct);
        });
        await LiveThroughAsync(host, resident);
        await host.Runner.RunAsync(Ct);
        Assert.NotEmpty(await host.OutboxAsync());

        var received = await admin.Get<IEnumerable<IPersonSection>>().OfType<ReceivedMessages>().Single().ReadAsync(resident.PersonId, 5, Ct);
        Assert.Equal(0, received!.Total);
        Assert.Empty(received.Lines);
        foreach (var file in new[] { "messages", "mails" })
        {
            Assert.Equal(1, await RowsAsync(admin, file));
            Assert.True(await RowsAsync(resident, file) > 1);
        }
        var outbox = admin.Get<OutboxService>();
        var dead = (await outbox.ListAsync(new OutboxFilter(), Ct)).Items;
        Assert.NotEmpty(dead);
        Assert.All(dead, m => Assert.Equal((null, "", null, null), (m.PersonId, m.Recipient, m.LastError, m.MessageId)));
        Assert.Equal(dead, await outbox.AllAsync(new OutboxFilter(), Ct).ToListAsync(Ct));
        foreach (var typed in new[] { "王小雨", $"{TestUsers.Resident}@example.edu", "no such user", (await host.OutboxAsync())[0].MessageId! })
            Assert.Equal(0, (await outbox.ListAsync(new OutboxFilter { Text = typed }, Ct)).Total);
        var mine = (await resident.Get<InboxService>().ReadAsync(ct: Ct)).Lines;
        Assert.NotEmpty(mine);
        Assert.All(mine, m => Assert.Null(m.Named));

        // The heading is a row too.
        async Task<int> RowsAsync(Desk desk, string file)
        {
            await using var zip = new ZipArchive(await desk.Get<PersonDataService>().ExportAsync(resident.PersonId, Ct));
            await using var from = await zip.GetEntry($"{file}.xlsx")!.OpenAsync(Ct);
            var book = new MemoryStream();
            await from.CopyToAsync(book, Ct);
            return new ReadBack(book.ToArray()).Rows.Count;
        }
    }

    [Fact]
    public async Task Who_of_the_office_sent_an_anonymous_case_gets_the_same_messages_as_their_colleagues()
    {
        await using var host = await TestHost.OpenAsync();
        var (office, colleague) = (await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.EnglishDispatcher));
        var id = await office.SendAsync(anonymous: true);
        await office.SayAsync(id, VoiceVerb.Add, "昨晚又停了");

        foreach (var kind in new[] { VoiceNotification.Submitted, VoiceNotification.ReporterActed })
        {
            var told = await host.InDatabaseAsync(db => db.Inbox.Where(i => i.Kind == (int)kind).Select(i => i.PersonId).ToListAsync(Ct));
            Assert.Contains(office.PersonId, told);
            Assert.Contains(colleague.PersonId, told);
        }
    }

    [Fact]
    public async Task Things_that_may_belong_to_one_person_are_not_kept_of_an_anonymous_case()
    {
        await using var host = await TestHost.OpenAsync();
        var service = (await host.AsAsync(TestUsers.Resident)).Get<VoiceMine>();

        foreach (var kind in new[] { "ticket", "bill", "notice" }) Assert.True(service.IsPersonal(kind), kind);
    }

    /// <summary>An anonymous case with everything that can happen to one, sent by its reporter or recorded by the office.</summary>
    private static async Task<(long Id, Guid Photo)> LiveThroughAsync(TestHost host, Desk resident, bool isRecorded = false)
    {
        var (office, manager) = (await host.AsAsync(TestUsers.Dispatcher), await host.AsAsync(TestUsers.Manager));
        var photo = await (isRecorded ? office : resident).PhotoAsync();
        var id = isRecorded
            ? await office.RecordAsync(resident.PersonId, anonymous: true, place: "room", photos: [photo])
            : await resident.Get<VoiceMine>().SubmitAsync(
                new VoiceSubmitForm { Kind = VoiceKind.Complaint, Text = VoiceSteps.Text, Anonymous = true, Place = "room", Photos = [photo] }, Ct);
        if (!isRecorded) await office.DoAsync(id, VoiceVerb.Take);
        await office.DoAsync(id, VoiceVerb.Reply, new VoiceVerbForm { Text = "正在核实", Photos = [await office.PhotoAsync()] });
        await office.DoAsync(id, VoiceVerb.Note, new VoiceVerbForm { Text = "已看现场", Photos = [await office.PhotoAsync()] });
        await resident.SayAsync(id, VoiceVerb.Add, "昨晚又停了");
        await office.DoAsync(id, VoiceVerb.HandOver, new VoiceVerbForm { ToPersonId = (await host.AsAsync(TestUsers.EnglishDispatcher)).PersonId });
        await office.DoAsync(id, VoiceVerb.Settle, "已办");
        await resident.SayAsync(id, VoiceVerb.Reopen, "没有解决");
        await office.DoAsync(id, VoiceVerb.Settle, "再次办理");
        await resident.SayAsync(id, VoiceVerb.Appeal, "不同意");
        await manager.DoAsync(id, VoiceVerb.Decide, new VoiceVerbForm { Text = "支持", Upheld = true });
        await resident.SayAsync(id, VoiceVerb.Rate, satisfaction: Satisfaction.Fair);
        await office.Get<VoiceBoard>().PublishAsync(id, new VoicePublishForm { Title = "热水", Question = "热水太早停", Answer = "已延长" }, Ct);
        return (id, photo);
    }

    private static async Task<Actor> ActorOfAsync(TestHost host, string who) => (await host.AsAsync(who)).Get<CurrentUser>().Actor;

    private static IEnumerable<(string Name, string Value)> Values(JsonNode? node, string name) => node switch
    {
        JsonObject o => o.SelectMany(p => Values(p.Value, p.Key)),
        JsonArray a => a.SelectMany(n => Values(n, name)),
        null => [],
        _ => [(name, node.ToString())],
    };
}
