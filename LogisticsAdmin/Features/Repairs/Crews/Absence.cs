using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Crews;

/// <summary>缺勤: a period in which somebody does not work, both days included, and who stands in. Cancelled or ended early, never deleted.</summary>
public sealed class Absence : Versioned, IAudited
{
    private Absence() { }

    public Absence(long personId, DateOnly from, DateOnly to, AbsenceReason reason, long? standInId, string? note, long enteredById, DateTimeOffset at)
    {
        if (to < from) throw Rejected.At<CrewsText>(nameof(AbsenceForm.To), "EndsBeforeItBegins");
        if (standInId == personId) throw Rejected.At<CrewsText>(nameof(AbsenceForm.StandInId), "StandsInForThemselves");
        (PersonId, From, To, Reason, StandInId) = (personId, from, to, reason, standInId);
        Note = string.IsNullOrWhiteSpace(note) ? null : note.Trim();
        (EnteredById, EnteredAt) = (enteredById, at);
    }

    public long PersonId { get; private set; }
    public DateOnly From { get; private set; }
    public DateOnly To { get; private set; }
    public AbsenceReason Reason { get; private set; }
    public long? StandInId { get; private set; }
    public string? Note { get; private set; }
    public long EnteredById { get; private set; }
    public DateTimeOffset EnteredAt { get; private set; }
    public DateTimeOffset? CancelledAt { get; private set; }
    public long? CancelledById { get; private set; }

    /// <summary>销假: cancels an absence that has not begun; one that has begun is shortened to end yesterday.</summary>
    public void Cancel(long by, DateOnly today, DateTimeOffset at)
    {
        if (CancelledAt is not null || To < today) throw Rejected.Because<CrewsText>("AbsenceOver");
        if (From < today) To = today.AddDays(-1);
        else (CancelledAt, CancelledById) = (at, by);
    }
}
