using LogisticsAdmin.Data;

namespace LogisticsAdmin.Registries;

/// <summary>What must be settled before somebody gives up their bed: debts, keys. Asked inside the write that checks them out.</summary>
public interface ICheckOutStep
{
    /// <summary>What still holds the person up; empty when nothing does.</summary>
    Task<IReadOnlyList<CheckOutHold>> HoldsAsync(LogisticsDb db, long personId, CancellationToken ct);
}
