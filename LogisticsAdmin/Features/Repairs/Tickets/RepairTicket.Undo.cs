namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>Undo of a verb: restores the ticket's previous values; the timeline shows both the verb and the undo.</summary>
public sealed partial class RepairTicket
{
    /// <summary>Everything that an undoable verb may change; see <see cref="TicketSnapshot"/>.</summary>
    public TicketSnapshot Snapshot() => TicketSnapshot.Take(this) with
    {
        Pauses = [.. _pauses.OrderBy(p => p.From).ThenBy(p => p.Id).Select(p => new PauseSnapshot(p.From, p.To, p.Reason))],
    };

    /// <summary>
    /// Restores the values from before <paramref name="verb"/>. The caller must have checked that nothing happened since, and recalculates
    /// the limits with <see cref="RecalculateDeadlines"/>, as after every verb.
    /// </summary>
    public void Undo(long actorId, RepairVerb verb, TicketSnapshot before, DateTimeOffset at)
    {
        before.RestoreFields(this);
        Restore(before.Pauses);

        // When the ticket is on hold again, the event repeats the reason, because the time breakdown is read from the timeline.
        var code = before is { Status: TicketStatus.OnHold, HeldFor: { } reason } ? $"{verb}.{reason}" : verb.ToString();
        var isInternal = verb is RepairVerb.Decline or RepairVerb.HandOver;
        AddEvent(RepairVerb.Undo, actorId, at, before.Status, e => (e.Code, e.Internal) = (code, isInternal));
        // An undo is not a response, so these values, which writing the event has changed, are restored.
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
            same.SetEnd(pause.To);
            kept.Add(same);
        }
        _pauses.RemoveAll(p => !kept.Contains(p));
    }
}
