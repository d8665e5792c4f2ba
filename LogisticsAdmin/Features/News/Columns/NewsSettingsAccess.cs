using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.News.Columns;

/// <summary>Only administrators see and change the settings of notices and news.</summary>
public static class NewsSettingsAccess
{
    /// <exception cref="Forbidden">Anyone but administrators.</exception>
    public static void DemandNewsSettings(this Actor actor)
    {
        if (!actor.Is(Role.Administrator)) throw new Forbidden();
    }
}
