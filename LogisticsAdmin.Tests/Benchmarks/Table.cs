using System.Globalization;

namespace LogisticsAdmin.Tests.Benchmarks;

/// <summary>A table on the console in Markdown. Rows are printed as they are measured.</summary>
internal sealed class Table
{
    private const int First = 46;
    private readonly int[] _widths;

    public Table(params string[] head)
    {
        _widths = [.. head.Select((name, i) => Math.Max(name.Length, i == 0 ? First : 9))];
        Write(head);
        Console.WriteLine($"|{string.Join('|', _widths.Select((width, i) => i == 0 ? new string('-', width + 2) : new string('-', width + 1) + ":"))}|");
    }

    public void Row(string what, params object?[] cells) => Write([what, .. cells.Select(Show)]);

    private void Write(IReadOnlyList<string> cells) =>
        Console.WriteLine($"| {string.Join(" | ", cells.Select((cell, i) => i == 0 ? cell.PadRight(_widths[i]) : cell.PadLeft(_widths[i])))} |");

    /// <summary>Measurements are not more precise than three digits.</summary>
    private static string Show(object? cell) => cell switch
    {
        double number => number.ToString(number >= 100 ? "N0" : number >= 10 ? "N1" : "N2", CultureInfo.InvariantCulture),
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        _ => $"{cell}",
    };
}
