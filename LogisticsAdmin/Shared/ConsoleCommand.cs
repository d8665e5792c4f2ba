namespace LogisticsAdmin.Shared;

/// <summary>
/// One thing the app does from the command line instead of serving pages: <c>dotnet run --project LogisticsAdmin -- name …</c>.
/// Slices register theirs as <see cref="IConsoleCommand"/>.
/// </summary>
public interface IConsoleCommand
{
    string Name { get; }

    /// <summary>One line: arguments and what it does.</summary>
    string Usage { get; }

    /// <summary>Whether it must be alone with the storage: then it refuses while the app runs.</summary>
    bool NeedsStorageAlone { get; }

    /// <summary>Exit code 0 when done; 1 when it could not; 2 when the arguments are wrong.</summary>
    Task<int> RunAsync(string[] args, TextWriter output, CancellationToken ct);
}
