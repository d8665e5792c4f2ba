namespace LogisticsAdmin.Features.Outbox.Mail;

/// <summary>A person's choice for each kind of message that they may get.</summary>
public sealed class MailPreferencesForm
{
    /// <summary>By the kind's id. Kinds that the person can't get are ignored.</summary>
    public Dictionary<int, MailMode> Modes { get; set; } = [];
}
