namespace LogisticsAdmin.Data;

/// <summary>What LIKE is asked for when a column shall hold what somebody typed, their percent signs and underlines included.</summary>
internal static class LikePattern
{
    public const string Escape = @"\";

    public static string Holding(string typed) => $"%{typed.Replace(@"\", @"\\").Replace("%", @"\%").Replace("_", @"\_")}%";
}
