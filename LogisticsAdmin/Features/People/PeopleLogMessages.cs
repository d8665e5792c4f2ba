namespace LogisticsAdmin.Features.People;

internal static partial class PeopleLogMessages
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Person {PersonId}: {What} by {ActorId}")]
    public static partial void Changed(this ILogger log, string what, long personId, long? actorId);

    [LoggerMessage(Level = LogLevel.Information, Message = "{What} by {ActorId}: {Done} done, {Refused} refused, {Left} left")]
    public static partial void ChangedMany(this ILogger log, string what, long? actorId, int done, int refused, int left);

    [LoggerMessage(Level = LogLevel.Error, Message = "{What} failed for {People} people")]
    public static partial void ChangingFailed(this ILogger log, Exception e, string what, int people);
}
