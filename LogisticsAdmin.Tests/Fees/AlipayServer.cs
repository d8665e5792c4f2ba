using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>A local server that speaks Alipay's protocol with keys of its own.</summary>
internal sealed class AlipayServer : IAsyncDisposable
{
    public const string AppId = "2021000000000001";

    private readonly RSA _app = RSA.Create(2048), _alipay = RSA.Create(2048);
    private readonly WebApplication _server;
    private int _messages;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private AlipayServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.MapPost("/gateway.do", AnswerAsync);
        _server.MapGet("/statement.zip", () => Statement is { } file ? Results.Bytes(file, "application/zip") : Results.NotFound());
    }

    public Dictionary<string, string> Paid { get; } = [];
    public Dictionary<string, string> Refunds { get; } = [];
    public List<string> Asked { get; } = [];
    public bool RefusesRefunds { get; set; }
    public string? Fault { get; set; }

    /// <summary>The file of a statement that can be downloaded here; null leads elsewhere.</summary>
    public byte[]? Statement { get; set; }
    public bool HasNoStatement { get; set; }
    public string RefundAnswer { get; set; } = "\"fund_change\":\"Y\"";
    public string RefundStatus { get; set; } = "";

    public AlipayOptions Options => new()
    {
        AppId = AppId,
        PrivateKey = Convert.ToBase64String(_app.ExportPkcs8PrivateKey()),
        AlipayPublicKey = Convert.ToBase64String(_alipay.ExportSubjectPublicKeyInfo()),
        Gateway = $"{_server.Urls.First()}/gateway.do",
    };

    public static async Task<AlipayServer> StartAsync()
    {
        var server = new AlipayServer();
        await server._server.StartAsync(Ct);
        return server;
    }

    public void Use(IServiceCollection services)
    {
        services.Configure<PaymentsOptions>(o => o.Alipay = Options);
        services.Configure<OfficeOptions>(o => o.Address = "https://app.example/x/");
    }

    public AlipayOptions With(Action<AlipayOptions> change)
    {
        var options = Options;
        change(options);
        return options;
    }

    public static Dictionary<string, string> Single(IEnumerable<KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues>> fields) =>
        fields.ToDictionary(f => f.Key, f => f.Value.ToString());

    public bool IsSignedByApp(Dictionary<string, string> fields) => _app.VerifyData(
        Encoding.UTF8.GetBytes(Content(fields, "sign")), Convert.FromBase64String(fields["sign"]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    public Dictionary<string, string> Message(string request, string status, string amount, string app = AppId)
    {
        Dictionary<string, string> fields = new()
        {
            ["notify_id"] = (++_messages).ToString(CultureInfo.InvariantCulture),
            ["app_id"] = app,
            ["out_trade_no"] = request,
            ["trade_no"] = $"T{request}",
            ["trade_status"] = status,
            ["total_amount"] = amount,
            ["subject"] = "后勤缴费 & more",
            ["empty"] = "",
            ["sign_type"] = "RSA2",
        };
        fields["sign"] = Sign(Content(fields, "sign", "sign_type"));
        return fields;
    }

    /// <summary>The same signed without a field.</summary>
    public Dictionary<string, string> Without(Dictionary<string, string> message, string field)
    {
        var fields = message.Where(f => f.Key != field).ToDictionary();
        fields["sign"] = Sign(Content(fields, "sign", "sign_type"));
        return fields;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _app.Dispose();
        _alipay.Dispose();
    }

    private async Task<IResult> AnswerAsync(HttpRequest request)
    {
        var fields = Single(await request.ReadFormAsync(Ct));
        var method = fields["method"];
        Asked.Add(method);
        if (Fault == "silence") return Results.StatusCode((int)HttpStatusCode.BadGateway);
        if (Fault == "nonsense") return Results.Text("<html>");
        if (Fault == "charset") return Results.Bytes("{}"u8.ToArray(), "application/json; charset=nonsense");
        if (Fault is ['[' or '{', ..] or "null") return Results.Text(Fault);
        using var content = JsonDocument.Parse(fields["biz_content"]);
        var answer = !IsSignedByApp(fields) ? """{"code":"40002","sub_code":"isv.invalid-signature"}"""
            : Fault == "error" ? """{"code":"20000","sub_code":"aop.unknow-error"}""" : AnswerOf(method, content.RootElement);
        var sign = Sign(Fault == "forge" ? answer + " " : answer);
        return Results.Text($$"""{"{{method.Replace('.', '_')}}_response":{{answer}},"sign":"{{sign}}"}""", "application/json", Encoding.UTF8);
    }

    private string AnswerOf(string method, JsonElement content)
    {
        switch (method)
        {
            case "alipay.trade.query":
                var request = content.GetProperty("out_trade_no").GetString()!;
                return Paid.TryGetValue(request, out var amount)
                    ? $$"""{"code":"10000","note":"a\/b 中","out_trade_no":"{{request}}","trade_status":"TRADE_SUCCESS","total_amount":"{{amount}}"}"""
                    : """{"code":"40004","msg":"Business Failed","sub_code":"ACQ.TRADE_NOT_EXIST"}""";
            case "alipay.trade.refund":
                if (RefusesRefunds) return """{"code":"40004","sub_code":"ACQ.SELLER_BALANCE_NOT_ENOUGH"}""";
                Refunds[content.GetProperty("out_request_no").GetString()!] = content.GetProperty("refund_amount").GetString()!;
                return $$"""{"code":"10000",{{RefundAnswer}}}""";
            case "alipay.trade.fastpay.refund.query":
                return $$"""{"code":"10000","out_request_no":"{{content.GetProperty("out_request_no").GetString()}}"{{RefundStatus}}}""";
            default:
                if (HasNoStatement) return """{"code":"40004","sub_code":"isp.bill_not_exist"}""";
                if (Statement is not null) return $$"""{"code":"10000","bill_download_url":"{{_server.Urls.First()}}/statement.zip"}""";
                return $$"""{"code":"10000","bill_download_url":"https:\/\/statements.example\/{{content.GetProperty("bill_date").GetString()}}.zip"}""";
        }
    }

    private string Sign(string content) =>
        Convert.ToBase64String(_alipay.SignData(Encoding.UTF8.GetBytes(content), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    private static string Content(Dictionary<string, string> fields, params string[] without) => string.Join('&', fields
        .Where(f => f.Value.Length > 0 && !without.Contains(f.Key)).OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key}={f.Value}"));
}
