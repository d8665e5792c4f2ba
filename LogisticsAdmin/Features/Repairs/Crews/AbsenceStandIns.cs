using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Crews;

/// <summary>Reads from the absences who stands in for whom today.</summary>
internal sealed class AbsenceStandIns(OfficeTime office) : IStandIns
{
    // Runs with every verb inside the write gate.
    private static readonly Func<LogisticsDb, DateOnly, IAsyncEnumerable<Away>> AwayOn = EF.CompileAsyncQuery((LogisticsDb db, DateOnly today) =>
        from a in db.Set<Absence>()
        where a.CancelledAt == null && a.From <= today && a.To >= today
        join p in db.Set<Person>() on a.PersonId equals p.Id
        join s in db.Set<Person>() on a.StandInId equals s.Id into standIns
        from standIn in standIns.DefaultIfEmpty()
        select new Away(p.Id, p.FullName, p.CrewId, standIn.RetiredAt == null ? (long?)standIn.Id : null, standIn.FullName));

    public async Task<IReadOnlyList<StandIn>> TodayAsync(LogisticsDb db, CancellationToken ct)
    {
        Dictionary<long, Away> away = [];
        await foreach (var absent in AwayOn(db, office.Today).WithCancellation(ct)) away.TryAdd(absent.PersonId, absent);
        return [.. away.Values.Select(a => (Absent: a, Last: LastOf(a, away)))
            .Where(x => x.Last is { StandInId: { } id } && id != x.Absent.PersonId)
            .Select(x => new StandIn(new Colleague(x.Absent.PersonId, x.Absent.CrewId), x.Absent.Name, x.Last!.StandInId!.Value, x.Last.StandIn!))];
    }

    /// <summary>A stand-in may be absent later in turn: the one whose stand-in is present. Null if there is none.</summary>
    private static Away? LastOf(Away absent, Dictionary<long, Away> away)
    {
        var (last, left) = (absent, away.Count);
        while (last.StandInId is { } next && away.TryGetValue(next, out var alsoAway) && left-- > 0) last = alsoAway;
        return left < 0 ? null : last;
    }

    private sealed record Away(long PersonId, string Name, long? CrewId, long? StandInId, string? StandIn);
}
