namespace LogisticsAdmin.Features.Reports.Files;

internal static partial class FilesLogMessages
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The report file {FileId} could not be written; people were shown the number {ErrorReference}")]
    public static partial void FileFailed(this ILogger log, Exception e, long fileId, string errorReference);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The state of the report file {FileId} could not be stored; it is written again soon")]
    public static partial void FileWaits(this ILogger log, Exception e, long fileId);
}
