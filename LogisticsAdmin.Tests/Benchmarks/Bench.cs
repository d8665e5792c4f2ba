namespace LogisticsAdmin.Tests.Benchmarks;

/// <summary>Entry of <c>-- bench [name]</c>: runs the named benchmark, or all, and prints each as a table.</summary>
internal static class Bench
{
    public static Task<int> RunAsync(string[] names)
    {
        Console.Error.WriteLine($"Unknown benchmark: {string.Join(' ', names)}");
        return Task.FromResult(2);
    }
}
