namespace LogisticsAdmin.Features.Repairs.Work.Undo;

/// <summary>Tells the page of the person who acts, in this scope only, that there is something to take back, or no longer.</summary>
public sealed class UndoOffers
{
    public event Action? Changed;

    /// <summary>The change set that was made last here; null when there is none or it is settled.</summary>
    public long? Latest { get; private set; }

    internal void Offer(long changeSetId) => Become(changeSetId);

    internal void Settle(long changeSetId)
    {
        if (Latest == changeSetId) Become(null);
    }

    private void Become(long? latest)
    {
        Latest = latest;
        Changed?.Invoke();
    }
}
