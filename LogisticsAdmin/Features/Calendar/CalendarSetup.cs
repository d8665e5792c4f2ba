using LogisticsAdmin.Data;

namespace LogisticsAdmin.Features.Calendar;

public static class CalendarSetup
{
    public static IServiceCollection AddCalendar(this IServiceCollection services)
    {
        services.AddScoped<CalendarService>();
        services.AddScoped<IReferenceRows, CalendarReference>();
        return services;
    }
}
