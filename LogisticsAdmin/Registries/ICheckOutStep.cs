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

    /// <summary>
    /// The same for each of many people, as if each left alone; who is not in it is held up by nothing. Lists ask this: a step that can answers it
    /// with as many queries for many as for one.
    /// </summary>
    async Task<IReadOnlyDictionary<long, IReadOnlyList<CheckOutHold>>> HoldsOfEachAsync(
        LogisticsDb db, IReadOnlyCollection<long> people, CancellationToken ct)
    {
        Dictionary<long, IReadOnlyList<CheckOutHold>> found = [];
        foreach (var person in people.Distinct())
            if (await HoldsAsync(db, person, new HashSet<long> { person }, ct) is { Count: > 0 } holds) found[person] = holds;
        return found;
    }
}
