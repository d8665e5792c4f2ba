namespace LogisticsAdmin.Features.Onboarding.Seasons;

internal static partial class SeasonsLogMessages
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Check-in season {SeasonId}: {What} {Id} by person {PersonId}")]
    public static partial void SeasonDone(this ILogger log, string what, long seasonId, long id, long? personId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Check-in seasons: {Freed} holds ended, {Enrolled} students enrolled")]
    public static partial void SeasonRan(this ILogger log, int freed, int enrolled);
}
