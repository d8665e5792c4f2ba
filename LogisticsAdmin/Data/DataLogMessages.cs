namespace LogisticsAdmin.Data;

internal static partial class DataLogMessages
{
    [LoggerMessage(Level = LogLevel.Error, Message = "A change could not be stored; whoever made it was told so")]
    public static partial void WriteFailed(this ILogger log, Exception e);
}
