using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.ServiceLevels;

/// <summary>Who keeps levels, steps and crew leads; the whole office reads them.</summary>
public static class LevelAccess
{
    public static bool KeepsLevels(this Actor actor) => actor.Is(Role.Manager) || actor.Is(Role.Administrator);

    public static void DemandLevelKeeper(this Actor actor)
    {
        if (!actor.KeepsLevels()) throw new Forbidden();
    }
}
