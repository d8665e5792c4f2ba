using LogisticsAdmin.Data;

namespace LogisticsAdmin.Registries;

/// <summary>What must be settled before somebody gives up their bed: debts, keys. Asked inside the write that checks them out.</summary>
public interface ICheckOutStep
{
    /// <summary>
    /// What still holds the person up; empty when nothing does. <paramref name="leaving"/>: all who leave their rooms in the same act, the person
    /// among them, so that nobody who leaves too counts as staying.
    /// </summary>
    Task<IReadOnlyList<CheckOutHold>> HoldsAsync(LogisticsDb db, long personId, IReadOnlySet<long> leaving, CancellationToken ct);
}
