using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using MimeKit;
using SmtpServer;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;
using ServiceProvider = SmtpServer.ComponentModel.ServiceProvider;

namespace LogisticsAdmin.Tests.Outbox;

/// <summary>A real mail server on a free port of this machine that keeps what it took.</summary>
internal sealed class MailServer : MessageStore, IMailboxFilter, IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;
    private int _connections;

    private MailServer(int port)
    {
        Port = port;
        var services = new ServiceProvider();
        services.Add((IMessageStore)this);
        services.Add((IMailboxFilter)this);
        var options = new SmtpServerOptionsBuilder().ServerName("mail.test").Endpoint(e => e.Endpoint(new IPEndPoint(IPAddress.Loopback, port))).Build();
        var server = new SmtpServer.SmtpServer(options, services);
        server.SessionCreated += (_, _) => Interlocked.Increment(ref _connections);
        _serving = server.StartAsync(_stop.Token);
    }

    public int Port { get; }
    public ConcurrentQueue<MimeMessage> Received { get; } = [];

    /// <summary>How many connections were opened.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Counts mails without keeping them.</summary>
    public bool OnlyCounts { get; init; }
    public int Taken => Volatile.Read(ref _taken);
    private int _taken;

    /// <summary>Asked for each recipient: null accepts it.</summary>
    public Func<string, SmtpResponse?> Recipient { get; set; } = _ => null;

    /// <summary>Awaited before a mail that was handed over is answered.</summary>
    public Func<Task> BeforeAnswer { get; set; } = () => Task.CompletedTask;

    public static MailServer Start(bool onlyCounts = false) => new(FreePort()) { OnlyCounts = onlyCounts };

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public override async Task<SmtpResponse> SaveAsync(
        ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _taken);
        if (!OnlyCounts)
        {
            using var stream = new MemoryStream(buffer.ToArray());
            Received.Enqueue(await MimeMessage.LoadAsync(stream, cancellationToken));
        }
        await BeforeAnswer();
        return SmtpResponse.Ok;
    }

    public Task<bool> CanAcceptFromAsync(ISessionContext context, IMailbox from, int size, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task<bool> CanDeliverToAsync(ISessionContext context, IMailbox to, IMailbox from, CancellationToken cancellationToken) =>
        Recipient($"{to.User}@{to.Host}") is { } refused ? throw new SmtpResponseException(refused) : Task.FromResult(true);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _serving;
        }
        catch (OperationCanceledException)
        {
            // It was stopped.
        }
        _stop.Dispose();
    }
}
