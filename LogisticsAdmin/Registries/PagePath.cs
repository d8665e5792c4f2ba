namespace LogisticsAdmin.Registries;

internal static class PagePath
{
    public static bool IsAt(string path, string address) => path.Equals(address, StringComparison.OrdinalIgnoreCase);

    public static bool IsAtOrBelow(string path, string address) =>
        IsAt(path, address) || path.StartsWith($"{address}/", StringComparison.OrdinalIgnoreCase);
}
