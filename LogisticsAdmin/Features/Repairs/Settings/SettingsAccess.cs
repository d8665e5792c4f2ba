using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Settings;

/// <summary>The office reads crews, categories and visit slots; administrators change them.</summary>
public static class SettingsAccess
{
    public static bool MayChangeSettings(this Actor actor) => actor.Is(Role.Administrator);

    public static void DemandSettingsChange(this Actor actor)
    {
        if (!actor.MayChangeSettings()) throw new Forbidden();
    }
}
