using LogisticsAdmin.Features.Repairs.Tickets;

namespace LogisticsAdmin.Features.Repairs.Work;

internal static partial class RepairsLogMessages
{
    [LoggerMessage(Level = LogLevel.Information, Message = "{Verb} on ticket {TicketId} by person {PersonId}")]
    public static partial void Performed(this ILogger log, RepairVerb verb, long ticketId, long? personId);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Passed} tickets passed a limit or a step, {Verified} were verified by themselves")]
    public static partial void Ticked(this ILogger log, int passed, int verified);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Tickets} of {Open} open tickets have other deadlines after a change of calendar or levels")]
    public static partial void DeadlinesRecalculated(this ILogger log, int tickets, int open);

    [LoggerMessage(Level = LogLevel.Information, Message = "Log {Source}: {Read} read, {Imported} imported, {AlreadyThere} already there, {Rejected} rejected")]
    public static partial void LogImported(this ILogger log, string source, int read, int imported, int alreadyThere, int rejected);

    [LoggerMessage(Level = LogLevel.Information, Message = "Bulk {Verb} by person {PersonId}: {Done} done, {Refused} refused, {Left} left out")]
    public static partial void BulkPerformed(this ILogger log, RepairVerb verb, long? personId, int done, int refused, int left);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "A batch of {Tickets} tickets failed at bulk {Verb}; the others go on, and the person was given error reference {ErrorReference}")]
    public static partial void BulkFailed(this ILogger log, Exception e, RepairVerb verb, int tickets, string errorReference);

    [LoggerMessage(Level = LogLevel.Information, Message = "Change set {ChangeSetId} undone by person {PersonId}: {Done} tickets, {Refused} refused")]
    public static partial void Undone(this ILogger log, long changeSetId, long? personId, int done, int refused);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Sets} old change sets were swept")]
    public static partial void ChangeSetsSwept(this ILogger log, int sets);
}
