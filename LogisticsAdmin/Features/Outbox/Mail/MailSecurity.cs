namespace LogisticsAdmin.Features.Outbox.Mail;

/// <summary>How the connection to the mail server is protected.</summary>
public enum MailSecurity
{
    /// <summary>TLS after STARTTLS, required; usually port 587.</summary>
    StartTls = 1,

    /// <summary>TLS from the first byte; usually port 465.</summary>
    Tls = 2,

    /// <summary>None, for a mail server on the same machine; usually port 25.</summary>
    None = 3,
}
