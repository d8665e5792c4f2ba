namespace LogisticsAdmin.Features.Fees.Arrears;

/// <summary>Limits of the fields of arrears.</summary>
public static class ArrearsLimits
{
    public const int Name = 40;

    /// <summary>Of reminders, cool-down and notice.</summary>
    public const int Days = 365;

    /// <summary>Of one examination period.</summary>
    public const int ExamDays = 60;

    /// <summary>The prefix of the numbers of cut-offs.</summary>
    public const string Series = "TG";
}
