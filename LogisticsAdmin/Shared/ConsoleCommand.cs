namespace LogisticsAdmin.Shared;

/// <summary>
/// One thing the app does from the command line instead of serving pages: <c>dotnet run --project LogisticsAdmin -- name …</c>.
/// Slices register theirs as <see cref="IConsoleCommand"/>; it runs in a scope of its own, in which the house itself acts.
/// </summary>
public interface IConsoleCommand
{
    string Name { get; }

    /// <summary>One line: arguments and what it does.</summary>
    string Usage { get; }

    /// <summary>Whether it must be alone with the storage: then it refuses while the app runs.</summary>
    bool NeedsStorageAlone { get; }

    /// <summary>Whether the database is first brought into shape as at an app's start. Only who is alone may do that.</summary>
    bool NeedsDatabaseReady => NeedsStorageAlone;

    /// <summary>
    /// Whether it can make sense of what follows its name, judged before the storage is locked, made or changed. May refuse as
    /// <see cref="StartupProblem"/> what it understands and will not do.
    /// </summary>
    bool Understands(string[] args) => true;

    /// <summary>Exit code 0 when done; 1 when it could not; 2 when the arguments are wrong after all, and then its usage is printed for it.</summary>
    Task<int> RunAsync(string[] args, TextWriter output, CancellationToken ct);
}
