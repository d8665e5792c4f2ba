using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Features.Outbox.Robots;

/// <summary>
/// Posts texts to the webhooks of 企业微信 and 钉钉. Both take 20 messages a minute: what is beyond waits. Addresses, which contain keys, are in no
/// error and no log.
/// </summary>
public sealed class RobotClient(IOptions<RobotOptions> options, TimeProvider clock) : IDisposable
{
    /// <summary>What both providers take.</summary>
    public const int PerMinute = 20;

    /// <summary>企业微信 takes 2,048 bytes of text.</summary>
    public const int TextBytes = 2_000;

    private const int LargestAnswer = 64 * 1024;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1), Patience = TimeSpan.FromSeconds(20), AtStop = TimeSpan.FromSeconds(1.5);

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        // A redirect would lead past the list of allowed hosts.
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = LargestAnswer,
    };

    // Timestamps: a clock that is set back silences nobody.
    private readonly Dictionary<long, Queue<long>> _sent = [];
    private readonly Lock _lock = new();

    /// <summary>Sends a text. A request that is on its way when the app stops has a moment to end.</summary>
    public async Task<SendOutcome> SendAsync(GroupRobot robot, string text, CancellationToken stopping)
    {
        if (RobotAddress.Allowed(robot.Address, robot.Provider, options.Value) is not { } address) return new SendOutcome(SendResult.Refused, "address");
        if (TakeTurn(robot.Id) is { } later) return new SendOutcome(SendResult.NotTried, "limit", later);
        using var time = new CancellationTokenSource(Patience);
        await using var stop = stopping.Register(() => time.CancelAfter(AtStop));
        try
        {
            using var content = new StringContent(
                JsonSerializer.Serialize(new { msgtype = "text", text = new { content = text } }), Encoding.UTF8, "application/json");
            using var response = await _http.PostAsync(Signed(address, robot), content, time.Token);
            return await OutcomeAsync(response, time.Token);
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError)
        {
            return new SendOutcome(SendResult.TryLater, e.HttpRequestError.ToString());
        }
        catch (HttpRequestException e)
        {
            return new SendOutcome(SendResult.Unknown, e.HttpRequestError.ToString());
        }
        catch (OperationCanceledException)
        {
            // The request may have arrived.
            return new SendOutcome(SendResult.Unknown, "timeout");
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>The address with the signature that 钉钉 asks for: HMAC-SHA256 over the time and the secret.</summary>
    internal Uri Signed(Uri address, GroupRobot robot)
    {
        if (robot is not { Provider: RobotProvider.DingTalk, Secret: { Length: > 0 } secret }) return address;
        var timestamp = clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{timestamp}\n{secret}"));
        var signature = Uri.EscapeDataString(Convert.ToBase64String(hash));
        return new Uri($"{address.AbsoluteUri}{(address.Query.Length > 0 ? "&" : "?")}timestamp={timestamp}&sign={signature}");
    }

    /// <summary>Counts a message of the robot; when it has had its share, the moment from which it may send again.</summary>
    private DateTimeOffset? TakeTurn(long robotId)
    {
        lock (_lock)
        {
            if (!_sent.TryGetValue(robotId, out var sent)) _sent[robotId] = sent = new Queue<long>();
            while (sent.TryPeek(out var first) && clock.GetElapsedTime(first) >= Minute) sent.Dequeue();
            if (sent.Count >= PerMinute) return clock.GetUtcNow() + (Minute - clock.GetElapsedTime(sent.Peek()));
            sent.Enqueue(clock.GetTimestamp());
            return null;
        }
    }

    private static async Task<SendOutcome> OutcomeAsync(HttpResponseMessage response, CancellationToken ct)
    {
        var status = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
        if (response.StatusCode == HttpStatusCode.TooManyRequests || (int)response.StatusCode >= 500) return new SendOutcome(SendResult.TryLater, status);
        if (!response.IsSuccessStatusCode) return new SendOutcome(SendResult.Refused, status);
        try
        {
            using var answer = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(ct), cancellationToken: ct);
            if (!answer.RootElement.TryGetProperty("errcode", out var coded) || !coded.TryGetInt32(out var code)) return Unreadable();
            if (code == 0) return SendOutcome.Sent;
            var said = answer.RootElement.TryGetProperty("errmsg", out var message) ? message.ToString() : "";
            return new SendOutcome(IsBusy(code) ? SendResult.TryLater : SendResult.Refused, string.Create(CultureInfo.InvariantCulture, $"{code} {said}"));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return Unreadable();
        }

        static SendOutcome Unreadable() => new(SendResult.Unknown, "answer");
    }

    /// <summary>Codes for too many messages or a busy system: -1 and 45009 of 企业微信; -1, 130101, 410100 and 430101 of 钉钉.</summary>
    private static bool IsBusy(int code) => code is -1 or 45009 or 130101 or 410100 or 430101;
}
