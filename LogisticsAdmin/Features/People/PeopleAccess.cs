using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.People;

/// <summary>People are managed by administrators only.</summary>
public static class PeopleAccess
{
    public static bool MayManagePeople(this Actor actor) => actor.IsSystem || actor.Is(Role.Administrator);

    public static void DemandPeople(this Actor actor)
    {
        if (!actor.MayManagePeople()) throw new Forbidden();
    }
}
