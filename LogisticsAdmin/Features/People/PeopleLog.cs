namespace LogisticsAdmin.Features.People;

internal static partial class PeopleLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Person {PersonId}: {What} by {ActorId}")]
    public static partial void Changed(this ILogger log, string what, long personId, long? actorId);
}
