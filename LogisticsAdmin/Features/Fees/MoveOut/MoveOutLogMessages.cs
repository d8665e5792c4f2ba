namespace LogisticsAdmin.Features.Fees.MoveOut;

internal static partial class MoveOutLogMessages
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Move-out statement {Id} was settled by {Person}")]
    public static partial void StatementSettled(this ILogger log, long id, long? person);

    [LoggerMessage(Level = LogLevel.Information, Message = "Reversal {Id} of a move-out statement was {What} by {Person}")]
    public static partial void ReversalChanged(this ILogger log, string what, long id, long? person);
}
