using LogisticsAdmin.Data;
using LogisticsAdmin.Security;

namespace LogisticsAdmin.Registries;

/// <summary>Lets people who are neither of the office nor residents of a room see its page, because a slice gives them work there.</summary>
public interface IRoomAccess
{
    Task<bool> MaySeeAsync(LogisticsDb db, Actor actor, long roomId, CancellationToken ct);
}
