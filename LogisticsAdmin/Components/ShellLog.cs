namespace LogisticsAdmin.Components;

internal static partial class ShellLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "A page failed; the person was shown the number {FaultId}")]
    public static partial void PageFailed(this ILogger log, Exception error, string faultId);
}
