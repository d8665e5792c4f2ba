namespace LogisticsAdmin.Features.Fees.Reconciliation;

/// <summary>When a statement is asked for again.</summary>
internal static class StatementPauses
{
    private static readonly int[] Minutes = [15, 30, 60, 120, 240];

    /// <summary>After 15 and 30 minutes, one and two hours, and then every four hours.</summary>
    public static TimeSpan After(int tries) => TimeSpan.FromMinutes(Minutes[Math.Clamp(tries, 1, Minutes.Length) - 1]);
}
