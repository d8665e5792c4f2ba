namespace LogisticsAdmin.Features.Orders.Ordering;

internal static partial class OrdersLogMessages
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Order {OrderId}: {Verb} by person {PersonId}")]
    public static partial void OrderDone(this ILogger log, long orderId, OrderVerb verb, long? personId);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Expired} unpaid orders ended, {Missed} orders were not picked up")]
    public static partial void OrdersEnded(this ILogger log, int expired, int missed);
}
