namespace LogisticsAdmin.Features.Outbox.Robots;

/// <summary>Where a robot may be: at its provider by HTTPS, or at an origin that the settings allow. Nothing else is ever called.</summary>
internal static class RobotAddress
{
    public static string HostOf(RobotProvider provider) => provider == RobotProvider.DingTalk ? "oapi.dingtalk.com" : "qyapi.weixin.qq.com";

    /// <summary>Null for an address that must not be called.</summary>
    public static Uri? Allowed(string? address, RobotProvider provider, RobotOptions options)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.UserInfo.Length > 0) return null;
        var isProvider = uri.Scheme == Uri.UriSchemeHttps && uri.IsDefaultPort
            && string.Equals(uri.IdnHost, HostOf(provider), StringComparison.OrdinalIgnoreCase);
        return isProvider || options.AllowedOrigins.Any(o => IsSameOrigin(new Uri(o), uri)) ? uri : null;
    }

    private static bool IsSameOrigin(Uri allowed, Uri asked) =>
        Uri.Compare(allowed, asked, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;
}
