namespace LogisticsAdmin.Shared.Ui;

internal static partial class UiLogMessages
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The dialog {Dialog} failed; the person was shown the number {ErrorReference}")]
    public static partial void DialogFailed(this ILogger log, Exception exception, string dialog, string errorReference);
}
