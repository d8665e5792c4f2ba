namespace LogisticsAdmin.Features.Repairs.Costs;

internal static partial class CostsLogMessages
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Parts list: {What} {Id} by person {PersonId}")]
    public static partial void PartsChanged(this ILogger log, string what, long id, long? personId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Use recorded on ticket {TicketId} by person {PersonId}")]
    public static partial void UseRecorded(this ILogger log, long ticketId, long? personId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Use {UseId} of ticket {TicketId} withdrawn by person {PersonId}")]
    public static partial void UseWithdrawn(this ILogger log, long useId, long ticketId, long? personId);
}
