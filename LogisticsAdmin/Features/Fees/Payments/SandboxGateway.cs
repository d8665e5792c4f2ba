using System.Globalization;
using System.Security.Cryptography;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.DataProtection;

namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>
/// A gateway without money, for development: a page of the app plays the bank. It is not there in Production, and elsewhere only where it is set.
/// </summary>
public sealed class SandboxGateway(IDataProtectionProvider protection, IServiceScopeFactory scopes) : IPaymentGateway
{
    public const string SandboxName = "sandbox";

    private readonly IDataProtector _protector = protection.CreateProtector("Fees.Payments.Sandbox");

    public string Name => SandboxName;
    public LocalName Label { get; } = LocalName.Of<PaymentsText>("Sandbox");

    public string PayAddress(PayRequest request) => $"pay/sandbox/{request.RequestNumber}";

    public GatewayNotice? Read(IReadOnlyDictionary<string, string> form)
    {
        if (!form.TryGetValue("sign", out var sign) || !IsSigned(Content(form), sign)) return null;
        return new GatewayNotice(
            form.GetValueOrDefault("request", ""), Enum.TryParse<TradeStatus>(form.GetValueOrDefault("status"), out var status) ? status : TradeStatus.Waiting,
            long.TryParse(form.GetValueOrDefault("fen"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var fen) ? new Money(fen) : null,
            form.GetValueOrDefault("trade"), form.GetValueOrDefault("app") == Name)
        {
            SignedContent = Content(form),
        };
    }

    public async Task<GatewayAnswer> QueryAsync(string requestNumber, CancellationToken ct = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        var trade = await scope.ServiceProvider.GetRequiredService<SandboxBank>().FindAsync(requestNumber, ct);
        var notice = trade is null ? new GatewayNotice(requestNumber, TradeStatus.Missing, null, null)
            : new GatewayNotice(requestNumber, trade.Status, trade.Amount, TradeOf(trade));
        return new GatewayAnswer(notice, $"{requestNumber} {notice.Status} {notice.Amount?.Fen}");
    }

    public async Task<RefundAnswer> RefundAsync(string requestNumber, string refundNumber, Money amount, CancellationToken ct = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Security.CurrentUser>().SetActor(Security.Actor.System);
        var isDone = await scope.ServiceProvider.GetRequiredService<SandboxBank>().RefundAsync(requestNumber, refundNumber, amount, ct);
        return new RefundAnswer(isDone, isDone ? null : "NOT_PAID");
    }

    public async Task<bool> IsRefundedAsync(string requestNumber, string refundNumber, CancellationToken ct = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        var trade = await scope.ServiceProvider.GetRequiredService<SandboxBank>().FindAsync(requestNumber, ct);
        return trade?.Made.Any(r => r.Number == refundNumber) == true;
    }

    public async Task<IReadOnlyList<GatewayLine>?> StatementAsync(DateOnly day, CancellationToken ct = default)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<SandboxBank>().StatementAsync(day, ct);
    }

    // A file that somebody wrote for a trial has the columns of Alipay's.
    public IReadOnlyList<GatewayLine> ReadStatement(byte[] file, DateOnly day) => AlipayStatement.Read(file, day);

    /// <summary>What the bank says about a trade, signed; <paramref name="status"/> may be another than it has now.</summary>
    internal IReadOnlyDictionary<string, string> Say(SandboxTrade trade, TradeStatus status, string? app = null)
    {
        var form = new Dictionary<string, string>
        {
            ["app"] = app ?? Name,
            ["request"] = trade.RequestNumber,
            ["status"] = status.ToString(),
            ["fen"] = trade.AmountFen.ToString(CultureInfo.InvariantCulture),
            ["trade"] = TradeOf(trade),
        };
        form["sign"] = _protector.Protect(Content(form));
        return form;
    }

    internal static string TradeOf(SandboxTrade trade) => $"SB{trade.RequestNumber}";

    private bool IsSigned(string content, string sign)
    {
        try
        {
            return _protector.Unprotect(sign) == content;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static string Content(IReadOnlyDictionary<string, string> form) =>
        string.Join('&', form.Where(f => f.Key != "sign").OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key}={f.Value}"));
}
