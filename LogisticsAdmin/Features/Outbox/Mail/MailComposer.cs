using System.Globalization;
using System.Net;
using System.Text;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using MimeKit;

namespace LogisticsAdmin.Features.Outbox.Mail;

/// <summary>
/// Makes the mail about one message or about those of a day: plain text and HTML, in the reader's language. Without the app's address
/// (<c>Office:Address</c>) a mail has no links.
/// </summary>
public sealed class MailComposer(
    IOptions<MailOptions> mail, IOptions<OfficeOptions> office, IOfficeCard card, OfficeTime time, UnsubscribeTokens tokens, IStringLocalizer<OutboxText> words)
{
    private const int SubjectLength = 150;

    /// <summary>One message as the mail shows it; the address is null without the app's.</summary>
    private sealed record Item(string Text, string About, string Moment, string? Link);

    /// <param name="db">Where the kinds find their titles.</param>
    /// <param name="reader">Who gets it; has an address.</param>
    /// <param name="messages">At least one, each with its kind.</param>
    /// <param name="isDigest">Whether it is the mail of a day, which may also have one message only.</param>
    /// <param name="messageId">Its Message-ID.</param>
    /// <param name="ct">Cancels reading the titles and the office's name.</param>
    public async Task<MimeMessage> ComposeAsync(
        LogisticsDb db, MailReader reader, IReadOnlyList<(OutboxMessage Message, INotificationKind Kind)> messages, bool isDigest, string messageId,
        CancellationToken ct)
    {
        var sender = await card.CurrentAsync(ct);
        var titles = await MessageTitles.ReadAsync(db, reader.Actor, messages.Select(m => ((INotificationKind?)m.Kind, m.Message.Subject)), ct);
        return In(reader.Language, () => Compose(reader, messages, titles, isDigest, messageId, sender));
    }

    /// <summary>A mail by which an administrator sees whether mail works.</summary>
    public async Task<MimeMessage> ComposeTestAsync(MailReader reader, string messageId, CancellationToken ct)
    {
        var sender = await card.CurrentAsync(ct);
        return In(reader.Language, () =>
        {
            var composed = NewMail(reader, words["Mail.Test.Subject"], messageId, sender);
            composed.Body = Alternative([words["Mail.Test.Text"]], $"<p>{Html(words["Mail.Test.Text"])}</p>", sender, null, null);
            return composed;
        });
    }

    /// <summary>The sender as configured.</summary>
    public MailboxAddress Sender => MailboxAddress.Parse(mail.Value.From!);

    private MimeMessage Compose(
        MailReader reader, IReadOnlyList<(OutboxMessage Message, INotificationKind Kind)> messages, MessageTitles titles, bool isDigest, string messageId,
        OfficeCard sender)
    {
        var items = messages.Select(m => ItemOf(m.Message, m.Kind, titles)).ToList();
        var first = items[0];
        var subject = isDigest ? words["Mail.Digest.Subject", items.Count].Value : first.About.Length == 0 ? first.Text : $"{first.Text} · {first.About}";
        var composed = NewMail(reader, subject, messageId, sender);
        var topic = isDigest ? UnsubscribeTokens.Digest : messages[0].Kind.Id;
        var unsubscribe = Link($"mail/unsubscribe/{tokens.Of(reader.Actor.PersonId!.Value, topic)}");
        if (unsubscribe is not null)
        {
            composed.Headers.Add(HeaderId.ListUnsubscribe, $"<{unsubscribe}>");
            composed.Headers.Add(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click");
        }
        List<string> text = isDigest ? [words["Mail.Digest.Intro", items.Count], ""] : [];
        StringBuilder html = new(isDigest ? $"<p>{Html(words["Mail.Digest.Intro", items.Count])}</p>" : "");
        foreach (var item in items)
        {
            text.Add(item.Text);
            if (item.About.Length > 0) text.Add(item.About);
            text.Add(item.Moment);
            if (item.Link is { } link) text.Add(link);
            text.Add("");
            html.Append(CultureInfo.InvariantCulture, $"<p><b><bdi>{Html(item.Text)}</bdi></b><br><bdi>{Html(item.About)}</bdi><br>{Html(item.Moment)}");
            if (item.Link is { } address) html.Append(CultureInfo.InvariantCulture, $"<br><a href=\"{Html(address)}\">{Html(words["Mail.Open"])}</a>");
            html.Append("</p>\n");
        }
        composed.Body = Alternative(text, html.ToString(), sender, isDigest ? words["Mail.WhyDigest"] : words["Mail.Why", messages[0].Kind.Label], unsubscribe);
        return composed;
    }

    private MimeMessage NewMail(MailReader reader, string subject, string messageId, OfficeCard sender)
    {
        var composed = new MimeMessage { Subject = Line(subject, SubjectLength), MessageId = messageId, Date = time.Local(time.Now) };
        var from = Sender;
        composed.From.Add(new MailboxAddress(Encoding.UTF8, Line(from.Name is { Length: > 0 } name ? name : sender.Name?.ToString()), from.Address));
        composed.To.Add(new MailboxAddress(Encoding.UTF8, Line(reader.FullName), reader.Email!));
        // No out-of-office notes to a machine.
        composed.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        composed.Headers.Add("X-Auto-Response-Suppress", "All");
        return composed;
    }

    private OutgoingBody Alternative(IReadOnlyList<string> text, string html, OfficeCard sender, string? why, string? unsubscribe)
    {
        List<string> lines = [.. text.Select(t => t.ReplaceLineEndings(" ")), "-- "];
        StringBuilder footer = new();
        var office = string.Join(" · ", new[] { sender.Name?.ToString(), sender.Phone }.Where(s => !string.IsNullOrEmpty(s)));
        if (office.Length > 0) Add(office);
        if (why is not null) Add(why);
        if (why is not null && Link("my/mail") is { } choose) AddLink(words["Mail.Choose"], choose);
        if (unsubscribe is not null) AddLink(words["Mail.Unsubscribe"], unsubscribe);
        var page = $"""
            <!DOCTYPE html>
            <html lang="{CultureInfo.CurrentUICulture.Name}"><head><meta charset="utf-8"><title></title></head>
            <body style="font-family:sans-serif;font-size:15px;line-height:1.6">
            {html}
            <hr><p style="font-size:13px">{footer}</p>
            </body></html>
            """;
        var body = new OutgoingBody(
            new TextPart("plain") { Text = string.Join("\r\n", lines) + "\r\n" }, new TextPart("html") { Text = page.ReplaceLineEndings("\r\n") + "\r\n" });
        body.Headers.Add(HeaderId.ContentLanguage, CultureInfo.CurrentUICulture.Name);
        return body;

        void Add(string line)
        {
            lines.Add(line.ReplaceLineEndings(" "));
            footer.Append(CultureInfo.InvariantCulture, $"{Html(line)}<br>");
        }

        void AddLink(string label, string address)
        {
            lines.Add(words["Mail.LabelAndLink", label, address]);
            footer.Append(CultureInfo.InvariantCulture, $"<a href=\"{Html(address)}\">{Html(label)}</a><br>");
        }
    }

    private Item ItemOf(OutboxMessage message, INotificationKind kind, MessageTitles titles) => new(
        Line(kind.TextFor(message.Detail).ToString()),
        Line(message.Subject == InboxItem.Unnamed ? null
            : titles.Of(kind.Id, message.Subject, message.About) is { } about ? $"{message.Subject} · {about}" : message.Subject),
        time.Local(message.At).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        // Opens the subject and marks the message in the inbox as read.
        message.InboxItemId is { } id ? Link(string.Create(CultureInfo.InvariantCulture, $"my/messages/{id}")) : null);

    private string? Link(string path) => office.Value.Address is { Length: > 0 } address ? $"{address.TrimEnd('/')}/{path}" : null;

    private static string Html(string text) => WebUtility.HtmlEncode(text);

    /// <summary>One line without control characters: nothing that somebody typed becomes a header of its own.</summary>
    private static string Line(string? typed, int length = 200)
    {
        if (string.IsNullOrEmpty(typed)) return "";
        var clean = string.Concat(CleanText.WithoutLoneSurrogates(typed).Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c)).Trim();
        return CleanText.Summary(clean, length);
    }

    private static T In<T>(string language, Func<T> compose)
    {
        var (culture, uiCulture) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.Known(language));
            return compose();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, uiCulture);
        }
    }
}
