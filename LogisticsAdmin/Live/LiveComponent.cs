using LogisticsAdmin.Security;
using Microsoft.AspNetCore.Components;

namespace LogisticsAdmin.Live;

/// <summary>
/// A page or part that follows the feed. It subscribes first and loads second, and reads its mailbox in a loop of its own started
/// inside its circuit, so that every render happens in the reader's language and with the reader's rights.
/// </summary>
public abstract class LiveComponent : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource _leave = new();
    private readonly CancellationToken _leaving;
    private Subscription? _subscription;
    private Task _reading = Task.CompletedTask;

    // Taken once: a load that ends after the person left still asks for it, when its source is disposed.
    protected LiveComponent() => _leaving = _leave.Token;

    [Inject] protected IChangeFeed Feed { get; set; } = null!;
    [Inject] protected NavigationManager Navigation { get; set; } = null!;
    [Inject] protected CurrentUser User { get; set; } = null!;

    /// <summary>Cancelled when the person leaves the page.</summary>
    protected CancellationToken Leaving => _leaving;

    /// <summary>Whether a change concerns this component and may be seen by its person. Called on the dispatcher's thread.</summary>
    protected abstract bool Wants(Change change);

    /// <summary>Reads everything anew: at the start, after lost changes, after <see cref="ManyChanged"/>.</summary>
    protected abstract Task LoadAsync();

    /// <summary>Takes changes in commit order; true when the component must render.</summary>
    protected abstract Task<bool> ApplyAsync(IReadOnlyList<Change> changes);

    protected override async Task OnInitializedAsync()
    {
        _subscription = Feed.Subscribe(User.PersonId, Wants);
        await LoadAsync();
        _reading = ReadAsync(_subscription);
    }

    private async Task ReadAsync(Subscription subscription)
    {
        try
        {
            while (await subscription.NextAsync(Leaving) is { } delivery)
                await InvokeAsync(() => TakeAsync(delivery));
            if (!Leaving.IsCancellationRequested)
                await InvokeAsync(() => Navigation.NavigateTo("/access-denied", forceLoad: true));
        }
        catch (OperationCanceledException) when (Leaving.IsCancellationRequested) { }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    }

    private async Task TakeAsync(Delivery delivery)
    {
        if (Leaving.IsCancellationRequested) return;
        var render = true;
        if (delivery.Lost || delivery.Changes.Any(c => c is ManyChanged)) await LoadAsync();
        else render = await ApplyAsync(delivery.Changes);
        if (render) StateHasChanged();
    }

    public virtual async ValueTask DisposeAsync()
    {
        await _leave.CancelAsync();
        _subscription?.Dispose();
        await _reading;
        _leave.Dispose();
        GC.SuppressFinalize(this);
    }
}
