namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>Never a key, a signature or the text of a message.</summary>
internal static partial class PaymentsLogMessages
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "A message of payment gateway {Gateway} has a wrong signature and is not stored")]
    public static partial void BadSignature(this ILogger log, string gateway);

    [LoggerMessage(Level = LogLevel.Error, Message = "What {Gateway} said about {Request} was not applied; it is tried again")]
    public static partial void NotApplied(this ILogger log, Exception e, string gateway, string request);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Payment gateway {Gateway} says that {Request} was paid, which fits no order: {Outcome}")]
    public static partial void FitsNoOrder(this ILogger log, string gateway, string request, NoticeOutcome outcome);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Payment gateway {Gateway} gave no answer about {Request}: {Problem}")]
    public static partial void NoAnswer(this ILogger log, string gateway, string request, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Payment gateway {Gateway} has not made refund {Request}: {Problem}")]
    public static partial void NotRefunded(this ILogger log, string gateway, string request, string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "{What} {Id} by person {PersonId}")]
    public static partial void MoneyChanged(this ILogger log, string what, long id, long? personId);
}
