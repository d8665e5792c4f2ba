using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Places.Beds;

/// <summary>The office sees who lives where. Administrators and dispatchers move people; managers only read.</summary>
public static class BedAccess
{
    public static bool MayMoveResidents(this Actor actor) => actor.Is(Role.Administrator) || actor.Is(Role.Dispatcher);

    /// <exception cref="Forbidden">Anyone else, the system included.</exception>
    public static void DemandMovingResidents(this Actor actor)
    {
        if (!actor.MayMoveResidents()) throw new Forbidden();
    }
}
