using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Voice.Cases;

/// <summary>Undo of a verb: restores earlier values; the timeline shows both the verb and the undo.</summary>
public sealed partial class VoiceCase
{
    internal VoiceMemento Remember() => new(
        EventCount, State, Kind, CentreId, CrewId, OwnerId, LeadId, IsEscalated, Extensions, ExtendedTo, SettleStep, FirstAnsweredAt, SettledAt);

    /// <summary>An undo gives a lead a member, or takes one; cases join and leave it meanwhile.</summary>
    internal void CountMembers(int by)
    {
        if (by > 0 && (LeadId is not null || !State.Allows(VoiceVerb.Group))) throw Rejected.At<VoiceText>("Lead", "NoLead");
        Members += by;
    }

    /// <summary>Restores the values from before <paramref name="verb"/>; the caller has checked that nothing happened since, and recalculates.</summary>
    internal void Undo(long actorId, VoiceVerb verb, VoiceMemento before, DateTimeOffset at)
    {
        (Kind, CentreId, CrewId, OwnerId, LeadId) = (before.Kind, before.CentreId, before.CrewId, before.OwnerId, before.LeadId);
        (IsEscalated, Extensions, ExtendedTo, SettleStep) = (before.IsEscalated, before.Extensions, before.ExtendedTo, before.SettleStep);
        (FirstAnsweredAt, SettledAt) = (before.FirstAnsweredAt, before.SettledAt);
        var isInternal = verb is not (VoiceVerb.Settle or VoiceVerb.Extend);
        ByOffice(VoiceVerb.Undo, actorId, at, before.State, e => (e.Code, e.IsInternal) = (verb.ToString(), isInternal));
    }
}
