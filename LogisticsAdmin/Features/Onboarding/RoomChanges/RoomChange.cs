using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Onboarding.RoomChanges;

/// <summary>
/// 调宿申请: to a free bed, or to swap with somebody. Those whose room it concerns are asked, then the office decides. Its verbs refuse what its state
/// does not allow.
/// </summary>
public sealed class RoomChange : Versioned
{
    private readonly List<RoomChangeVote> _votes = [];

    private RoomChange() { }

    public RoomChange(string number, long personId, long? otherId, long? bedId, string reason, IEnumerable<long> asked, DateTimeOffset at)
    {
        (Number, PersonId, OtherId, BedId, Reason, AskedAt) = (number, personId, otherId, bedId, CleanText.Clean(reason), at);
        _votes.AddRange(asked.Distinct().Select(p => new RoomChangeVote(p)));
        State = _votes.Count == 0 ? RoomChangeState.Agreed : RoomChangeState.Asked;
    }

    public string Number { get; private set; } = "";
    public long PersonId { get; private set; }

    /// <summary>With whom to swap; null for a free bed.</summary>
    public long? OtherId { get; private set; }

    /// <summary>The free bed; null for a swap.</summary>
    public long? BedId { get; private set; }
    public string Reason { get; private set; } = "";
    public RoomChangeState State { get; private set; }
    public DateTimeOffset AskedAt { get; private set; }
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>Who of the office decided; null when somebody who was asked said no, or it was withdrawn.</summary>
    public long? DecidedById { get; private set; }
    public string? Because { get; private set; }

    public IReadOnlyCollection<RoomChangeVote> Votes => _votes;

    public bool IsOpen => State is RoomChangeState.Asked or RoomChangeState.Agreed;

    public void Vote(long personId, bool agrees, string? because, DateTimeOffset at)
    {
        Demand(RoomChangeState.Asked);
        var vote = _votes.Find(v => v.PersonId == personId) ?? throw new NotFound();
        if (vote.Agrees is not null) throw Rejected.Because<RoomChangesText>("Voted");
        vote.Answer(agrees, at);
        if (!agrees) (State, EndedAt, Because) = (RoomChangeState.Refused, at, CleanText.Clean(because) is { Length: > 0 } text ? text : null);
        else if (_votes.TrueForAll(v => v.Agrees == true)) State = RoomChangeState.Agreed;
    }

    public void Withdraw(DateTimeOffset at)
    {
        DemandOpen();
        (State, EndedAt) = (RoomChangeState.Withdrawn, at);
    }

    /// <summary>
    /// The caller moves the people, and says who has to be asked now: who moved out or can't sign in any more without an answer is not waited for.
    /// </summary>
    public void Complete(IReadOnlyCollection<long> asked, long by, DateTimeOffset at)
    {
        if (State != RoomChangeState.Asked || _votes.Exists(v => v.Agrees != true && IsWaitedFor(v, asked))) Demand(RoomChangeState.Agreed);
        (State, EndedAt, DecidedById) = (RoomChangeState.Done, at, by);
    }

    public void Refuse(long by, string because, DateTimeOffset at)
    {
        DemandOpen();
        (State, EndedAt, DecidedById, Because) = (RoomChangeState.Refused, at, by, CleanText.Clean(because));
    }

    /// <summary>Removes what was written about the person, when the person is anonymised.</summary>
    public void ForgetWords() => (Reason, Because) = ("", null);

    /// <summary>Removes why somebody said no, when they are anonymised.</summary>
    public void ForgetBecause() => Because = null;

    public void DemandOpen() => Demand(RoomChangeState.Asked, RoomChangeState.Agreed);

    /// <summary>Nobody is moved without having agreed to it.</summary>
    private bool IsWaitedFor(RoomChangeVote vote, IReadOnlyCollection<long> asked) => vote.PersonId == OtherId || asked.Contains(vote.PersonId);

    private void Demand(params RoomChangeState[] states)
    {
        if (!states.Contains(State)) throw Rejected.Because<RoomChangesText>($"NotPossible.{State}");
    }
}

/// <summary>Somebody whose room a change concerns, and what they say to it.</summary>
public sealed class RoomChangeVote
{
    private RoomChangeVote() { }

    internal RoomChangeVote(long personId) => PersonId = personId;

    public long Id { get; private set; }
    public long ChangeId { get; private set; }
    public long PersonId { get; private set; }

    /// <summary>Null while they have not answered.</summary>
    public bool? Agrees { get; private set; }
    public DateTimeOffset? At { get; private set; }

    internal void Answer(bool agrees, DateTimeOffset at) => (Agrees, At) = (agrees, at);
}
