using System.Text;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Outbox;
using LogisticsAdmin.Features.Outbox.Mail;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Xunit;

namespace LogisticsAdmin.Tests.Outbox;

/// <summary>What stands in a mail, as a mail program reads it.</summary>
public sealed class MailTextTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_mail_has_plain_text_and_html_with_links_and_says_why_it_came()
    {
        await using var server = MailServer.Start();
        await using var host = await TestHost.OpenAsync(Mailing.To(server.Port));
        var number = await host.WaitingMailAsync();
        await host.Runner.RunAsync(Ct);

        var mail = Assert.Single(server.Received);

        var item = await host.InDatabaseAsync(db => db.Set<Features.Inbox.InboxItem>().OrderByDescending(i => i.Id).Select(i => i.Id).FirstAsync(Ct));
        Assert.Equal($"有新留言 · {number} · 洗手池水龙头关不紧", mail.Subject);
        Assert.Equal(("后勤服务中心", "repairs@example.edu"), (mail.From.Mailboxes.Single().Name, mail.From.Mailboxes.Single().Address));
        Assert.Equal(("王小雨", "student@example.edu"), (mail.To.Mailboxes.Single().Name, mail.To.Mailboxes.Single().Address));
        Assert.Equal("auto-generated", mail.Headers[HeaderId.AutoSubmitted]);
        Assert.Equal("zh-CN", mail.Body!.Headers[HeaderId.ContentLanguage]);
        Assert.Equal(TestHost.Start, mail.Date);
        var link = $"{Mailing.Address}/my/messages/{item}";
        foreach (var text in new[] { mail.TextBody, mail.HtmlBody })
        {
            foreach (var part in new[] { number, "洗手池水龙头关不紧", "2026-11-22 14:00", link, $"{Mailing.Address}/my/mail", $"{Mailing.Address}/mail/unsubscribe/" })
                Assert.Contains(part, text, StringComparison.Ordinal);
        }
        Assert.StartsWith($"<{Mailing.Address}/mail/unsubscribe/", mail.Headers[HeaderId.ListUnsubscribe], StringComparison.Ordinal);
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers[HeaderId.ListUnsubscribePost]);
    }

    [Fact]
    public async Task A_mail_is_in_its_reader_s_language()
    {
        await using var server = MailServer.Start();
        await using var host = await TestHost.OpenAsync(Mailing.To(server.Port));
        var person = await host.WithMailAsync(TestUsers.EnglishDispatcher);
        await host.TellAsync(person, "BX1", kind: RepairNotification.EmergencyReported);

        await host.Runner.RunAsync(Ct);

        var mail = Assert.Single(server.Received);
        Assert.Equal("en", mail.Body!.Headers[HeaderId.ContentLanguage]);
        Assert.DoesNotContain("紧急", mail.Subject + mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("Unsubscribe", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("lang=\"en\"", mail.HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_app_s_address_a_mail_has_no_link_at_all()
    {
        await using var server = MailServer.Start();
        await using var host = await TestHost.OpenAsync(services =>
        {
            Mailing.To(server.Port)(services);
            services.Configure<OfficeOptions>(o => o.Address = null);
        });
        await host.WaitingMailAsync();

        await host.Runner.RunAsync(Ct);

        var mail = Assert.Single(server.Received);
        Assert.Null(mail.Headers[HeaderId.ListUnsubscribe]);
        Assert.DoesNotContain("http", mail.TextBody + mail.HtmlBody, StringComparison.Ordinal);
        Assert.DoesNotContain("<a ", mail.HtmlBody, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("水龙头\r\nBcc: victim@example.org\r\n\r\n<script>alert(1)</script>")]
    [InlineData("水\u2028Bcc: victim@example.org")]
    [InlineData("=?utf-8?B?QmNjOiB2aWN0aW0=?=\nX-Evil: 1")]
    [InlineData("</p><img src=x onerror=alert(1)>\0\u0007")]
    [InlineData("🚿🧑‍🔧 漏水 Ａ\u202Eabc")]
    public async Task What_somebody_typed_becomes_neither_a_header_nor_markup(string about)
    {
        await using var server = MailServer.Start();
        await using var host = await TestHost.OpenAsync(Mailing.To(server.Port));
        var person = await host.WithMailAsync(TestUsers.Resident);
        var ticket = await host.TicketAsync();
        await host.TellAsync(person, ticket.Number, about: about);

        await host.Runner.RunAsync(Ct);

        var mail = Assert.Single(server.Received);
        Assert.Empty(mail.Bcc);
        Assert.Empty(mail.Cc);
        Assert.DoesNotContain(mail.Headers, h => h.Field is "X-Evil" or "Bcc");
        Assert.Equal(["student@example.edu"], mail.To.Mailboxes.Select(m => m.Address));
        Assert.DoesNotContain("<script", mail.HtmlBody, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", mail.HtmlBody, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(mail.Subject!, char.IsControl);
        using var raw = new MemoryStream();
        await mail.WriteToAsync(raw, Ct);
        var headers = Encoding.ASCII.GetString(raw.ToArray()).Split("\r\n\r\n")[0];
        Assert.DoesNotContain("\nBcc", headers, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Names_with_line_breaks_and_emoji_arrive_as_one_recipient()
    {
        await using var server = MailServer.Start();
        await using var host = await TestHost.OpenAsync(Mailing.To(server.Port));
        var person = await host.WithMailAsync(TestUsers.Resident);
        await host.InDatabaseAsync(async db =>
        {
            var entry = db.Entry(await db.Users.SingleAsync(p => p.Id == person, Ct));
            entry.Property(p => p.FullName).CurrentValue = "王\r\nBcc: x@example.org 🎉 \"小雨\" <y@example.org>";
            return await db.SaveChangesAsync(Ct);
        });
        var ticket = await host.TicketAsync();
        await host.TellAsync(person, ticket.Number);

        await host.Runner.RunAsync(Ct);

        var mail = Assert.Single(server.Received);
        Assert.Equal(["student@example.edu"], mail.To.Mailboxes.Select(m => m.Address));
        Assert.Contains("🎉", mail.To.Mailboxes.Single().Name, StringComparison.Ordinal);
        Assert.Empty(mail.Bcc);
    }

    [Fact]
    public async Task A_long_subject_with_emoji_is_cut_between_characters()
    {
        await using var server = MailServer.Start();
        await using var host = await TestHost.OpenAsync(Mailing.To(server.Port));
        var person = await host.WithMailAsync(TestUsers.Resident);
        var ticket = await host.TicketAsync();
        await host.TellAsync(person, ticket.Number, about: string.Concat(Enumerable.Repeat("🚿水", 39)));

        await host.Runner.RunAsync(Ct);

        var mail = Assert.Single(server.Received);
        Assert.Contains("🚿水🚿水", mail.Subject, StringComparison.Ordinal);
        Assert.DoesNotContain('\uFFFD', mail.Subject!);
    }

    [Fact]
    public async Task Every_kind_of_message_has_a_name_and_a_mail_in_both_languages()
    {
        await using var host = await TestHost.OpenAsync(Mailing.To(1));
        var composer = host.Services.GetRequiredService<MailComposer>();
        await using var db = await host.AsSystem().Get<IDbContextFactory<LogisticsDb>>().CreateDbContextAsync(Ct);
        foreach (var kind in host.Services.GetServices<INotificationKind>())
        {
            Assert.NotEmpty(kind.Label.Zh);
            Assert.NotEmpty(kind.Label.En);
            Assert.DoesNotContain("{0", kind.Label.Zh + kind.Label.En, StringComparison.Ordinal);
            Assert.NotNull(kind.Group);
            foreach (var language in Languages.All)
            {
                var actor = new Actor(1, "", new HashSet<Role> { Role.Resident }, null, null);
                var message = OutboxMessage.OfInbox(
                    MailChannel.Name, new Features.Inbox.InboxItem(1, kind.Id, "2026-10", "2026-10", TestHost.Start), TestHost.Start, isDigest: false);
                var reader = new MailReader(actor, "某人", "a@example.edu", language);
                var mail = await composer.ComposeAsync(db, reader, [(message, kind)], false, "x@example.edu", Ct);
                Assert.NotEmpty(mail.Subject!);
                Assert.Equal(language, mail.Body!.Headers[HeaderId.ContentLanguage]);
            }
        }
    }
}
