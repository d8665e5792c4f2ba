using System.Net;
using Microsoft.Extensions.Options;
using MimeKit;

namespace LogisticsAdmin.Features.Outbox.Mail;

/// <summary>Refuses settings with which no mail would go out, or the password would be readable on the way.</summary>
internal sealed class MailOptionsValidator : IValidateOptions<MailOptions>
{
    public ValidateOptionsResult Validate(string? name, MailOptions options) =>
        options.IsOn && ProblemOf(options) is { } problem ? ValidateOptionsResult.Fail(problem) : ValidateOptionsResult.Success;

    private static string? ProblemOf(MailOptions options)
    {
        if (Uri.CheckHostName(options.Host!.Trim()) == UriHostNameType.Unknown)
            return $"Mail:Host is \"{options.Host}\". Write the name of the mail server alone, such as smtp.example.edu. Mail:Host 应为邮件服务器的主机名。";
        if (!MailboxAddress.TryParse(options.From ?? "", out var from) || !from.Address.Contains('@', StringComparison.Ordinal))
        {
            return $"Mail:From is \"{options.From}\". Mail needs a sender, such as repairs@example.edu. Mail:From 应为发件人地址，例如 repairs@example.edu。";
        }
        if (options.Port is < 0 or > 65535) return $"Mail:Port is {options.Port}. Use a port from 1 to 65535, or leave it out. Mail:Port 不是有效端口。";
        if (!Enum.IsDefined(options.Security)) return $"Mail:Security is {options.Security}. Use StartTls, Tls or None. Mail:Security 应为 StartTls、Tls 或 None。";
        if (string.IsNullOrEmpty(options.User) != string.IsNullOrEmpty(options.Password))
            return "Of Mail:User and Mail:Password only one is set. Set both or neither. Mail:User 与 Mail:Password 应同时填写。";
        if (options is { Security: MailSecurity.None, Password.Length: > 0 } && !IsHere(options.Host))
        {
            return "Mail:Security is None, so that Mail:Password would be readable on the way. Use StartTls or Tls. "
                + "Mail:Security 为 None 时密码会以明文传输，请改用 StartTls 或 Tls。";
        }
        if (options.Timeout < TimeSpan.FromSeconds(1) || options.Timeout > TimeSpan.FromMinutes(15))
            return $"Mail:Timeout is {options.Timeout}. Set it to between one second and 15 minutes. Mail:Timeout 应为 1 秒至 15 分钟。";
        if (options.Connections is < 1 or > 20)
            return $"Mail:Connections is {options.Connections}. Set it to between 1 and 20. Mail:Connections 应为 1 至 20。";
        return null;
    }

    private static bool IsHere(string host) =>
        host.Trim() is "localhost" || (IPAddress.TryParse(host.Trim(), out var address) && IPAddress.IsLoopback(address));
}
