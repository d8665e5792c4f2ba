namespace LogisticsAdmin.Features.Imports;

internal static partial class ImportsLogMessages
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Import batch {BatchId} of {Kind} by {ActorId}")]
    public static partial void Imported(this ILogger log, string kind, long batchId, long? actorId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Import batch {BatchId} was undone by {ActorId}; {LeftAlone} things were left alone")]
    public static partial void Undone(this ILogger log, long batchId, int leftAlone, long? actorId);
}
