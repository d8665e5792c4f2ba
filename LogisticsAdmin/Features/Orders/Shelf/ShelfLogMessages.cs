namespace LogisticsAdmin.Features.Orders.Shelf;

internal static partial class ShelfLogMessages
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Shelf: {What} {Id} by person {PersonId}")]
    public static partial void ShelfDone(this ILogger log, string what, long id, long? personId);
}
