using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Reports.Targets;

/// <summary>
/// 目标: the value that a figure should reach from a month on, for the whole office or for one crew or centre, until the next one. Never
/// changed: setting another value for the same month withdraws the earlier one.
/// </summary>
public sealed class ReportTarget : Versioned, IAudited
{
    private ReportTarget() { }

    public ReportTarget(string figure, TargetScope scope, long scopeId, DateOnly from, decimal? value, long setById, DateTimeOffset at) =>
        (Figure, Scope, ScopeId, From, Value, SetById, SetAt) = (figure, scope, scopeId, from, value, setById, at);

    public string Figure { get; private set; } = "";
    public TargetScope Scope { get; private set; }

    /// <summary>The crew or centre; zero for the office, because empty values never collide in a unique index.</summary>
    public long ScopeId { get; private set; }

    /// <summary>The first day of the first month.</summary>
    public DateOnly From { get; private set; }

    /// <summary>In the figure's unit, shares as fractions of one. Null: no target from this month on.</summary>
    public decimal? Value { get; private set; }

    [NotAudited]
    public long SetById { get; private set; }

    [NotAudited]
    public DateTimeOffset SetAt { get; private set; }
    public DateTimeOffset? WithdrawnAt { get; private set; }

    public void Withdraw(DateTimeOffset at) => WithdrawnAt = at;
}
