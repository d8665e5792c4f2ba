namespace LogisticsAdmin.Shared;

/// <summary>
/// A command that the app runs instead of serving pages: <c>dotnet run --project LogisticsAdmin -- name …</c>.
/// Slices register theirs as <see cref="IConsoleCommand"/>; it runs in its own scope and acts as the system.
/// </summary>
public interface IConsoleCommand
{
    string Name { get; }

    /// <summary>One line: arguments and what it does.</summary>
    string Usage { get; }

    /// <summary>Whether nothing else may use the storage meanwhile: then the command is refused while the app runs.</summary>
    bool NeedsStorageAlone { get; }

    /// <summary>Whether the database is migrated first, as at the start of the app; only with the storage to itself.</summary>
    bool NeedsDatabaseReady => NeedsStorageAlone;

    /// <summary>
    /// Whether the arguments make sense, checked before the storage is locked, created or changed. May throw <see cref="StartupProblem"/> for
    /// arguments that it understands and refuses.
    /// </summary>
    bool AcceptsArguments(string[] args) => true;

    /// <summary>Exit code 0 when done; 1 when it could not; 2 when the arguments are wrong after all, and then its usage is printed for it.</summary>
    Task<int> RunAsync(string[] args, TextWriter output, CancellationToken ct);
}
