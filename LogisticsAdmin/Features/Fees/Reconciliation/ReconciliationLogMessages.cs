namespace LogisticsAdmin.Features.Fees.Reconciliation;

internal static partial class ReconciliationLogMessages
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Payment gateway {Gateway} gave no statement of {Day}: {Problem}")]
    public static partial void NoStatement(this ILogger log, string gateway, DateOnly day, string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "The statement of {Gateway} of {Day} has {Lines} lines; {Differences} new differences")]
    public static partial void Reconciled(this ILogger log, string gateway, DateOnly day, int lines, int differences);

    [LoggerMessage(Level = LogLevel.Information, Message = "Difference {Id} settled by {Way} of person {PersonId}")]
    public static partial void Settled(this ILogger log, long id, SettleWay way, long? personId);
}
