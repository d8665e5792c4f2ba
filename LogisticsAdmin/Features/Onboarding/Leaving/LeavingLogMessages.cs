namespace LogisticsAdmin.Features.Onboarding.Leaving;

internal static partial class LeavingLogMessages
{
    [LoggerMessage(Level = LogLevel.Error, Message = "Checking out {Count} people of round {Round} failed. They live where they lived")]
    public static partial void CheckOutFailed(this ILogger log, Exception e, long round, int count);
}
