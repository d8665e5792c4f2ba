namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>支付宝: used when the application's id is set. Keys come from here or from the environment, never from the database.</summary>
public sealed class AlipayOptions
{
    public string? AppId { get; set; }

    /// <summary>应用私钥: base64 of PKCS#8 or PKCS#1, with or without the lines around it.</summary>
    public string? PrivateKey { get; set; }

    /// <summary>支付宝公钥: base64, with or without the lines around it.</summary>
    public string? AlipayPublicKey { get; set; }

    public string Gateway { get; set; } = "https://openapi.alipay.com/gateway.do";

    public bool IsOn => !string.IsNullOrWhiteSpace(AppId);
}
