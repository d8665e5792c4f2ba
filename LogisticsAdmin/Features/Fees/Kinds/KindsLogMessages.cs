namespace LogisticsAdmin.Features.Fees.Kinds;

internal static partial class KindsLogMessages
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Fee kind {Kind} {What} by person {Person}.")]
    public static partial void KindChanged(this ILogger log, long kind, string what, long? person);
}
