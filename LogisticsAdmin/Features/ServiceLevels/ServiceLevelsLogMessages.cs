namespace LogisticsAdmin.Features.ServiceLevels;

internal static partial class ServiceLevelsLogMessages
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Recalculating the deadlines of {Scope} failed; it is tried again at the next change or start")]
    public static partial void RecalculationFailed(this ILogger log, Exception e, string scope);
}
