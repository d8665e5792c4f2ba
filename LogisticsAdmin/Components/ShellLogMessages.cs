namespace LogisticsAdmin.Components;

internal static partial class ShellLogMessages
{
    [LoggerMessage(Level = LogLevel.Error, Message = "A page failed; the person was shown the number {ErrorReference}")]
    public static partial void PageFailed(this ILogger log, Exception error, string errorReference);

    [LoggerMessage(Level = LogLevel.Debug, Message = "A form was not applied, because its antiforgery token is not valid: {Reason}")]
    public static partial void FormNotApplied(this ILogger log, string? reason);
}
