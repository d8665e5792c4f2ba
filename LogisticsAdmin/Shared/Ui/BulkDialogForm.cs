namespace LogisticsAdmin.Shared.Ui;

/// <summary>
/// A dialog of an action on many rows: shows the progress, can be stopped, and stays open to name the rows that were refused. The derived
/// dialog shows a <see cref="BulkOutcome"/> below its form, and <see cref="BulkButtons"/> instead of the default ones while it does not ask.
/// </summary>
public abstract class BulkDialogForm : DialogForm
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>How far the action is; null before and afterwards.</summary>
    public BulkProgress? Reached { get; private set; }

    /// <summary>What the action did; null before.</summary>
    public BulkResult? Outcome { get; private set; }

    public bool IsStopped => _stop.IsCancellationRequested;

    /// <summary>Whether the form is shown, because the action has not begun.</summary>
    protected bool IsAsking => Outcome is null && Reached is null;

    protected override bool ClosesWhenSent => Outcome is null or { Refused.Count: 0, Remaining: 0 };

    public void Stop() => _stop.Cancel();

    public void Close() => Dialog.Close();

    /// <summary>Runs the action on this many rows while the dialog can't be closed.</summary>
    protected async Task<BulkResult> RunOnManyAsync(int rows, Func<IProgress<BulkProgress>, CancellationToken, Task<BulkResult>> run)
    {
        Reached = new BulkProgress(0, 0, rows);
        await LockAsync();
        try
        {
            return Outcome = await run(new Progress<BulkProgress>(Show), _stop.Token);
        }
        finally
        {
            Reached = null;
            await UnlockAsync();
        }
    }

    private void Show(BulkProgress progress)
    {
        if (Reached is null) return;
        Reached = progress;
        StateHasChanged();
    }

    protected override void Dispose(bool disposing)
    {
        _stop.Cancel();
        _stop.Dispose();
        base.Dispose(disposing);
    }
}
