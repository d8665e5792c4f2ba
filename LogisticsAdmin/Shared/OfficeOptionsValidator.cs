using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Shared;

/// <summary>Refuses a time zone that this system doesn't know, before anything is dated in it, and an address that no phone could open.</summary>
internal sealed class OfficeOptionsValidator : IValidateOptions<OfficeOptions>
{
    public ValidateOptionsResult Validate(string? name, OfficeOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.TimeZone) || !TimeZoneInfo.TryFindSystemTimeZoneById(options.TimeZone, out _))
        {
            return ValidateOptionsResult.Fail(
                $"Office:TimeZone is \"{options.TimeZone}\", which this system doesn't know. Use an IANA name such as Asia/Shanghai, "
                + "and install the system's time zone data (tzdata). 系统没有这个时区，请更正 Office:TimeZone 或安装 tzdata。");
        }
        return options.Address is not { Length: > 0 } address || IsWebAddress(address)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"Office:Address is \"{address}\". Write the whole address of the app, such as https://repairs.example.edu/logistics. "
                + "Office:Address 应为完整的网址，例如 https://repairs.example.edu/logistics。");
    }

    private static bool IsWebAddress(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp) && uri is { Query: "", Fragment: "", UserInfo: "" };
}
