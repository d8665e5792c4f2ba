using MudBlazor;

namespace LogisticsAdmin.Shared.Ui;

/// <summary>
/// Runs what a person asked for and turns a refusal into words they can act on. Anything unexpected goes on to the error boundary.
/// </summary>
public sealed class Actions(ISnackbar snackbar, RefusalText words)
{
    /// <summary>True when it was done. <paramref name="refused"/> may take the refusal itself (a field message, a choice) instead of a snackbar.</summary>
    public async Task<bool> RunAsync(Func<Task> action, Func<Refusal, bool>? refused = null)
    {
        try
        {
            await action();
            return true;
        }
        catch (Refusal refusal)
        {
            if (refused?.Invoke(refusal) != true) snackbar.Add(words.Of(refusal), Severity.Error);
            return false;
        }
    }

    /// <summary>Null when it was done, else why not, for a page that says so in its place.</summary>
    public async Task<string?> ProblemAsync(Func<Task> action)
    {
        string? problem = null;
        await RunAsync(action, refusal =>
        {
            problem = words.Of(refusal);
            return true;
        });
        return problem;
    }
}
