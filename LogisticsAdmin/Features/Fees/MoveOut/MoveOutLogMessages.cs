namespace LogisticsAdmin.Features.Fees.MoveOut;

internal static partial class MoveOutLogMessages
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Move-out statement {Id} was settled by {Person}")]
    public static partial void StatementSettled(this ILogger log, long id, long? person);
}
