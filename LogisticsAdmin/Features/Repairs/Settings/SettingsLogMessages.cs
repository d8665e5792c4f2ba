namespace LogisticsAdmin.Features.Repairs.Settings;

internal static partial class SettingsLogMessages
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Settings of repairs: {What} {Id} by person {PersonId}")]
    public static partial void SettingsChanged(this ILogger log, string what, long id, long? personId);
}
