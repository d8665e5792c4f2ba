using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>
/// 支付宝 by its public protocol: payments in the browser of a computer or phone, messages about them, questions, refunds and daily statements. Keys
/// and signed requests are in no error and no log.
/// </summary>
public sealed class AlipayGateway : IPaymentGateway, IDisposable
{
    public const string AlipayName = "alipay";

    private const string Done = "10000", Unknown = "ACQ.TRADE_NOT_EXIST", NoStatement = "BILL_NOT_EXIST";
    private const int LargestAnswer = 256 * 1024;

    private static readonly TimeSpan Chinese = TimeSpan.FromHours(8);
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly AlipayOptions _options;
    private readonly AlipaySignature _signature;
    private readonly TimeProvider _clock;
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = TimeSpan.FromSeconds(20),
        MaxResponseContentBufferSize = LargestAnswer,
    };

    private readonly HttpClient _downloads = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
    })
    {
        Timeout = TimeSpan.FromMinutes(2),
        MaxResponseContentBufferSize = AlipayStatement.FileBytes,
    };

    public AlipayGateway(IOptions<PaymentsOptions> options, TimeProvider clock)
    {
        (_options, _clock) = (options.Value.Alipay, clock);
        _signature = new AlipaySignature(_options.PrivateKey!, _options.AlipayPublicKey!);
    }

    public string Name => AlipayName;
    public LocalName Label { get; } = LocalName.Of<PaymentsText>("Alipay");

    public string PayAddress(PayRequest request)
    {
        var (method, product) = request.IsPhone ? ("alipay.trade.wap.pay", "QUICK_WAP_WAY") : ("alipay.trade.page.pay", "FAST_INSTANT_TRADE_PAY");
        var fields = Signed(method, new Dictionary<string, string>
        {
            ["out_trade_no"] = request.RequestNumber,
            ["total_amount"] = Yuan(request.Amount),
            ["subject"] = request.Subject,
            ["product_code"] = product,
            ["timeout_express"] = string.Create(CultureInfo.InvariantCulture, $"{PaymentLimits.PayableHours}h"),
        }, ("notify_url", request.NotifyAddress), ("return_url", request.ReturnAddress));
        return QueryHelpers.AddQueryString(_options.Gateway, fields.ToDictionary(f => f.Key, f => (string?)f.Value));
    }

    public GatewayNotice? Read(IReadOnlyDictionary<string, string> form)
    {
        if (!_signature.Verifies(form)) return null;
        // The address with which a browser comes back is signed as well.
        if (form.GetValueOrDefault("trade_status") is not { Length: > 0 } status || string.IsNullOrEmpty(form.GetValueOrDefault("notify_id"))) return null;
        return new GatewayNotice(
            form.GetValueOrDefault("out_trade_no", ""), StatusOf(status), AmountOf(form.GetValueOrDefault("total_amount")),
            form.GetValueOrDefault("trade_no"), form.GetValueOrDefault("app_id") == _options.AppId!.Trim())
        {
            SignedContent = AlipaySignature.ContentOf(form),
        };
    }

    public async Task<GatewayAnswer> QueryAsync(string requestNumber, CancellationToken ct = default)
    {
        var (answer, raw) = await AskAsync("alipay.trade.query", new() { ["out_trade_no"] = requestNumber }, ct);
        var notice = answer.GetValueOrDefault("code") switch
        {
            Done => new GatewayNotice(
                answer.GetValueOrDefault("out_trade_no", ""), StatusOf(answer.GetValueOrDefault("trade_status")),
                AmountOf(answer.GetValueOrDefault("total_amount")), answer.GetValueOrDefault("trade_no")),
            // Before the payer has signed in there, a payment does not exist.
            _ when answer.GetValueOrDefault("sub_code") == Unknown => new GatewayNotice(requestNumber, TradeStatus.Missing, null, null),
            _ => throw new GatewayFailure(CodeOf(answer)),
        };
        return new GatewayAnswer(notice, raw);
    }

    public async Task<RefundAnswer> RefundAsync(string requestNumber, string refundNumber, Money amount, CancellationToken ct = default)
    {
        var (answer, _) = await AskAsync("alipay.trade.refund", new()
        {
            ["out_trade_no"] = requestNumber,
            ["refund_amount"] = Yuan(amount),
            ["out_request_no"] = refundNumber,
        }, ct);
        if (answer.GetValueOrDefault("code") != Done) return new RefundAnswer(false, CodeOf(answer));
        // N: either it was made before, or nothing was paid back.
        return answer.GetValueOrDefault("fund_change") == "Y" || await IsRefundedAsync(requestNumber, refundNumber, ct)
            ? new RefundAnswer(true) : new RefundAnswer(false, "NOT_CONFIRMED");
    }

    public async Task<bool> IsRefundedAsync(string requestNumber, string refundNumber, CancellationToken ct = default)
    {
        var (answer, _) = await AskAsync("alipay.trade.fastpay.refund.query", new()
        {
            ["out_trade_no"] = requestNumber,
            ["out_request_no"] = refundNumber,
        }, ct);
        if (answer.GetValueOrDefault("code") != Done)
            return answer.GetValueOrDefault("sub_code") == Unknown ? false : throw new GatewayFailure(CodeOf(answer));
        // A refund that was not made is answered well too, without these.
        return answer.GetValueOrDefault("refund_status") == "REFUND_SUCCESS" || !string.IsNullOrEmpty(answer.GetValueOrDefault("refund_amount"));
    }

    public async Task<IReadOnlyList<GatewayLine>?> StatementAsync(DateOnly day, CancellationToken ct = default)
    {
        if (await StatementAddressAsync(day, ct) is not { } address) return null;
        // The address has a key in it, which an exception could name.
        try
        {
            using var response = await _downloads.GetAsync(address, ct);
            if (!response.IsSuccessStatusCode) throw new GatewayFailure($"HTTP {(int)response.StatusCode}");
            return AlipayStatement.Read(await response.Content.ReadAsByteArrayAsync(ct), day);
        }
        catch (HttpRequestException e)
        {
            throw new GatewayFailure(
                e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded ? "STATEMENT_TOO_LARGE" : $"DOWNLOAD {e.HttpRequestError}");
        }
    }

    public IReadOnlyList<GatewayLine> ReadStatement(byte[] file, DateOnly day) => AlipayStatement.Read(file, day);

    /// <summary>Where the statement of a day can be downloaded for half a minute; null when there is none (yet).</summary>
    /// <exception cref="GatewayFailure">There was no answer with a good signature.</exception>
    public async Task<Uri?> StatementAddressAsync(DateOnly day, CancellationToken ct = default)
    {
        var (answer, _) = await AskAsync("alipay.data.dataservice.bill.downloadurl.query", new()
        {
            ["bill_type"] = "trade",
            ["bill_date"] = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        }, ct);
        if (answer.GetValueOrDefault("sub_code")?.EndsWith(NoStatement, StringComparison.OrdinalIgnoreCase) == true) return null;
        if (answer.GetValueOrDefault("code") != Done || !Uri.TryCreate(answer.GetValueOrDefault("bill_download_url"), UriKind.Absolute, out var address))
            throw new GatewayFailure(CodeOf(answer));
        if (address.IsLoopback && new Uri(_options.Gateway).IsLoopback) return address;
        if (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps) throw new GatewayFailure("STATEMENT_ADDRESS");
        // The protocol's own examples name the address without TLS.
        return new UriBuilder(address) { Scheme = Uri.UriSchemeHttps, Port = address.IsDefaultPort ? -1 : address.Port }.Uri;
    }

    public void Dispose()
    {
        _signature.Dispose();
        _http.Dispose();
        _downloads.Dispose();
    }

    private async Task<(Dictionary<string, string> Answer, string Raw)> AskAsync(string method, Dictionary<string, string> content, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _options.Gateway) { Content = new FormUrlEncodedContent(Signed(method, content)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded", "utf-8");
        using var response = await _http.SendAsync(request, ct);
        if (!response.IsSuccessStatusCode) throw new GatewayFailure($"HTTP {(int)response.StatusCode}");
        return Verified(await TextOfAsync(response, ct), method.Replace('.', '_') + "_response");
    }

    private static async Task<string> TextOfAsync(HttpResponseMessage response, CancellationToken ct)
    {
        try
        {
            return await response.Content.ReadAsStringAsync(ct);
        }
        catch (InvalidOperationException)
        {
            throw new GatewayFailure("charset");
        }
    }

    // The signature is over the text of the answer as it was sent, not over its values.
    private (Dictionary<string, string> Answer, string Raw) Verified(string text, string node)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            if (!json.RootElement.TryGetProperty(node, out var answer) || !json.RootElement.TryGetProperty("sign", out var sign)
                || !_signature.Verifies(answer.GetRawText(), sign.GetString() ?? ""))
            {
                throw new GatewayFailure("signature");
            }
            return (answer.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.ToString()), answer.GetRawText());
        }
        // Another shape than the protocol's: no object, a signature that is no text, a name that occurs twice.
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new GatewayFailure("json");
        }
    }

    private Dictionary<string, string> Signed(string method, Dictionary<string, string> content, params (string Name, string Value)[] more)
    {
        var fields = new Dictionary<string, string>
        {
            ["app_id"] = _options.AppId!.Trim(),
            ["method"] = method,
            ["format"] = "JSON",
            ["charset"] = "utf-8",
            ["sign_type"] = "RSA2",
            ["timestamp"] = _clock.GetUtcNow().ToOffset(Chinese).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
            ["version"] = "1.0",
            ["biz_content"] = JsonSerializer.Serialize(content, Json),
        };
        foreach (var (name, value) in more) fields[name] = value;
        fields["sign"] = _signature.Sign(fields);
        return fields;
    }

    private static TradeStatus StatusOf(string? status) => status switch
    {
        "TRADE_SUCCESS" or "TRADE_FINISHED" => TradeStatus.Paid,
        "TRADE_CLOSED" => TradeStatus.Closed,
        _ => TradeStatus.Waiting,
    };

    private static Money? AmountOf(string? yuan) =>
        decimal.TryParse(yuan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
        && Money.IsInRange(amount) && decimal.Round(amount, 2) == amount
            ? Money.FromYuan(amount) : null;

    private static string Yuan(Money amount) => amount.Yuan.ToString("0.00", CultureInfo.InvariantCulture);

    private static string CodeOf(Dictionary<string, string> answer) => answer.GetValueOrDefault("sub_code") ?? answer.GetValueOrDefault("code") ?? "empty";
}
