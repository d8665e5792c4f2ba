namespace LogisticsAdmin.Features.News.Columns;

internal static partial class NewsSettingsLogMessages
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Settings of news: {What} {Id} by person {PersonId}")]
    public static partial void SettingsChanged(this ILogger log, string what, long id, long? personId);
}
