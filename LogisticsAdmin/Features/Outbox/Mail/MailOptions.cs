using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Outbox.Mail;

/// <summary>The settings of section <c>Mail</c>. User and password come from here or from the environment, never from the database.</summary>
public sealed class MailOptions
{
    /// <summary>The mail server; without it mail is off.</summary>
    public string? Host { get; set; }

    /// <summary>0: the usual port for the <see cref="Security"/>.</summary>
    public int Port { get; set; }
    public MailSecurity Security { get; set; } = MailSecurity.StartTls;
    public string? User { get; set; }
    public string? Password { get; set; }

    /// <summary>The sender, such as <c>后勤服务中心 &lt;repairs@example.edu&gt;</c>; without a name the office's is shown.</summary>
    public string? From { get; set; }

    /// <summary>How long connecting, and then each mail, may take.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How many mails are sent at the same time.</summary>
    public int Connections { get; set; } = 4;

    /// <summary>When the daily digests go out, in the office's time zone.</summary>
    public TimeOnly DigestAt { get; set; } = new(7, 30);

    public bool IsOn => !string.IsNullOrWhiteSpace(Host);

    public int EffectivePort => Port != 0 ? Port : Security switch
    {
        MailSecurity.StartTls => 587,
        MailSecurity.Tls => 465,
        _ => 25,
    };

    /// <summary>When the next digests go out.</summary>
    public DateTimeOffset NextDigest(OfficeTime office) =>
        office.At(office.Today, DigestAt) is var today && today > office.Now ? today : office.At(office.Today.AddDays(1), DigestAt);
}
