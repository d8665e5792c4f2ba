using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Places;

/// <summary>The office reads campuses, buildings and rooms; administrators change them.</summary>
public static class PlacesAccess
{
    public static bool MaySeePlaces(this Actor actor) => actor.IsOffice;

    public static bool MayChangePlaces(this Actor actor) => actor.Is(Role.Administrator);

    public static void DemandPlaces(this Actor actor)
    {
        if (!actor.MaySeePlaces()) throw new Forbidden();
    }

    public static void DemandPlacesChange(this Actor actor)
    {
        if (!actor.MayChangePlaces()) throw new Forbidden();
    }
}
