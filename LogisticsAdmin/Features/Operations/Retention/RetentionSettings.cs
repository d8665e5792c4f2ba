using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Operations.Retention;

/// <summary>For how many months each kind of data is kept; null keeps it for ever. There is at most one row.</summary>
public sealed class RetentionSettings : Versioned, IAudited
{
    public int? InboxMonths { get; private set; }
    public int? SignInMonths { get; private set; }
    public int? ImportRowMonths { get; private set; }
    public int? AuditMonths { get; private set; }
    public int? PeopleMonths { get; private set; }

    [NotAudited]
    public DateTimeOffset ChangedAt { get; private set; }

    public void Set(RetentionForm form, DateTimeOffset at) =>
        (InboxMonths, SignInMonths, ImportRowMonths, AuditMonths, PeopleMonths, ChangedAt) =
        (form.InboxMonths, form.SignInMonths, form.ImportRowMonths, form.AuditMonths, form.PeopleMonths, at);

    public RetentionForm ToForm() => new()
    {
        Version = Version,
        InboxMonths = InboxMonths,
        SignInMonths = SignInMonths,
        ImportRowMonths = ImportRowMonths,
        AuditMonths = AuditMonths,
        PeopleMonths = PeopleMonths,
    };
}
