using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Operations;

/// <summary>Only administrators see and download backups: they hold everything about everybody.</summary>
public static class OperationsAccess
{
    public static bool MayOperate(this Actor actor) => actor.Is(Role.Administrator);

    public static void DemandOperations(this Actor actor)
    {
        if (!actor.MayOperate()) throw new Forbidden();
    }
}
