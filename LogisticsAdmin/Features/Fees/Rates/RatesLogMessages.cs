namespace LogisticsAdmin.Features.Fees.Rates;

internal static partial class RatesLogMessages
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Fee kind {Kind}: rate {What} by person {Person}.")]
    public static partial void RatesChanged(this ILogger log, long kind, string what, long? person);

    [LoggerMessage(Level = LogLevel.Information, Message = "Resident group {Group} {What} by person {Person}.")]
    public static partial void GroupChanged(this ILogger log, long group, string what, long? person);
}
