namespace LogisticsAdmin.Features.Outbox;

/// <summary>Never an address, a name or a secret.</summary>
internal static partial class OutboxLogMessages
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Messages} messages were being sent when the app ended; whether they arrived is unknown")]
    public static partial void BrokenOff(this ILogger log, int messages);

    [LoggerMessage(Level = LogLevel.Information, Message = "Outbox {Channel}: {Messages} messages are {State}")]
    public static partial void Recorded(this ILogger log, string channel, OutboxState state, int messages);

    [LoggerMessage(Level = LogLevel.Error, Message = "Outbox {Channel} can't reach its server, and pauses: {Error}")]
    public static partial void ChannelDown(this ILogger log, string channel, string? error);

    [LoggerMessage(Level = LogLevel.Error, Message = "Message {Id} of outbox {Channel} failed unexpectedly")]
    public static partial void SendingFailed(this ILogger log, Exception e, string channel, long id);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Messages} old messages were removed from the outbox")]
    public static partial void Swept(this ILogger log, int messages);

    [LoggerMessage(Level = LogLevel.Information, Message = "Dead letters {Decision} by person {PersonId}: {Messages}")]
    public static partial void Decided(this ILogger log, OutboxDecision decision, long? personId, int messages);

    [LoggerMessage(Level = LogLevel.Information, Message = "Robot {RobotId} {What} by person {PersonId}")]
    public static partial void RobotChanged(this ILogger log, string what, long robotId, long? personId);
}
