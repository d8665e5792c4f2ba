using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.ServiceLevels;

/// <summary>
/// 服务时限: the limits of an urgency, or of one category within it. Never changed in place, like a price: a change ends this level and
/// starts another, and a ticket keeps the level that was in force when it was submitted.
/// </summary>
public sealed class ServiceLevel : Versioned, IAudited
{
    private ServiceLevel() { }

    public ServiceLevel(
        Urgency urgency, long? categoryId, TimeSpan response, TimeSpan completion, bool roundTheClock, DateTimeOffset from, long? setBy, string? why)
    {
        (Urgency, CategoryId, RoundTheClock, From, SetById, Why) = (urgency, categoryId, roundTheClock, from, setBy, why);
        (ResponseMinutes, CompletionMinutes) = ((int)response.TotalMinutes, (int)completion.TotalMinutes);
    }

    public Urgency Urgency { get; private set; }

    /// <summary>The subject of a scope (<see cref="Registries.ILevelScope"/>): a category or a group; null for all that have no level of their own.</summary>
    public long? CategoryId { get; private set; }
    public int ResponseMinutes { get; private set; }
    public int CompletionMinutes { get; private set; }

    /// <summary>Counts every minute (急修, 7×24) instead of only the office's working time.</summary>
    public bool RoundTheClock { get; private set; }
    public DateTimeOffset From { get; private set; }

    /// <summary>Null while it is in force.</summary>
    public DateTimeOffset? Until { get; private set; }
    public long? SetById { get; private set; }
    public string? Why { get; private set; }

    public TimeSpan Response => TimeSpan.FromMinutes(ResponseMinutes);
    public TimeSpan Completion => TimeSpan.FromMinutes(CompletionMinutes);

    public void End(DateTimeOffset at) => Until = at;
}
