using FluentValidation;

namespace LogisticsAdmin.Features.Operations.Retention;

/// <summary>Periods in months; an empty one keeps the data for ever. Carries the version that was opened.</summary>
public sealed class RetentionForm
{
    public long Version { get; set; }
    public int? InboxMonths { get; set; }
    public int? SignInMonths { get; set; }
    public int? ImportRowMonths { get; set; }
    public int? AuditMonths { get; set; }
    public int? PeopleMonths { get; set; }

    public int? Months(RetentionKind kind) => kind switch
    {
        RetentionKind.Inbox => InboxMonths,
        RetentionKind.SignIns => SignInMonths,
        RetentionKind.ImportRows => ImportRowMonths,
        RetentionKind.Audit => AuditMonths,
        _ => PeopleMonths,
    };
}

public sealed class RetentionFormValidator : AbstractValidator<RetentionForm>
{
    public RetentionFormValidator()
    {
        RuleFor(f => f.InboxMonths).InclusiveBetween(RetentionLimits.Least(RetentionKind.Inbox), RetentionLimits.Most);
        RuleFor(f => f.SignInMonths).InclusiveBetween(RetentionLimits.Least(RetentionKind.SignIns), RetentionLimits.Most);
        RuleFor(f => f.ImportRowMonths).InclusiveBetween(RetentionLimits.Least(RetentionKind.ImportRows), RetentionLimits.Most);
        RuleFor(f => f.AuditMonths).InclusiveBetween(RetentionLimits.Least(RetentionKind.Audit), RetentionLimits.Most);
        RuleFor(f => f.PeopleMonths).InclusiveBetween(RetentionLimits.Least(RetentionKind.People), RetentionLimits.Most);
    }
}
