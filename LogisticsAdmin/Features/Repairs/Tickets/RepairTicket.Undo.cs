namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>Taking a verb back: the ticket stands as it stood, and the timeline tells both.</summary>
public sealed partial class RepairTicket
{
    /// <summary>Everything a verb that can be undone may change; see <see cref="TicketSnapshot"/>.</summary>
    public TicketSnapshot Snapshot() => TicketSnapshot.Take(this) with
    {
        Pauses = [.. _pauses.OrderBy(p => p.From).ThenBy(p => p.Id).Select(p => new PauseSnapshot(p.From, p.To, p.Reason))],
    };

    /// <summary>
    /// Restores what was before <paramref name="verb"/>; who calls it has made sure that nothing happened since. Limits are counted anew
    /// by <see cref="RecalculateDeadlines"/>, as after every verb.
    /// </summary>
    public void Undo(long actorId, RepairVerb verb, TicketSnapshot before, DateTimeOffset at)
    {
        before.RestoreFields(this);
        Restore(before.Pauses);

        // Back on hold, the event repeats the reason: the time breakdown is read from the timeline.
        var code = before is { Status: TicketStatus.OnHold, HeldFor: { } reason } ? $"{verb}.{reason}" : verb.ToString();
        var isInternal = verb is RepairVerb.Decline or RepairVerb.HandOver;
        Write(RepairVerb.Undo, actorId, at, before.Status, e => (e.Code, e.Internal) = (code, isInternal));
        // Undoing is no answer to anybody, so what writing the event has set is set back.
        (RespondedAt, AskedMinutes) = (before.RespondedAt, before.AskedMinutes);
        UpdatePressing();
    }

    private void Restore(IReadOnlyList<PauseSnapshot> pauses)
    {
        List<RepairPause> kept = [];
        foreach (var pause in pauses)
        {
            var same = _pauses.Except(kept).Where(p => p.From == pause.From && p.Reason == pause.Reason).MaxBy(p => p.To == pause.To)
                ?? throw new InvalidOperationException("A pause is gone that was there before the verb.");
            same.Last(pause.To);
            kept.Add(same);
        }
        _pauses.RemoveAll(p => !kept.Contains(p));
    }
}
