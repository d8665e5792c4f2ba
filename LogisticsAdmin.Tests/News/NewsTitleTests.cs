using System.Globalization;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.News.Proof;
using LogisticsAdmin.Features.News.Publishing;
using LogisticsAdmin.Features.News.Writing;
using LogisticsAdmin.Features.Outbox;
using LogisticsAdmin.Features.Outbox.Mail;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Outbox;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.News;

/// <summary>Messages and mails show the title as it is now, in the reader's language, to those who may see it.</summary>
public sealed class NewsTitleTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_and_its_mail_have_the_title_in_the_reader_s_language_and_none_is_stored()
    {
        await using var server = MailServer.Start();
        await using var host = await TestHost.OpenAsync(Mailing.To(server.Port));
        var (admin, student) = (await host.AsAsync(TestUsers.Administrator), await EnglishReaderAsync(host, MailMode.AtOnce));
        var draft = await PublishAsync(host, admin);

        await host.Runner.RunAsync(Ct);

        var mail = server.Received.Single(m => m.To.Mailboxes.Single().Address == "student@example.edu");
        Assert.Equal($"Urgent notice · {draft.Number} · Water cut", mail.Subject);
        Assert.DoesNotContain("停水", mail.TextBody + mail.HtmlBody, StringComparison.Ordinal);
        Assert.Equal(new LocalName("停水通知", "Water cut"), Assert.Single(await LinesAsync(student)).About);
        await admin.Get<ProofService>().RemindAsync(draft.Number, Ct);
        Assert.All(await LinesAsync(student), l => Assert.Equal("Water cut", l.About!.En));
        Assert.False(await host.InDatabaseAsync(db => db.Inbox.AnyAsync(m => m.Subject == draft.Number && m.About != null, Ct)));
        Assert.False(await host.InDatabaseAsync(db => db.Outbox.AnyAsync(m => m.Subject == draft.Number && m.About != null, Ct)));
    }

    [Fact]
    public async Task A_corrected_title_is_in_the_inbox_the_export_the_person_s_page_and_the_digest()
    {
        await using var server = MailServer.Start();
        await using var host = await TestHost.OpenAsync(Mailing.To(server.Port));
        var (admin, student) = (await host.AsAsync(TestUsers.Administrator), await EnglishReaderAsync(host, MailMode.Daily));
        var draft = await PublishAsync(host, admin);
        var form = new NewsForm { Version = draft.Version, Title = "停电通知", TitleEn = "Power cut", Body = "改了。", BodyEn = "Changed." };

        await admin.Get<NewsService>().CorrectAsync(draft.Id, form, new LocalName("停电", "Power, not water"), tellsAgain: false, Ct);
        host.Clock.Advance(TimeSpan.FromDays(1));
        await host.Runner.RunAsync(Ct);

        var mail = server.Received.Single(m => m.To.Mailboxes.Single().Address == "student@example.edu");
        Assert.Contains("Power cut", mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("Water cut", mail.TextBody + mail.HtmlBody, StringComparison.Ordinal);
        Assert.Equal(new LocalName("停电通知", "Power cut"), Assert.Single(await LinesAsync(student)).About);
        Assert.Equal("Power cut", (await student.Get<InboxService>().AllAsync(Ct).SingleAsync(Ct)).About!.En);
        Assert.Equal("停电通知", await OnPersonsPageAsync(admin, student));
    }

    [Fact]
    public async Task Who_moved_out_sees_no_title_any_more_and_neither_does_anybody_of_a_withdrawn_item()
    {
        await using var server = MailServer.Start();
        await using var host = await TestHost.OpenAsync(Mailing.To(server.Port));
        var (admin, student) = (await host.AsAsync(TestUsers.Administrator), await EnglishReaderAsync(host, MailMode.Daily));
        var building = await host.InDatabaseAsync(db => db.Buildings.Where(b => b.Name == "竹园3号楼").Select(b => b.Id).SingleAsync(Ct));
        var ofBuilding = await PublishAsync(host, admin, form => (form.TitleEn, form.Audience) = ("Water cut in the building", new AudienceRule(
            [new AudienceLine(AudienceField.Building, [building.ToString(CultureInfo.InvariantCulture)])], [])));
        var ofAll = await PublishAsync(host, admin, form => form.TitleEn = "Water cut everywhere");
        Assert.All(await LinesAsync(student), l => Assert.NotNull(l.About));

        await host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            var rooms = db.Set<Room>();
            var elsewhere = await rooms.Where(r => r.Beds.Count > 0 && r.Building.Code == "Z1").OrderBy(r => r.Id).Select(r => r.Id).FirstAsync(token);
            var person = await db.Users.SingleAsync(p => p.Id == student.PersonId, token);
            await Housing.MoveAsync(db, person, elsewhere, null, host.Clock.GetUtcNow(), token);
            return true;
        }, Ct));
        host.Clock.Advance(TimeSpan.FromDays(1));
        await host.Runner.RunAsync(Ct);

        var mail = server.Received.Single(m => m.To.Mailboxes.Single().Address == "student@example.edu");
        Assert.Contains("Water cut everywhere", mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("Water cut in the building", mail.TextBody + mail.HtmlBody, StringComparison.Ordinal);
        var lines = await LinesAsync(student);
        Assert.Null(lines.Single(l => l.Subject == ofBuilding.Number).About);
        Assert.Equal("Water cut everywhere", lines.Single(l => l.Subject == ofAll.Number).About!.En);
        await admin.Get<NewsService>().WithdrawAsync(ofAll.Id, "有误", Ct);
        Assert.All(await LinesAsync(student), l => Assert.Null(l.About));
        Assert.Equal("", await OnPersonsPageAsync(admin, student));
    }

    [Fact]
    public async Task A_title_that_an_earlier_version_stored_is_not_shown()
    {
        await using var host = await TestHost.OpenAsync();
        var (admin, student) = (await host.AsAsync(TestUsers.Administrator), await host.AsAsync(TestUsers.Resident));
        var draft = await admin.DraftNewsAsync(form => form.Audience = NewsSteps.Role("Technician"));
        await admin.Get<NewsService>().ReleaseAsync(draft.Id, Ct);
        await host.InDatabaseAsync(db =>
        {
            db.Inbox.Add(new InboxItem(student.PersonId, (int)NewsNotification.Published, draft.Number, null, TestHost.Start, "旧标题"));
            return db.SaveChangesAsync(Ct);
        });

        Assert.Null(Assert.Single(await LinesAsync(student)).About);
    }

    [Fact]
    public async Task The_title_of_a_draft_is_shown_to_reviewers_while_they_may_publish()
    {
        await using var host = await TestHost.OpenAsync();
        await host.MayPublishAsync(TestUsers.Manager);
        var (admin, manager) = (await host.AsAsync(TestUsers.Administrator), await host.AsAsync(TestUsers.Manager));
        var draft = await admin.DraftNewsAsync(column: "fees");
        await admin.Get<NewsService>().SubmitAsync(draft.Id, Ct);
        Assert.Equal(new LocalName("停水通知", "Water cut"), Assert.Single(await LinesAsync(manager)).About);

        await host.InDatabaseAsync(async db =>
        {
            db.RemoveRange(await db.NewsPublishers.ToListAsync(Ct));
            return await db.SaveChangesAsync(Ct);
        });

        Assert.Null(Assert.Single(await LinesAsync(manager)).About);
    }

    private static async Task<Desk> EnglishReaderAsync(TestHost host, MailMode mode)
    {
        await host.WithMailAsync(TestUsers.Resident);
        var student = await host.AsAsync(TestUsers.Resident);
        await host.InDatabaseAsync(async db =>
        {
            (await db.Users.SingleAsync(p => p.Id == student.PersonId, Ct)).SetLanguage(Languages.English);
            db.Add(new MailPreference(student.PersonId, (int)NewsNotification.Urgent, mode));
            return await db.SaveChangesAsync(Ct);
        });
        return student;
    }

    private static async Task<NewsDraft> PublishAsync(TestHost host, Desk writer, Action<NewsForm>? change = null)
    {
        var draft = await writer.DraftNewsAsync(form =>
        {
            form.IsUrgent = true;
            change?.Invoke(form);
        });
        var published = await writer.Get<NewsService>().ReleaseAsync(draft.Id, Ct);
        await host.AsSystem().Get<NewsDelivery>().TellAsync(Ct);
        return published;
    }

    private static async Task<IReadOnlyList<InboxLine>> LinesAsync(Desk reader) => (await reader.Get<InboxService>().ReadAsync(ct: Ct)).Lines;

    /// <summary>What the newest message of the person is about, as an administrator who works in Chinese sees it.</summary>
    private static async Task<string> OnPersonsPageAsync(Desk admin, Desk person)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.Chinese);
        var section = admin.Get<IEnumerable<IPersonSection>>().OfType<ReceivedMessages>().Single();
        return (await section.ReadAsync(person.PersonId, 5, Ct))!.Lines[0].About;
    }
}
