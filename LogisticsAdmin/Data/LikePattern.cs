namespace LogisticsAdmin.Data;

/// <summary>LIKE patterns for columns that contain a typed text, with percent signs and underscores taken literally.</summary>
internal static class LikePattern
{
    public const string Escape = @"\";

    public static string Containing(string typed) => $"%{typed.Replace(@"\", @"\\").Replace("%", @"\%").Replace("_", @"\_")}%";
}
