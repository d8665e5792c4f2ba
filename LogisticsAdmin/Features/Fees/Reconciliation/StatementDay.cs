using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Reconciliation;

/// <summary>对账日: a day of a gateway, and whether its statement is there.</summary>
public sealed class StatementDay : Versioned
{
    private StatementDay() { }

    public StatementDay(string gateway, DateOnly day) => (Gateway, Day) = (gateway, day);

    public string Gateway { get; private set; } = "";
    public DateOnly Day { get; private set; }
    public DateTimeOffset? FetchedAt { get; private set; }
    public StatementSource? Source { get; private set; }

    /// <summary>Who sent the file or fetched it again; null for the job.</summary>
    public long? FetchedById { get; private set; }
    public int Tries { get; private set; }
    public DateTimeOffset? NextTryAt { get; private set; }

    /// <summary>The code of why it could not be fetched last.</summary>
    public string? Problem { get; private set; }

    internal void Fetch(StatementSource source, long? by, DateTimeOffset at) =>
        (Source, FetchedById, FetchedAt, NextTryAt, Problem) = (source, by, at, null, null);

    /// <summary>A statement that is there stays.</summary>
    internal void Fail(string problem, DateTimeOffset now)
    {
        if (FetchedAt is not null) return;
        Tries++;
        (NextTryAt, Problem) = (now + StatementPauses.After(Tries), CleanText.Summary(problem, PaymentLimits.RequestNumber));
    }
}
