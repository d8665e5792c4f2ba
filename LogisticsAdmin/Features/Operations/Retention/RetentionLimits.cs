namespace LogisticsAdmin.Features.Operations.Retention;

/// <summary>Bounds of the periods in months: short ones would delete what open matters still need.</summary>
public static class RetentionLimits
{
    public const int Most = 240;

    public static int Least(RetentionKind kind) => kind switch
    {
        RetentionKind.Audit => 12,
        RetentionKind.People => 6,
        _ => 3,
    };

    /// <summary>What the page suggests; nothing is set by itself.</summary>
    public static int Suggested(RetentionKind kind) => kind switch
    {
        RetentionKind.Audit => 36,
        RetentionKind.People => 24,
        _ => 12,
    };
}
