using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LogisticsAdmin.Tests.Outbox;

/// <summary>A mail server that breaks off at a point, or falls silent there.</summary>
internal sealed class BreakingMailServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _at;
    private readonly bool _isSilent;
    private readonly Task _serving;

    private BreakingMailServer(string at, bool isSilent)
    {
        (_at, _isSilent) = (at, isSilent);
        _listener.Start();
        _serving = ServeAsync();
    }

    public const string AtGreeting = "greeting", AtRecipient = "RCPT", AtData = "DATA", AfterDot = ".";

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Whole mails that were handed over, whether they were answered or not.</summary>
    public int HandedOver { get; private set; }

    /// <summary>Completed when the point was reached for the first time.</summary>
    public Task Reached => _reached.Task;

    public static BreakingMailServer Breaking(string at) => new(at, isSilent: false);

    public static BreakingMailServer Silent(string at) => new(at, isSilent: true);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        try
        {
            await _serving;
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // It was stopped.
        }
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            var client = await _listener.AcceptTcpClientAsync(_stop.Token);
            _ = TalkAsync(client);
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await using var stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.Latin1);
                if (await EndsAsync(AtGreeting)) return;
                await SayAsync("220 breaking.test");
                while (await reader.ReadLineAsync(_stop.Token) is { } line)
                {
                    if (line.StartsWith("RCPT", StringComparison.Ordinal) && await EndsAsync(AtRecipient)) return;
                    if (line == "DATA")
                    {
                        if (await EndsAsync(AtData)) return;
                        await SayAsync("354 go on");
                        while (await reader.ReadLineAsync(_stop.Token) is { } body && body != ".")
                        {
                        }
                        HandedOver++;
                        if (await EndsAsync(AfterDot)) return;
                    }
                    await SayAsync(line.StartsWith("EHLO", StringComparison.Ordinal) ? "250 breaking.test" : "250 ok");
                }

                async Task SayAsync(string answer) => await stream.WriteAsync(Encoding.Latin1.GetBytes(answer + "\r\n"), _stop.Token);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // The other side, or the test, ended it.
            }
        }
    }

    private async Task<bool> EndsAsync(string point)
    {
        if (point != _at) return false;
        _reached.TrySetResult();
        if (_isSilent) await Task.Delay(Timeout.Infinite, _stop.Token);
        return true;
    }
}
