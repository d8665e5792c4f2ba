using LogisticsAdmin.Data;

namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>Knows who stands in for whom. Registered by the sub-slice that keeps the absences, which is above those that ask.</summary>
public interface IStandIns
{
    /// <summary>Everybody who is absent today and has a stand-in who is present.</summary>
    Task<IReadOnlyList<StandIn>> TodayAsync(LogisticsDb db, CancellationToken ct);
}
