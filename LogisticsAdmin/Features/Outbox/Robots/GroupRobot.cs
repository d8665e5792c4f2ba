using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Outbox.Robots;

/// <summary>
/// A robot that tells a group of staff what happens. Its address contains a key and is as secret as the secret itself: both are stored, never
/// shown again, never logged and never in the audit log.
/// </summary>
public sealed class GroupRobot : Versioned, IRetirable, IAudited
{
    private GroupRobot() { }

    public GroupRobot(RobotForm form) => Set(form);

    public string Name { get; private set; } = "";
    public RobotProvider Provider { get; private set; }

    [NotAudited]
    public string Address { get; private set; } = "";

    /// <summary>Signs messages to 钉钉; null for a robot without a signature.</summary>
    [NotAudited]
    public string? Secret { get; private set; }

    /// <summary>How often address or secret were replaced, so that the audit log says that they were.</summary>
    public int AddressCount { get; private set; }

    /// <summary>The language of what it tells.</summary>
    public string Language { get; private set; } = Languages.Chinese;
    public bool IsEnabled { get; private set; }
    public bool ForEmergencies { get; private set; }
    public bool ForOverdue { get; private set; }
    public bool ForUrgentNotices { get; private set; }
    public DateTimeOffset? RetiredAt { get; private set; }
    public long? RetiredById { get; private set; }

    public bool Tells(GroupEvent what) => what switch
    {
        GroupEvent.Emergency => ForEmergencies,
        GroupEvent.Overdue => ForOverdue,
        GroupEvent.UrgentNotice => ForUrgentNotices,
        _ => false,
    };

    /// <summary>An empty address or secret keeps the stored one; another provider has another address and secret.</summary>
    public void Set(RobotForm form)
    {
        Describe(CleanText.Clean(form.Name), Languages.Known(form.Language), form.IsEnabled, form.ForEmergencies, form.ForOverdue, form.ForUrgentNotices);
        Provider = form.Provider!.Value;
        if (ReplacesAddress(form)) ((Address, Secret), AddressCount) = (AddressAfter(form), AddressCount + 1);
    }

    /// <summary>Whether the form brings another address or secret; what was stored before is kept nowhere.</summary>
    internal bool ReplacesAddress(RobotForm form) => AddressAfter(form) != (Address, Secret);

    private (string Address, string? Secret) AddressAfter(RobotForm form)
    {
        var (address, secret) = (form.Address?.Trim() ?? "", form.Secret?.Trim() ?? "");
        if (address.Length == 0) address = Address;
        return (address, secret.Length > 0 ? secret : form.RemovesSecret || address != Address ? null : Secret);
    }

    public void Retire(long by, DateTimeOffset at)
    {
        if (RetiredAt is not null) throw Rejected.Because<OutboxText>("RobotAlreadyRetired", Name);
        (RetiredAt, RetiredById) = (at, by);
    }

    public void Restore()
    {
        if (RetiredAt is null) throw Rejected.Because<OutboxText>("RobotNotRetired", Name);
        (RetiredAt, RetiredById) = (null, null);
    }

    internal void Describe(string name, string language, bool isEnabled, bool emergencies, bool overdue, bool notices) =>
        (Name, Language, IsEnabled, ForEmergencies, ForOverdue, ForUrgentNotices) = (name, language, isEnabled, emergencies, overdue, notices);
}
