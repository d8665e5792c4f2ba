using LogisticsAdmin.Data;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;

namespace LogisticsAdmin.Features.Calendar;

public static class CalendarSetup
{
    public static IServiceCollection AddCalendar(this IServiceCollection services)
    {
        services.AddScoped<CalendarService>();
        services.AddScoped<ImportKind, CalendarImport>();
        services.AddScoped<IReferenceRows, CalendarReference>();
        services.AddSingleton<IAuditWords>(new AuditWords<CalendarText>(typeof(CalendarSpan), typeof(OfficeSlot)));
        services.AddSingleton<INavigationItem>(
            new NavigationItem(NavigationGroup.Settings, 30, "calendar", LocalName.Of<CalendarText>("Navigation"), "calendar", Policies.Office));
        return services;
    }
}
