using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Calendar;

/// <summary>The office reads its calendar; who answers for the office keeps it.</summary>
public static class CalendarAccess
{
    public static bool MayReadCalendar(this Actor actor) => actor.IsSystem || actor.IsOffice;

    public static bool MayKeepCalendar(this Actor actor) => actor.IsSystem || actor.Is(Role.Manager) || actor.Is(Role.Administrator);

    public static void DemandCalendar(this Actor actor)
    {
        if (!actor.MayReadCalendar()) throw new Forbidden();
    }

    public static void DemandCalendarKeeping(this Actor actor)
    {
        if (!actor.MayKeepCalendar()) throw new Forbidden();
    }
}
