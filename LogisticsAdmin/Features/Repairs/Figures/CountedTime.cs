using LogisticsAdmin.Features.Repairs.Tickets;

namespace LogisticsAdmin.Features.Repairs.Figures;

/// <summary>
/// The time that figures are about: from the first moment of a period to its end or now, whichever is earlier; <paramref name="Until"/> itself
/// belongs to the next period. Its questions to a ticket are the vocabulary of the figures.
/// </summary>
internal readonly record struct CountedTime(DateTimeOffset From, DateTimeOffset Until)
{
    public bool Holds(DateTimeOffset? moment) => moment >= From && moment < Until;

    public bool IsReported(TicketFacts t) => Holds(t.Submitted);

    public bool HasEnded(TicketFacts t, TicketStatus status) => t.Status == status && Holds(t.Ended);

    public bool IsClosed(TicketFacts t) => HasEnded(t, TicketStatus.Closed);

    public bool IsCompleted(TicketFacts t) => Holds(t.Completed);

    public bool IsOpenBefore(TicketFacts t) => t.Submitted < From && !(t.Ended < From);

    public bool IsOpenAfter(TicketFacts t) => t.Submitted < Until && !(t.Ended < Until);

    /// <summary>Reported before the end of the period, and by then neither completed nor ended.</summary>
    public bool IsUnfinished(TicketFacts t) => IsOpenAfter(t) && !(t.Completed < Until);

    public bool IsOverdue(TicketFacts t) => t.HasLimits && IsUnfinished(t) && t.OverdueAt < Until;

    /// <summary>The office responded in the period, or the limit had passed without a response at the end of it or of the ticket.</summary>
    public bool IsResponseJudged(TicketFacts t) => t.HasLimits && (Holds(t.Responded) || IsResponseMissed(t));

    public bool IsResponseInTime(TicketFacts t) => t.HasLimits && Holds(t.Responded) && !t.IsResponseLate && t.Responded <= t.ResponseDue;

    public bool IsAskedForMore(TicketFacts t)
    {
        foreach (var asked in t.Extensions)
            if (Holds(asked.At)) return true;
        return false;
    }

    public bool IsAskedForMoreLate(TicketFacts t)
    {
        foreach (var asked in t.Extensions)
            if (asked.IsLate && Holds(asked.At)) return true;
        return false;
    }

    /// <summary>Asked for in the period and granted by the end of it.</summary>
    public bool IsMoreGranted(TicketFacts t)
    {
        foreach (var asked in t.Extensions)
            if (Holds(asked.At) && asked.GrantedAt < Until) return true;
        return false;
    }

    private bool IsResponseMissed(TicketFacts t)
    {
        if (t.Responded < Until) return false;
        return IsOpenAfter(t) ? t.ResponseDue < Until : Holds(t.Ended) && t.Responded is null && t.ResponseDue <= t.Ended;
    }
}
