using LogisticsAdmin.Security;
using Microsoft.AspNetCore.Components;

namespace LogisticsAdmin.Live;

/// <summary>
/// A page or component that follows the feed. It subscribes before it loads, so that no change is missed, and receives changes in a loop
/// started inside its circuit, so that it renders with the reader's language and rights.
/// </summary>
public abstract class LiveComponent : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource _disposal = new();
    private readonly CancellationToken _disposalToken;
    private Subscription? _subscription;
    private Task _reading = Task.CompletedTask;

    // Stored, because a load that ends after disposal still reads the token when its source is disposed.
    protected LiveComponent() => _disposalToken = _disposal.Token;

    [Inject] protected IChangeFeed Feed { get; set; } = null!;
    [Inject] protected NavigationManager Navigation { get; set; } = null!;
    [Inject] protected CurrentUser User { get; set; } = null!;

    /// <summary>Cancelled when the user leaves the page.</summary>
    protected CancellationToken DisposalToken => _disposalToken;

    /// <summary>Whether a change concerns this component and its user may see it. Called on the dispatcher's thread.</summary>
    protected abstract bool Wants(Change change);

    /// <summary>Reloads everything: at the start, after lost changes, and after <see cref="ManyChanged"/>.</summary>
    protected abstract Task LoadAsync();

    /// <summary>Applies changes in commit order; returns whether the component must render.</summary>
    protected abstract Task<bool> ApplyAsync(IReadOnlyList<Change> changes);

    protected override async Task OnInitializedAsync()
    {
        _subscription = Feed.Subscribe(User.PersonId, Wants, User.Actor.SessionId);
        await LoadAsync();
        _reading = ReadAsync(_subscription);
    }

    private async Task ReadAsync(Subscription subscription)
    {
        try
        {
            while (await subscription.NextAsync(DisposalToken) is { } delivery)
                await InvokeAsync(() => HandleAsync(delivery));
            // Who signs out in this tab is on the way to the sign-in page already.
            if (!DisposalToken.IsCancellationRequested)
                await InvokeAsync(() => Navigation.NavigateTo(User.HasSignedOut ? "Account/Login" : "access-denied", forceLoad: true));
        }
        catch (OperationCanceledException) when (DisposalToken.IsCancellationRequested) { }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    }

    /// <summary>Runs work that no event of the page waits for, such as following the address; the page shows an unexpected error.</summary>
    protected async void RunUnawaited(Func<Task> work)
    {
        try
        {
            await InvokeAsync(work);
        }
        catch (OperationCanceledException) when (DisposalToken.IsCancellationRequested) { }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    }

    private async Task HandleAsync(Delivery delivery)
    {
        if (DisposalToken.IsCancellationRequested) return;
        var render = true;
        if (delivery.Lost || delivery.Changes.Any(c => c is ManyChanged)) await LoadAsync();
        else render = await ApplyAsync(delivery.Changes);
        if (render) StateHasChanged();
    }

    public virtual async ValueTask DisposeAsync()
    {
        await _disposal.CancelAsync();
        _subscription?.Dispose();
        await _reading;
        _disposal.Dispose();
        GC.SuppressFinalize(this);
    }
}
