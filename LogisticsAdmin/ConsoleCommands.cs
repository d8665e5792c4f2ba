using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin;

/// <summary>Runs the command named by the first argument instead of the web server.</summary>
public static class ConsoleCommands
{
    private const int Misused = 2;

    /// <summary>Whether the first argument is a command. Options of the app itself begin with a dash or a slash, or contain "=".</summary>
    public static bool IsCommand(string[] args) => args is [{ Length: > 0 } word, ..] && word[0] is not ('-' or '/') && !word.Contains('=');

    /// <summary>
    /// Runs the command and returns its exit code. An unknown command prints the list of commands, wrong arguments print the usage;
    /// both return 2 and change nothing. Refuses as <see cref="StartupProblem"/>.
    /// </summary>
    public static async Task<int> RunAsync(IServiceProvider services, string[] args, TextWriter output, CancellationToken ct = default)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().SetActor(Actor.System);
        var commands = scope.ServiceProvider.GetServices<IConsoleCommand>().OrderBy(c => c.Name, StringComparer.Ordinal).ToList();
        if (commands.Find(c => c.Name == args[0]) is not { } command)
        {
            await output.WriteLineAsync($"There is no command {args[0]}. Commands / 没有这个命令，可用命令：");
            foreach (var known in commands) await output.WriteLineAsync($"  {known.Name} {known.Usage}");
            return Misused;
        }
        if (!command.AcceptsArguments(args[1..])) return await MisusedAsync(command, output);
        try
        {
            if (command.NeedsStorageAlone) scope.ServiceProvider.GetRequiredService<StorageLock>().Acquire();
            if (command.NeedsDatabaseReady) await scope.ServiceProvider.GetRequiredService<DatabaseStartup>().PrepareAsync(ct: ct);
            var exit = await command.RunAsync(args[1..], output, ct);
            return exit == Misused ? await MisusedAsync(command, output) : exit;
        }
        catch (Exception e) when (services.GetRequiredService<IDatabaseStorage>().ProblemOf(e) is { } problem)
        {
            throw problem;
        }
    }

    private static async Task<int> MisusedAsync(IConsoleCommand command, TextWriter output)
    {
        await output.WriteLineAsync($"Usage / 用法: {command.Name} {command.Usage}");
        return Misused;
    }
}
