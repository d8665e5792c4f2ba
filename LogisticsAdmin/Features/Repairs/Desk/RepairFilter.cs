using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;

namespace LogisticsAdmin.Features.Repairs.Desk;

/// <summary>The filter of a list of tickets, with the same rules for queries and for rows that arrive by the feed.</summary>
public sealed record RepairFilter
{
    public RepairView View { get; init; } = RepairView.New;

    /// <summary>The status of one board column; the desk lists it in the view of all tickets.</summary>
    public TicketStatus? Status { get; init; }
    public long? CampusId { get; init; }
    public long? BuildingId { get; init; }
    public long? CategoryId { get; init; }
    public Urgency? Urgency { get; init; }
    public long? CrewId { get; init; }
    public long? TechnicianId { get; init; }
    public string? Text { get; init; }

    /// <summary>Submitted at or after this moment, and before that one.</summary>
    public DateTimeOffset? From { get; init; }
    public DateTimeOffset? Before { get; init; }

    /// <summary>The sort of a saved view; null for the user's own.</summary>
    public DeskSort? Sort { get; init; }

    [MemberNotNullWhen(true, nameof(Text))]
    public bool HasText => !string.IsNullOrWhiteSpace(Text);

    /// <summary>Whether it matches no ended tickets.</summary>
    public bool IsCurrent => View != RepairView.All || (Status is { } status && !status.IsEnded());

    public bool IsNarrowed => this with { View = RepairView.New, Sort = null } != new RepairFilter();

    /// <summary>The part of the filter that every view's count shares.</summary>
    public bool MatchesFields(RepairRow row) => MatchesChoices(row) && MatchesText(row);

    private bool MatchesChoices(RepairRow row) =>
        (Status is null || row.Status == Status)
        && (CampusId is null || row.CampusId == CampusId)
        && (BuildingId is null || row.BuildingId == BuildingId)
        && (CategoryId is null || row.CategoryId == CategoryId || row.CategoryParentId == CategoryId)
        && (Urgency is null || row.Urgency == Urgency)
        && (CrewId is null || row.CrewId == CrewId)
        && (TechnicianId is null || row.TechnicianId == TechnicianId)
        && (From is null || row.SubmittedAt >= From)
        && (Before is null || row.SubmittedAt < Before);

    private bool MatchesText(RepairRow row) =>
        !HasText || SearchIndex.Matches(Text, row.SearchText, row.ReporterWords);

    /// <summary>By how much a change moves the number of matches. The text is compared last, and only if it can make a difference.</summary>
    public int Moves(RepairRow? before, RepairRow after, long me)
    {
        var was = before is not null && IsIn(View, before, me) && MatchesChoices(before);
        var isIn = IsIn(View, after, me) && MatchesChoices(after);
        if (!was && !isIn) return 0;
        if (was && isIn && (Text is null || (before!.SearchText == after.SearchText && before.ReporterWords == after.ReporterWords))) return 0;
        return (isIn && MatchesText(after) ? 1 : 0) - (was && MatchesText(before!) ? 1 : 0);
    }

    public static bool IsIn(RepairView view, RepairRow row, long me) => view switch
    {
        RepairView.New => row.Status == TicketStatus.New,
        RepairView.Unassigned => row.Status == TicketStatus.Triaged,
        RepairView.Mine => row.OwnerId == me && !row.Status.IsEnded(),
        RepairView.Overdue => row.IsOverdue,
        RepairView.OnHold => row.Status == TicketStatus.OnHold,
        RepairView.ToVerify => row.Status == TicketStatus.Completed,
        RepairView.All => true,
        RepairView.FirstAsked => row.OwnerId == me && !row.IsAnswered && !row.Status.IsEnded(),
        RepairView.Extensions => row.AskedMinutes is not null,
        _ => throw new ArgumentOutOfRangeException(nameof(view), view, null),
    };

    public bool Matches(RepairRow row, long me) => IsIn(View, row, me) && MatchesFields(row);

    internal static Expression<Func<RepairTicket, bool>> InView(RepairView view, long me) => view switch
    {
        RepairView.New => t => t.Status == TicketStatus.New,
        RepairView.Unassigned => t => t.Status == TicketStatus.Triaged,
        RepairView.Mine => t => t.OwnerId == me && t.Status != TicketStatus.Closed && t.Status != TicketStatus.Rejected
            && t.Status != TicketStatus.Cancelled && t.Status != TicketStatus.Grouped,
        RepairView.Overdue => t => t.IsOverdue,
        RepairView.OnHold => t => t.Status == TicketStatus.OnHold,
        RepairView.ToVerify => t => t.Status == TicketStatus.Completed,
        RepairView.All => t => true,
        RepairView.FirstAsked => t => t.OwnerId == me && t.AnsweredAt == null && t.Status != TicketStatus.Closed && t.Status != TicketStatus.Rejected
            && t.Status != TicketStatus.Cancelled && t.Status != TicketStatus.Grouped,
        RepairView.Extensions => t => t.AskedMinutes != null,
        _ => throw new ArgumentOutOfRangeException(nameof(view), view, null),
    };
}
