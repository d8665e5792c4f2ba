using LogisticsAdmin.Data;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;

namespace LogisticsAdmin.Features.Calendar;

public static class CalendarSetup
{
    public static IServiceCollection AddCalendar(this IServiceCollection services, IHostEnvironment environment)
    {
        services.AddScoped<CalendarService>();
        services.AddScoped<ImportKind, CalendarImport>();
        services.AddScoped<ISetupStep, HoursStep>();
        services.AddScoped<IReferenceRows>(_ => new CalendarReference(withTermBreaks: environment.IsDevelopment()));
        services.AddSingleton<IAuditWords>(new AuditWords<CalendarText>(typeof(CalendarSpan), typeof(OfficeSlot)));
        services.AddSingleton<ISettingsSection>(new SettingsSection(
            45, "calendar", LocalName.Of<CalendarText>("Navigation"), LocalName.Of<CalendarText>("Section.About"), "calendar", Policies.Office));
        services.AddSingleton<INavigationItem>(
            new NavigationItem(NavigationGroup.Settings, 30, "calendar", LocalName.Of<CalendarText>("Navigation"), "calendar", Policies.Office));
        return services;
    }
}
