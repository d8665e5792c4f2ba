using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Imports;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.Onboarding.Leaving;
using LogisticsAdmin.Features.Onboarding.RoomChanges;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Features.Operations.PersonData;
using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Features.Outbox;
using LogisticsAdmin.Features.Outbox.Mail;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Costs;
using LogisticsAdmin.Features.Repairs.Crews;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Spreadsheets;
using LogisticsAdmin.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Operations;

/// <summary>Everything about one person as a zip, for administrators and for the person.</summary>
public sealed class PersonDataTests
{
    private const string Internal = "内部：住户很难联系";
    private const string Signed = "热水供应时间太短", Hidden = "宿管阿姨态度不好";

    private static readonly string[] Kinds =
    [
        "person", "changes", "stays", "sign-ins", "sessions", "passkeys", "tickets", "comments", "jobs", "costs", "absences", "messages", "mails",
        "mail-choices", "news", "orders", "cases", "check-in", "keys", "leaving", "room-changes", "acts", "imports",
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(TestUsers.Manager)]
    [InlineData(TestUsers.Dispatcher)]
    [InlineData(TestUsers.Technician)]
    [InlineData(TestUsers.Resident)]
    public async Task Only_administrators_export_somebody_else(string userName)
    {
        await using var host = await TestHost.OpenAsync();
        var desk = await host.AsAsync(userName);
        var other = (await host.AsAsync(TestUsers.EnglishDispatcher)).PersonId;

        await Assert.ThrowsAsync<Forbidden>(() => desk.Get<PersonDataService>().ExportAsync(other, Ct));
        await using var own = await desk.Get<PersonDataService>().ExportAsync(desk.PersonId, Ct);

        Assert.True(own.Length > 0);
        Assert.Equal([desk.PersonId], await host.InDatabaseAsync(db => db.Audit.Where(a => a.Field == "DataExport").Select(a => a.EntityId).ToListAsync(Ct)));
    }

