using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Outbox.Mail;

/// <summary>When a person gets mail about messages of one kind, where they chose it. Without it, <see cref="UsualFor"/> holds.</summary>
public sealed class MailPreference : Versioned
{
    private MailPreference() { }

    public MailPreference(long personId, int kind, MailMode mode) => (PersonId, Kind, Mode) = (personId, kind, mode);

    public long PersonId { get; private set; }
    public int Kind { get; private set; }
    public MailMode Mode { get; private set; }

    /// <summary>What people get who chose nothing: urgent messages at once, no others.</summary>
    public static MailMode UsualFor(INotificationKind kind) => kind.IsUrgent ? MailMode.AtOnce : MailMode.Off;

    internal void Set(MailMode mode) => Mode = mode;
}
