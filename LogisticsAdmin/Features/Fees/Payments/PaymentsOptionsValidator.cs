using LogisticsAdmin.Shared;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>Refuses settings with which no payment could be made or believed. Never repeats a key.</summary>
internal sealed class PaymentsOptionsValidator(IOptions<OfficeOptions> office) : IValidateOptions<PaymentsOptions>
{
    public ValidateOptionsResult Validate(string? name, PaymentsOptions options) =>
        ProblemOf(options) is { } problem ? ValidateOptionsResult.Fail(problem) : ValidateOptionsResult.Success;

    private string? ProblemOf(PaymentsOptions options)
    {
        var alipay = options.Alipay;
        if (options.NoticesPerMinute is < 1 or > 1_000_000)
            return $"Payments:NoticesPerMinute is {options.NoticesPerMinute}. Use 1 to 1,000,000. Payments:NoticesPerMinute 应为 1 至 1000000。";
        if (!alipay.IsOn)
        {
            return string.IsNullOrWhiteSpace(alipay.PrivateKey) ? null
                : "Payments:Alipay:PrivateKey is set without Payments:Alipay:AppId. Set both or neither. "
                    + "Payments:Alipay:AppId 与 PrivateKey 应同时填写。";
        }
        if (!AlipaySignature.IsPrivateKey(alipay.PrivateKey))
        {
            return "Payments:Alipay:PrivateKey is no RSA key in base64 (PKCS#8 or PKCS#1) of at least 2048 bits. "
                + "Payments:Alipay:PrivateKey 应为至少 2048 位的 RSA 应用私钥。";
        }
        if (!AlipaySignature.IsPublicKey(alipay.AlipayPublicKey))
        {
            return "Payments:Alipay:AlipayPublicKey is no RSA public key in base64. Use that of Alipay, not the application's own one. "
                + "Payments:Alipay:AlipayPublicKey 应为支付宝公钥（不是应用公钥）。";
        }
        if (!Uri.TryCreate(alipay.Gateway, UriKind.Absolute, out var gateway) || !(gateway.Scheme == Uri.UriSchemeHttps || gateway.IsLoopback))
            return "Payments:Alipay:Gateway is no https address. Payments:Alipay:Gateway 应为 https 地址。";
        if (string.IsNullOrWhiteSpace(office.Value.Address))
        {
            return "Payments:Alipay is set without Office:Address, so that Alipay could not say that a payment was made. "
                + "使用支付宝时必须设置 Office:Address，否则收不到支付结果通知。";
        }
        return null;
    }
}