    [Fact]
    public async Task Every_kind_of_data_about_a_person_is_there_without_secrets_and_the_export_is_one_act()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.Chinese);
        await using var host = await TestHost.OpenAsync();
        var technician = await host.AsAsync(TestUsers.Technician);
        await FillAsync(host, technician);
        await host.InDatabaseAsync(db => AddOnboardingAsync(db, technician.PersonId, host.Clock.GetUtcNow()));
        var admin = await host.AsAsync(TestUsers.Administrator);

        var (books, names) = await ReadAsync(await admin.Get<PersonDataService>().ExportAsync(technician.PersonId, Ct));

        Assert.Equal(Kinds.Order(), books.Keys.Order());
        Assert.All(books, book => Assert.True(book.Value.Rows.Count > 1, $"{book.Key} is empty"));
        Assert.All(books.Values, book => Assert.Empty(book.SchemaErrors));
        Assert.Contains("portrait.jpg", names);
        Assert.Contains("孙强", Text(books["person"]), StringComparison.Ordinal);
        Assert.Contains("手机", Text(books["passkeys"]), StringComparison.Ordinal);
        Assert.Contains(Internal, Text(books["comments"]), StringComparison.Ordinal);
        foreach (var (book, said) in new (string, string[])[]
        {
            ("check-in", ["秋季迎新", "手机号有误", "早睡早起", "希望安静", "家庭困难", "2026-11-25 09:00", "未带录取通知书"]),
            ("keys", ["Z3-512-9"]), ("leaving", ["毕业生离校", "门锁损坏", "60"]),
            ("room-changes", ["TD20261101-0001", "离实验室近", "床位另有安排", "TD20261101-0002", "我怕吵"]),
        })
        {
            foreach (var word in said) Assert.Contains(word, Text(books[book]), StringComparison.Ordinal);
        }
        // What others wrote about themselves is theirs.
        Assert.DoesNotContain("室友的理由", Text(books["room-changes"]), StringComparison.Ordinal);
        var hash = await host.InDatabaseAsync(db => db.Users.Where(p => p.Id == technician.PersonId).Select(p => p.PasswordHash).SingleAsync(Ct));
        Assert.All(books.Values, book => Assert.DoesNotContain(hash!, Text(book), StringComparison.Ordinal));
        var acts = await host.InDatabaseAsync(db => db.Audit.Where(a => a.ActorId == admin.PersonId && a.Entity == nameof(Person)).ToListAsync(Ct));
        Assert.Equal(("DataExport", technician.PersonId), Assert.Single(acts.Select(a => (a.Field, a.EntityId))));
    }

    [Fact]
    public async Task Somebody_exports_their_own_data_five_times_a_day_also_when_they_ask_at_the_same_time_and_an_administrator_without_limit()
    {
        await using var host = await TestHost.OpenAsync();
        var desks = await Task.WhenAll(Enumerable.Range(0, PersonDataService.PerDay + 3).Select(_ => host.AsAsync(TestUsers.Resident)));
        var admin = await host.AsAsync(TestUsers.Administrator);

        var problems = await Task.WhenAll(desks.Select(d => Record.ExceptionAsync(() => ExportAsync(d, d.PersonId)).AsTask()));
        for (var i = 0; i <= PersonDataService.PerDay; i++) await ExportAsync(admin, desks[0].PersonId);

        Assert.Equal(3, problems.OfType<Rejected>().Count(p => p.Code == "TooManyExports"));
        Assert.Equal(PersonDataService.PerDay, problems.Count(p => p is null));
        host.Clock.Advance(TimeSpan.FromDays(1));
        await ExportAsync(desks[0], desks[0].PersonId);

        static async Task ExportAsync(Desk desk, long person) => await (await desk.Get<PersonDataService>().ExportAsync(person, Ct)).DisposeAsync();
    }

    [Fact]
    public async Task A_resident_gets_no_internal_notes_not_even_those_they_wrote_as_staff_and_no_notes_of_others()
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync();
        var (admin, dispatcher) = (await host.AsAsync(TestUsers.Administrator), await host.AsAsync(TestUsers.Dispatcher));
        var id = (await host.AsAsync(TestUsers.Resident)).PersonId;
        await dispatcher.Repairs.CommentAsync(ticket.Id, new CommentForm { Text = "别人的话", Internal = true }, Ct);
        await admin.Get<PeopleBulk>().AddRoleAsync([id], Role.Dispatcher, ct: Ct);
        await (await host.AsAsync(TestUsers.Resident)).Repairs.CommentAsync(ticket.Id, new CommentForm { Text = Internal, Internal = true }, Ct);
        await (await host.AsAsync(TestUsers.Resident)).Repairs.CommentAsync(ticket.Id, new CommentForm { Text = "请尽快" }, Ct);
        await admin.Get<PeopleBulk>().RemoveRoleAsync([id], Role.Dispatcher, ct: Ct);

        var (books, _) = await ReadAsync(await (await host.AsAsync(TestUsers.Resident)).Get<PersonDataService>().ExportAsync(id, Ct));

        var all = string.Concat(books.Values.Select(Text));
        Assert.Contains("请尽快", all, StringComparison.Ordinal);
        Assert.Contains(ticket.Number, Text(books["tickets"]), StringComparison.Ordinal);
        Assert.DoesNotContain(Internal, all, StringComparison.Ordinal);
        Assert.DoesNotContain("别人的话", all, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_download_of_oneself_is_a_zip_and_that_of_others_is_refused()
    {
        await using var app = await TestApp.StartAsync();
        var resident = await app.SignInAsync(TestUsers.Resident);

        using var file = await resident.GetAsync("/Account/Data.zip", Ct);
        using var refused = await resident.GetAsync("/people/1/data.zip", Ct);

        Assert.Equal((HttpStatusCode.OK, "application/zip"), (file.StatusCode, file.Content.Headers.ContentType?.MediaType));
        await using var zip = new ZipArchive(await file.Content.ReadAsStreamAsync(Ct));
        Assert.NotNull(zip.GetEntry("person.xlsx"));
        Assert.NotEqual(HttpStatusCode.OK, refused.StatusCode);
    }

    [Fact]
    public async Task Anonymous_complaints_are_in_the_own_export_only()
    {
        await using var host = await TestHost.OpenAsync();
        var (resident, admin) = (await host.AsAsync(TestUsers.Resident), await host.AsAsync(TestUsers.Administrator));
        await host.InDatabaseAsync(async db =>
        {
            var now = host.Clock.GetUtcNow();
            AddCase(db, resident.PersonId, "TS20261101-0001", Signed, isAnonymous: false, now);
            AddCase(db, resident.PersonId, "TS20261101-0002", Hidden, isAnonymous: true, now);
            return await db.SaveChangesAsync(Ct);
        });

        var (own, _) = await ReadAsync(await resident.Get<PersonDataService>().ExportAsync(resident.PersonId, Ct));
        var (others, _) = await ReadAsync(await admin.Get<PersonDataService>().ExportAsync(resident.PersonId, Ct));

        Assert.Contains(Signed, Text(own["cases"]), StringComparison.Ordinal);
        Assert.Contains(Hidden, Text(own["cases"]), StringComparison.Ordinal);
        Assert.Contains(Signed, Text(others["cases"]), StringComparison.Ordinal);
        Assert.All(others.Values, book => Assert.DoesNotContain(Hidden, Text(book), StringComparison.Ordinal));
    }

    /// <summary>Something of each kind about the technician.</summary>
    private static async Task FillAsync(TestHost host, Desk technician)
    {
        var id = technician.PersonId;
        var ticket = await host.TicketAsync(TicketStatus.InProgress);
        await technician.Get<RepairCosts>().AddLabourAsync(ticket.Id, new UseLabourForm { Minutes = 25 }, Ct);
        await technician.Repairs.CommentAsync(ticket.Id, new CommentForm { Text = Internal, Internal = true }, Ct);
        await technician.Intake.SubmitAsync(await host.FormAsync(), Ct);
        var notice = await (await host.AsAsync(TestUsers.Administrator)).DraftNewsAsync();
        await host.InDatabaseAsync(async db =>
        {
            var now = host.Clock.GetUtcNow();
            db.Add(new PersonPicture(id, [1], now));
            var order = new PlacedOrder("DC20261101-0001", ShelfKind.Goods, id, PickUpCode.New(), null, id, now);
            order.Add(await db.ShelfItems.Where(i => i.Shelf == ShelfKind.Goods).OrderBy(i => i.Id).FirstAsync(Ct), 2);
            db.Add(order);
            AddCase(db, id, "TS20261101-0001", Signed, isAnonymous: false, now);
            db.Add(new SignInRecord { PersonId = id, At = now, Method = SignInMethod.Password, Succeeded = true });
            db.Add(new Session { PersonId = id, StartedAt = now, LastSeenAt = now, Method = SignInMethod.Password });
            var item = new InboxItem(id, 1, ticket.Number, null, now);
            db.Add(item);
            db.Add(OutboxMessage.OfInbox(MailChannel.Name, item, now, isDigest: false));
            db.Add(new MailPreference(id, 1, MailMode.AtOnce));
            db.Add(new NewsRecipient(notice.Id, id, null, null));
            db.Add(new ImportBatch("people", "名单.xlsx", "Sheet1", id, now, new ImportCounts(1, 0, 0, 0)));
            db.Add(new Occupancy(id, await db.Rooms.Select(r => r.Id).FirstAsync(Ct), null, now));
            db.Add(new Absence(id, new DateOnly(2026, 12, 1), new DateOnly(2026, 12, 2), AbsenceReason.Leave, null, null, id, now));
            var passkey = new IdentityPasskeyData { PublicKey = [1], Name = "手机", AttestationObject = [1], ClientDataJson = [1], Transports = [] };
            db.UserPasskeys.Add(new IdentityUserPasskey<long> { UserId = id, CredentialId = [1], Data = passkey });
            db.Audit.Add(new AuditEntry { Entity = nameof(Person), EntityId = id, Field = "PhoneNumber", Old = "1", New = "2", At = now, ActorId = id });
            return await db.SaveChangesAsync(Ct);
        });
    }

    /// <summary>
    /// A check-in, a key, a round of leaving, a room change that the office turned down, and one of somebody else that the person turned down.
    /// </summary>
    private static async Task<int> AddOnboardingAsync(LogisticsDb db, long id, DateTimeOffset now)
    {
        var day = new DateOnly(2026, 11, 25);
        var season = new OnboardingSeason(new LocalName("秋季迎新", "Autumn intake"), 2026, day, day);
        var round = new LeavingRound(new LocalName("毕业生离校", "Leaving"), day, day);
        db.AddRange(season, round);
        await db.SaveChangesAsync(Ct);
        var (group, time) = (new SeasonGroup(season.Id, "一组", now, now.AddHours(1)), new DeskTime(season.Id, day, new TimeOnly(9, 0), new TimeOnly(10, 0), 9));
        db.AddRange(group, time);
        await db.SaveChangesAsync(Ct);
        var bed = await db.Beds.OrderBy(b => b.Id).FirstAsync(Ct);
        var other = await db.Users.Where(p => p.UserName == TestUsers.Resident).Select(p => p.Id).SingleAsync(Ct);
        var freshman = new Freshman(season.Id, group.Id, id, ArrivalCode.New());
        freshman.ConfirmData("手机号有误", now);
        freshman.Wish(SleepRhythm.Early, wantsQuiet: true);
        freshman.Give(bed.Id, null, now);
        freshman.DeferFees(new Money(2_000), "家庭困难", now);
        freshman.Arrive(time.Id);
        freshman.CheckIn(id, "未带录取通知书", now);
        var leaver = new Leaver(round.Id, id, bed.RoomId, bed.Id);
        leaver.Inspect(bed.RoomId, "门锁损坏", new Money(6_000), id, now);
        var own = new RoomChange("TD20261101-0001", id, null, bed.Id, "离实验室近", [], now);
        own.Refuse(other, "床位另有安排", now);
        var theirs = new RoomChange("TD20261101-0002", other, null, bed.Id, "室友的理由", [id], now);
        theirs.Vote(id, agrees: false, "我怕吵", now);
        db.AddRange(freshman, new RoomKey(id, bed.RoomId, "Z3-512-9", id, now), leaver, own, theirs);
        return await db.SaveChangesAsync(Ct);
    }

    private static void AddCase(LogisticsDb db, long person, string number, string text, bool isAnonymous, DateTimeOffset now)
    {
        var sent = VoiceCase.Submit(number, new VoiceReport(VoiceKind.Complaint, text, isAnonymous), now);
        db.Add(sent);
        db.Add(new VoiceReporter(sent, person));
    }

    private static async Task<(Dictionary<string, ReadBack> Books, List<string> Names)> ReadAsync(Stream file)
    {
        await using (file)
        {
            await using var zip = new ZipArchive(file);
            Dictionary<string, ReadBack> books = [];
            foreach (var entry in zip.Entries.Where(e => e.Name.EndsWith(".xlsx", StringComparison.Ordinal)))
            {
                await using var from = await entry.OpenAsync(Ct);
                var book = new MemoryStream();
                await from.CopyToAsync(book, Ct);
                books.Add(Path.GetFileNameWithoutExtension(entry.Name), new ReadBack(book.ToArray()));
            }
            return (books, [.. zip.Entries.Select(e => e.FullName)]);
        }
    }

    private static string Text(ReadBack book) =>
        book.Rows.Aggregate(new StringBuilder(), (text, row) => text.AppendJoin('|', row).Append('\n')).ToString();
}
