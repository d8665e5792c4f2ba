namespace LogisticsAdmin.Features.Repairs.Crews;

internal static partial class CrewsLogMessages
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Absence {AbsenceId} of person {PersonId} {What} by person {ActorId}")]
    public static partial void AbsenceChanged(this ILogger log, string what, long absenceId, long personId, long? actorId);
}
