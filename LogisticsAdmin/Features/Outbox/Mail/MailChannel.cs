using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MimeKit;

namespace LogisticsAdmin.Features.Outbox.Mail;

/// <summary>
/// Mail by SMTP. A connection that breaks before the mail was handed over is tried again later; afterwards nobody knows whether the server took
/// it, and it is never repeated by itself.
/// </summary>
public sealed class MailChannel(
    IOptions<MailOptions> options, MailComposer composer, IEnumerable<INotificationKind> kinds, OfficeTime office) : IOutboxChannel
{
    public const string Name = "mail";

    /// <summary>How long a mail that was handed over may still take when the app stops.</summary>
    private static readonly TimeSpan AtStop = TimeSpan.FromSeconds(1.5);

    private const int MailsPerConnection = 100;

    private readonly Dictionary<int, INotificationKind> _kinds = kinds.ToDictionary(k => k.Id);
    private readonly ConcurrentBag<Connection> _free = [];

    /// <summary>An open connection to the mail server, and how many mails it took.</summary>
    private sealed class Connection : IDisposable
    {
        public SmtpClient Client { get; } = new();
        public int Mails { get; set; }

        /// <summary>Whether it takes further mails: many servers end a connection after some.</summary>
        public bool IsUsable => Client.IsConnected && Mails < MailsPerConnection;

        public void Dispose() => Client.Dispose();
    }

    public string Key => Name;
    public bool IsActive => options.Value.IsOn;
    public int Parallel => options.Value.Connections;

    public string NewMessageId() => $"{Guid.NewGuid():N}@{composer.Sender.Domain}";

    public async Task<ParcelOutcome> SendAsync(LogisticsDb db, Parcel parcel, CancellationToken ct)
    {
        if (await db.FindMailReaderAsync(parcel.Messages[0].PersonId!.Value, ct) is not { } reader)
            return ParcelOutcome.DroppedAll(parcel, OutboxReason.NoLongerAllowed);
        if (reader.Email is null) return ParcelOutcome.DroppedAll(parcel, OutboxReason.NoAddress);
        var (wanted, dropped, digested) = await StillWantedAsync(db, parcel, reader, ct);
        if (wanted.Count == 0) return new ParcelOutcome(null, dropped, digested);
        var mail = await composer.ComposeAsync(db, reader, wanted, wanted[0].Message.IsDigest, parcel.MessageId, ct);
        return new ParcelOutcome(await SendAsync(mail, ct), dropped, digested);
    }

    /// <summary>A mail to an administrator, at once and outside of the outbox.</summary>
    public async Task<SendOutcome> SendTestAsync(MailReader reader, CancellationToken ct)
    {
        var outcome = await SendAsync(await composer.ComposeTestAsync(reader, NewMessageId(), ct), ct);
        await EndRunAsync();
        return outcome;
    }

    public async Task EndRunAsync()
    {
        while (_free.TryTake(out var connection)) await CloseAsync(connection);
    }

    private static async Task CloseAsync(Connection connection)
    {
        using (connection)
        {
            try
            {
                using var patience = new CancellationTokenSource(AtStop);
                await connection.Client.DisconnectAsync(quit: true, patience.Token);
            }
            catch (Exception e) when (IsOfConnection(e))
            {
                // It is closed either way.
            }
        }
    }

    /// <summary>Asks again what was true when the messages were written: rights, wishes, and whether they were read meanwhile.</summary>
    private async Task<(List<(OutboxMessage Message, INotificationKind Kind)> Wanted, Dictionary<long, OutboxReason> Dropped,
        Dictionary<long, DateTimeOffset> Digested)> StillWantedAsync(LogisticsDb db, Parcel parcel, MailReader reader, CancellationToken ct)
    {
        var id = reader.Actor.PersonId!.Value;
        var items = parcel.Messages.Select(m => m.InboxItemId).ToList();
        var inbox = db.Inbox;
        var unread = (await inbox.Where(i => items.Contains(i.Id) && i.ReadAt == null).Select(i => i.Id).ToListAsync(ct)).ToHashSet();
        var modes = await db.MailPreferences.AsNoTracking().Where(p => p.PersonId == id).ToDictionaryAsync(p => p.Kind, p => p.Mode, ct);
        List<(OutboxMessage, INotificationKind)> wanted = [];
        Dictionary<long, OutboxReason> dropped = [];
        Dictionary<long, DateTimeOffset> digested = [];
        foreach (var message in parcel.Messages)
        {
            if (!unread.Contains(message.InboxItemId ?? 0))
            {
                dropped[message.Id] = OutboxReason.AlreadyRead;
                continue;
            }
            if (!_kinds.TryGetValue(message.Kind, out var kind) || !await MayGetAsync(db, kind, reader, message, ct))
            {
                dropped[message.Id] = OutboxReason.NoLongerAllowed;
                continue;
            }
            var mode = modes.GetValueOrDefault(kind.Id, MailPreference.UsualFor(kind));
            if (mode == MailMode.Off) dropped[message.Id] = OutboxReason.NotWanted;
            else if (mode == MailMode.Daily && !message.IsDigest) digested[message.Id] = options.Value.NextDigest(office);
            else wanted.Add((message, kind));
        }
        return (wanted, dropped, digested);
    }

    private static async Task<bool> MayGetAsync(LogisticsDb db, INotificationKind kind, MailReader reader, OutboxMessage message, CancellationToken ct) =>
        reader.Actor.Roles.Overlaps(kind.Recipients) && await kind.MaySeeAsync(db, reader.Actor, message.Subject, ct);

    private async Task<SendOutcome> SendAsync(MimeMessage mail, CancellationToken stopping)
    {
        if (!MailboxAddress.TryParse(mail.To.Mailboxes.First().Address, out _)) return new SendOutcome(SendResult.Refused, "address");
        if (await TryAsync(mail, stopping) is { } outcome) return outcome;
        // The server had closed a connection that was kept; nothing was handed over.
        foreach (var kept in TakeAll()) kept.Dispose();
        return await TryAsync(mail, stopping, isFresh: true) ?? new SendOutcome(SendResult.TryLater, "fault");
    }

    /// <summary>Null when a connection that was kept broke before the mail was handed over: a new one may still take it.</summary>
    private async Task<SendOutcome?> TryAsync(MimeMessage mail, CancellationToken stopping, bool isFresh = false)
    {
        var body = (OutgoingBody)mail.Body!;
        using var time = new CancellationTokenSource(options.Value.Timeout);
        // A mail that is on its way may still arrive while the app stops.
        await using var stop = stopping.Register(() => time.CancelAfter(AtStop));
        Connection? connection = null;
        var isKept = false;
        try
        {
            (connection, isKept) = await ConnectAsync(isFresh, time.Token);
            if (stopping.IsCancellationRequested) return new SendOutcome(SendResult.NotTried);
            await connection.Client.SendAsync(mail, time.Token);
            connection.Mails++;
            Keep(ref connection);
            return SendOutcome.Sent;
        }
        catch (SmtpCommandException refused)
        {
            Keep(ref connection);
            return Answered(refused);
        }
        catch (NotSupportedException e)
        {
            // The server takes no addresses or texts beyond ASCII.
            Keep(ref connection);
            return new SendOutcome(SendResult.Refused, e.Message);
        }
        catch (Exception e) when (IsOfConnection(e) || body.IsHandedOver)
        {
            if (body.IsHandedOver) return new SendOutcome(SendResult.Unknown, ErrorOf(e, time));
            if (stopping.IsCancellationRequested) return new SendOutcome(SendResult.NotTried);
            if (isKept && !time.IsCancellationRequested) return null;
            return new SendOutcome(SendResult.TryLater, ErrorOf(e, time), IsChannelDown: connection is null);
        }
        finally
        {
            connection?.Dispose();
        }
    }

    private void Keep(ref Connection? connection)
    {
        if (connection is not { Client.IsConnected: true }) return;
        _free.Add(connection);
        connection = null;
    }

    private IEnumerable<Connection> TakeAll()
    {
        while (_free.TryTake(out var kept)) yield return kept;
    }

    /// <summary>A connection that was kept, unless a fresh one is asked for, or a new one.</summary>
    private async Task<(Connection Connection, bool IsKept)> ConnectAsync(bool isFresh, CancellationToken ct)
    {
        while (!isFresh && _free.TryTake(out var kept))
        {
            if (kept.IsUsable) return (kept, true);
            await CloseAsync(kept);
        }
        var (made, settings) = (new Connection(), options.Value);
        // The last bytes of a mail are a small packet of their own, which would otherwise wait until the server has confirmed the ones before.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            var (host, port) = (settings.Host!.Trim(), settings.EffectivePort);
            await socket.ConnectAsync(host, port, ct);
            await made.Client.ConnectAsync(socket, host, port, settings.Security switch
            {
                MailSecurity.StartTls => SecureSocketOptions.StartTls,
                MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
                _ => SecureSocketOptions.None,
            }, ct);
            if (settings.User is { Length: > 0 } user) await made.Client.AuthenticateAsync(user, settings.Password ?? "", ct);
            return (made, false);
        }
        catch (Exception e)
        {
            made.Dispose();
            socket.Dispose();
            // Refused before any mail was offered: no fault of the mail.
            if (e is SmtpCommandException refused) throw new ServiceNotConnectedException(Said(refused));
            throw;
        }
    }

    /// <summary>4xx: not now, as by greylisting; 5xx: never.</summary>
    private static SendOutcome Answered(SmtpCommandException refused) =>
        new((int)refused.StatusCode is >= 500 and < 600 ? SendResult.Refused : SendResult.TryLater, Said(refused));

    private static string Said(SmtpCommandException refused) => string.Create(CultureInfo.InvariantCulture, $"{(int)refused.StatusCode} {refused.Message}");

    private static string ErrorOf(Exception e, CancellationTokenSource time) =>
        e is OperationCanceledException && time.IsCancellationRequested ? "timeout" : e.Message;

    private static bool IsOfConnection(Exception e) => e is IOException or SocketException or ProtocolException or CommandException
        or OperationCanceledException or TimeoutException or ServiceNotConnectedException or ServiceNotAuthenticatedException
        or AuthenticationException or SslHandshakeException or System.Security.Authentication.AuthenticationException;
}
