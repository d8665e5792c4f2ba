namespace LogisticsAdmin.Features.Repairs;

internal static partial class RepairsLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "{Verb} on ticket {TicketId} by person {PersonId}")]
    public static partial void Performed(this ILogger log, RepairVerb verb, long ticketId, long? personId);

    [LoggerMessage(Level = LogLevel.Error, Message = "The ticket tick failed; it runs again in {Seconds} s")]
    public static partial void TickFailed(this ILogger log, Exception e, int seconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Overdue} tickets became overdue, {Verified} were verified by themselves")]
    public static partial void Ticked(this ILogger log, int overdue, int verified);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Drafts} photo drafts were swept")]
    public static partial void DraftsSwept(this ILogger log, int drafts);

    [LoggerMessage(Level = LogLevel.Information, Message = "Files of {Photos} photos without a row were swept")]
    public static partial void FilesSwept(this ILogger log, int photos);

    [LoggerMessage(Level = LogLevel.Error, Message = "Sweeping photo drafts failed; it is tried again later")]
    public static partial void SweepFailed(this ILogger log, Exception e);

    [LoggerMessage(Level = LogLevel.Information, Message = "Log {Source}: {Read} read, {Imported} imported, {AlreadyThere} already there, {Rejected} rejected")]
    public static partial void LogImported(this ILogger log, string source, int read, int imported, int alreadyThere, int rejected);
}
