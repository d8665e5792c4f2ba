namespace LogisticsAdmin.Features.Repairs.Work.Undo;

/// <summary>Notifies the user's own page (scoped to its circuit) when an undo becomes available or is no longer available.</summary>
public sealed class UndoOffers
{
    public event Action? Changed;

    /// <summary>The latest change set of this circuit; null if there is none or it can no longer be undone.</summary>
    public long? Latest { get; private set; }

    internal void Offer(long changeSetId) => SetLatest(changeSetId);

    internal void Withdraw(long changeSetId)
    {
        if (Latest == changeSetId) SetLatest(null);
    }

    private void SetLatest(long? latest)
    {
        Latest = latest;
        Changed?.Invoke();
    }
}
