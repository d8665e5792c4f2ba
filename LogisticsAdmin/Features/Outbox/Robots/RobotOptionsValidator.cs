using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Features.Outbox.Robots;

internal sealed class RobotOptionsValidator : IValidateOptions<RobotOptions>
{
    public ValidateOptionsResult Validate(string? name, RobotOptions options) =>
        options.AllowedOrigins.FirstOrDefault(o => !IsOrigin(o)) is { } wrong
            ? ValidateOptionsResult.Fail(
                $"Robots:AllowedOrigins contains \"{wrong}\". Write scheme, host and port alone, such as https://robots.example.edu:8443. "
                + "Robots:AllowedOrigins 应为协议、主机与端口，例如 https://robots.example.edu:8443。")
            : ValidateOptionsResult.Success;

    private static bool IsOrigin(string? origin) => Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp) && uri is { PathAndQuery: "/", Fragment: "", UserInfo: "" };
}
