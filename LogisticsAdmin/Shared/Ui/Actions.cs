using MudBlazor;

namespace LogisticsAdmin.Shared.Ui;

/// <summary>
/// Runs what a person asked for and shows a refusal in their language. Unexpected exceptions reach the error boundary.
/// </summary>
public sealed class Actions(ISnackbar snackbar, RefusalText words)
{
    /// <summary>True when it was done. A refusal is shown as a snackbar unless <paramref name="refused"/> returns true because it shows it itself.</summary>
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
