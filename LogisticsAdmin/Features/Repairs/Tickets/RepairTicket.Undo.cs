namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>Taking a verb back: the ticket stands as it stood, and the timeline tells both.</summary>
public sealed partial class RepairTicket
{
    /// <summary>Everything a verb that can be undone may change.</summary>
    public TicketSnapshot Snapshot() => new()
    {
        Status = Status,
        HeldFrom = HeldFrom,
        HeldFor = HeldFor,
        RoomId = RoomId,
        BuildingId = BuildingId,
        CampusId = CampusId,
        PlaceWords = PlaceWords,
        CategoryId = CategoryId,
        ContactPhone = ContactPhone,
        Urgency = Urgency,
        CrewId = CrewId,
        TechnicianId = TechnicianId,
        OwnerId = OwnerId,
        CompletedAt = CompletedAt,
        EndedAt = EndedAt,
        SentBack = SentBack,
        Transfers = Transfers,
        AnsweredAt = AnsweredAt,
        ServiceLevelId = ServiceLevelId,
        ResponseDueAt = ResponseDueAt,
        RespondedAt = RespondedAt,
        IsResponseLate = IsResponseLate,
        DueAt = DueAt,
        OverdueSince = OverdueSince,
        ExtraMinutes = ExtraMinutes,
        AskedMinutes = AskedMinutes,
        AskedLate = AskedLate,
        PromisedAt = PromisedAt,
        ResponseStep = ResponseStep,
        CompletionStep = CompletionStep,
        Pauses = [.. _pauses.OrderBy(p => p.From).ThenBy(p => p.Id).Select(p => new PauseSnapshot(p.From, p.To, p.Reason))],
    };

    /// <summary>
    /// Restores what was before <paramref name="verb"/>; who calls it has made sure that nothing happened since. Limits are counted anew
    /// by <see cref="Date"/>, as after every verb.
    /// </summary>
    public void Undo(long actorId, RepairVerb verb, TicketSnapshot before, DateTimeOffset at)
    {
        (HeldFrom, HeldFor) = (before.HeldFrom, before.HeldFor);
        (RoomId, BuildingId, CampusId, PlaceWords) = (before.RoomId, before.BuildingId, before.CampusId, before.PlaceWords);
        (CategoryId, ContactPhone, Urgency) = (before.CategoryId, before.ContactPhone, before.Urgency);
        (CrewId, TechnicianId, OwnerId) = (before.CrewId, before.TechnicianId, before.OwnerId);
        (CompletedAt, EndedAt, AnsweredAt) = (before.CompletedAt, before.EndedAt, before.AnsweredAt);
        (SentBack, Transfers) = (before.SentBack, before.Transfers);
        (ServiceLevelId, ResponseDueAt, IsResponseLate) = (before.ServiceLevelId, before.ResponseDueAt, before.IsResponseLate);
        (DueAt, OverdueSince) = (before.DueAt, before.OverdueSince);
        (ExtraMinutes, AskedLate, PromisedAt) = (before.ExtraMinutes, before.AskedLate, before.PromisedAt);
        (ResponseStep, CompletionStep) = (before.ResponseStep, before.CompletionStep);
        Restore(before.Pauses);

        // Back on hold, the reason comes along: the sunlight clock reads it off the timeline.
        var code = before is { Status: TicketStatus.OnHold, HeldFor: { } reason } ? $"{verb}.{reason}" : verb.ToString();
        var isInternal = verb is RepairVerb.Decline or RepairVerb.HandOver;
        Write(RepairVerb.Undo, actorId, at, before.Status, e => (e.Code, e.Internal) = (code, isInternal));
        // Taking back is no answer to anybody.
        (RespondedAt, AskedMinutes) = (before.RespondedAt, before.AskedMinutes);
        Weigh();
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
