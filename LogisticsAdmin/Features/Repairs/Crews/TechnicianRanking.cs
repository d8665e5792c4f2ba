using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Crews;

/// <summary>What the ranking considers about a technician when a ticket is assigned.</summary>
public sealed record Candidate(long PersonId, string Name, long CrewId, LocalName Crew)
{
    /// <summary>The number of other tickets assigned to them and not completed.</summary>
    public int Open { get; init; }

    /// <summary>The points of these tickets: a large job counts more than a small one.</summary>
    public int Points { get; init; }

    /// <summary>The open jobs of their crew, without the tickets that are assigned now, and how many it takes; null for no limit.</summary>
    public int CrewOpen { get; init; }
    public int? CrewCapacity { get; init; }
    public bool IsCrewFull => CrewCapacity is { } capacity && CrewOpen >= capacity;

    /// <summary>How many of these tickets, and of those they completed today, are in the ticket's building.</summary>
    public int InBuildingToday { get; init; }

    /// <summary>Whether they declined this ticket.</summary>
    public bool Declined { get; init; }
    public AbsenceReason? AbsentFor { get; init; }
    public DateOnly? AbsentUntil { get; init; }
    public long? StandInId { get; init; }
    public string? StandIn { get; init; }

    /// <summary>The name of somebody they stand in for today.</summary>
    public string? StandsInFor { get; init; }
}

public sealed record RankReason(RankCode Code, params IReadOnlyList<object> Args);

public sealed record RankedTechnician(Candidate Who, int Score, IReadOnlyList<RankReason> Reasons)
{
    public bool IsAbsent => Who.AbsentUntil is not null;
}

/// <summary>
/// Ranks technicians for a ticket: present before absent, crews with room before full ones, the ticket's crew before others, then those who
/// work in the building today and those with the least work in hand, by points. Gives the reasons. The order is deterministic.
/// </summary>
public static class TechnicianRanking
{
    private const int OwnCrew = 100, StandsIn = 10, PerTicketInBuilding = 12, MaxInBuilding = 3,
        PerPoint = 5, MostPoints = 15, Declined = 60, CrewFull = 400, Absent = 1_000;

    public static IReadOnlyList<RankedTechnician> Rank(IEnumerable<Candidate> candidates, long? crewId) =>
    [
        .. candidates.Select(c => Evaluate(c, crewId))
            .OrderByDescending(r => r.Score).ThenBy(r => r.Who.Points).ThenBy(r => r.Who.Open)
            .ThenBy(r => r.Who.Name, StringComparer.Ordinal).ThenBy(r => r.Who.PersonId),
    ];

    private static RankedTechnician Evaluate(Candidate who, long? crewId)
    {
        var score = 0;
        List<RankReason> reasons = [];
        if (who.AbsentUntil is { } until)
            Say(-Absent, RankCode.Absent, who.AbsentFor ?? AbsenceReason.Leave, until, who.StandIn ?? "");
        if (who.CrewId == crewId) Say(OwnCrew, RankCode.OwnCrew);
        else Say(0, RankCode.OtherCrew, who.Crew);
        if (who.IsCrewFull) Say(-CrewFull, RankCode.CrewFull, who.CrewOpen, who.CrewCapacity!.Value);
        if (who.Declined) Say(-Declined, RankCode.Declined);
        if (who.InBuildingToday > 0) Say(PerTicketInBuilding * Math.Min(who.InBuildingToday, MaxInBuilding), RankCode.InBuilding, who.InBuildingToday);
        if (who.StandsInFor is { } colleague) Say(StandsIn, RankCode.StandsIn, colleague);
        if (who.Open > 0) Say(-PerPoint * Math.Min(who.Points, MostPoints), RankCode.Load, who.Open);
        else Say(0, RankCode.Idle);
        return new RankedTechnician(who, score, reasons);

        void Say(int points, RankCode code, params IReadOnlyList<object> args)
        {
            score += points;
            reasons.Add(new RankReason(code, args));
        }
    }
}
