namespace LogisticsAdmin.Shared;

/// <summary>One keyset window of a list, and whether there are more rows before or after it.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, bool MoreBefore, bool MoreAfter)
{
    public static readonly Page<T> Empty = new([], false, false);
}
