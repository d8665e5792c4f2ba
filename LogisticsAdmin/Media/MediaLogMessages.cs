namespace LogisticsAdmin.Media;

internal static partial class MediaLogMessages
{
    [LoggerMessage(Level = LogLevel.Information, Message = "{Drafts} uploads that were not used were swept")]
    public static partial void DraftsSwept(this ILogger log, int drafts);

    [LoggerMessage(Level = LogLevel.Information, Message = "Files of {Pictures} pictures without a row were swept")]
    public static partial void FilesSwept(this ILogger log, int pictures);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Files} attachments without a row were swept")]
    public static partial void AttachmentsSwept(this ILogger log, int files);
}
