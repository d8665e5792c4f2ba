using LogisticsAdmin.Data;
using LogisticsAdmin.Security;

namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>代班: who does the work of an absent colleague today.</summary>
public sealed record StandIn(Colleague Absent, string AbsentName, long PersonId, string Name);

public static class StandIns
{
    /// <summary>The actor with the colleagues they stand in for today. Only technicians need it: the office sees and does the same anyway.</summary>
    public static async ValueTask<Actor> ActingAsync(this IStandIns standIns, LogisticsDb db, Actor actor, CancellationToken ct) =>
        actor.Is(Role.Technician) ? actor.StandingIn(await standIns.TodayAsync(db, ct)) : actor;

    /// <inheritdoc cref="ActingAsync"/>
    public static Actor StandingIn(this Actor actor, IReadOnlyList<StandIn> today) =>
        actor.Is(Role.Technician) && today.Any(s => s.PersonId == actor.PersonId)
            ? actor with { StandsInFor = [.. today.Where(s => s.PersonId == actor.PersonId).Select(s => s.Absent)] }
            : actor;
}
