namespace LogisticsAdmin.Features.Reports.Files;

internal static partial class FilesLogMessages
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The report file {FileId} could not be written; people were shown the number {ErrorReference}")]
    public static partial void FileFailed(this ILogger log, Exception e, long fileId, string errorReference);
}
