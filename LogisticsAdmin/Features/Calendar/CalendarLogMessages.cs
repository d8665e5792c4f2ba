namespace LogisticsAdmin.Features.Calendar;

internal static partial class CalendarLogMessages
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Office calendar: {What} by {ActorId}")]
    public static partial void CalendarChanged(this ILogger log, string what, long? actorId);
}
