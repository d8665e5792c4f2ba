using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Calendar;

/// <summary>The office may read the calendar, the management may change it.</summary>
public static class CalendarAccess
{
    public static bool MayReadCalendar(this Actor actor) => actor.IsSystem || actor.IsOffice;

    public static bool MayEditCalendar(this Actor actor) => actor.IsSystem || actor.IsManagement;

    public static void DemandCalendar(this Actor actor)
    {
        if (!actor.MayReadCalendar()) throw new Forbidden();
    }

    public static void DemandCalendarEditing(this Actor actor)
    {
        if (!actor.MayEditCalendar()) throw new Forbidden();
    }
}
