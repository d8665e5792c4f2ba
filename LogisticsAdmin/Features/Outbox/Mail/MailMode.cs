namespace LogisticsAdmin.Features.Outbox.Mail;

/// <summary>When a person gets mail about messages of one kind. The numbers are stored.</summary>
public enum MailMode
{
    Off = 1,
    AtOnce = 2,

    /// <summary>Once a day, all together, without what was read meanwhile.</summary>
    Daily = 3,
}
