using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Live;
using Microsoft.AspNetCore.Components;

namespace LogisticsAdmin.Features.Orders.Kitchen;

/// <summary>
/// A screen that stays on all day. It follows orders, and shows each minute what the time alone changes: how long orders wait, the meal and the day.
/// </summary>
public abstract class KitchenScreen<TView> : LiveComponent where TView : class
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private int _asks, _shown;
    private long _heard;

    [Inject] private TimeProvider Clock { get; set; } = null!;

    /// <summary>What is shown; null until it was read.</summary>
    protected TView? View { get; private set; }

    /// <summary>Reads what is shown, in the way of <see cref="KitchenQueries"/>.</summary>
    protected abstract Task<TView> QueryAsync(long? since, CancellationToken ct);

    /// <summary>Called when another view is there, before it is rendered.</summary>
    protected virtual Task ViewedAsync(TView view) => Task.CompletedTask;

    protected override async Task OnInitializedAsync()
    {
        await base.OnInitializedAsync();
        RunUnawaited(TickAsync);
    }

    protected override bool Wants(Change change) => change is KeyChanged { Topic: OrdersTopics.Orders or OrdersTopics.Shelf };

    protected override Task LoadAsync()
    {
        _heard = Feed.Sequence;
        return ShowAsync(null);
    }

    protected override async Task<bool> ApplyAsync(IReadOnlyList<Change> changes)
    {
        _heard = changes[^1].Sequence;
        await ShowAsync(_heard);
        return true;
    }

    private async Task ShowAsync(long? since)
    {
        var ask = ++_asks;
        var view = await QueryAsync(since, DisposalToken);
        // What was asked for later is shown already: another stall may have been chosen meanwhile.
        if (ask < _shown) return;
        (_shown, View) = (ask, view);
        await ViewedAsync(view);
    }

    private async Task TickAsync()
    {
        while (!DisposalToken.IsCancellationRequested)
        {
            await Task.Delay(Minute - TimeSpan.FromTicks(Clock.GetUtcNow().UtcTicks % Minute.Ticks), Clock, DisposalToken);
            // Not null: screens show the same reading again, and nothing is read unless the meal or the day is another.
            await ShowAsync(_heard);
            StateHasChanged();
        }
    }
}
