using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Office;

/// <summary>The office reads its own settings; administrators change them and take the first steps.</summary>
public static class OfficeAccess
{
    public static bool MayChangeOffice(this Actor actor) => actor.Is(Role.Administrator);

    public static void DemandOfficeChange(this Actor actor)
    {
        if (!actor.MayChangeOffice()) throw new Forbidden();
    }
}
