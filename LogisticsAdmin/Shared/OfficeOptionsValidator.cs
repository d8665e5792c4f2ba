using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Shared;

/// <summary>Refuses a time zone that this system doesn't know, before anything is dated in it.</summary>
internal sealed class OfficeOptionsValidator : IValidateOptions<OfficeOptions>
{
    public ValidateOptionsResult Validate(string? name, OfficeOptions options) =>
        !string.IsNullOrWhiteSpace(options.TimeZone) && TimeZoneInfo.TryFindSystemTimeZoneById(options.TimeZone, out _)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"Office:TimeZone is \"{options.TimeZone}\", which this system doesn't know. Use an IANA name such as Asia/Shanghai, "
                + "and install the system's time zone data (tzdata). 系统没有这个时区，请更正 Office:TimeZone 或安装 tzdata。");
}
