using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Outbox;

/// <summary>Administrators see what leaves the app and set up the robots. Everybody sets their own mail.</summary>
public static class OutboxAccess
{
    public static void DemandOutbox(this Actor actor)
    {
        if (!actor.Is(Role.Administrator)) throw new Forbidden();
    }
}
