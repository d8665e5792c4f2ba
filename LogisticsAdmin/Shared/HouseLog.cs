using Microsoft.Extensions.Logging.Console;

namespace LogisticsAdmin.Shared;

public static class HouseLog
{
    /// <summary>One JSON object a line in Production, for machines; one plain line in Development. Messages carry ids, never names or phones.</summary>
    public static void WriteToConsole(this ILoggingBuilder logging, IHostEnvironment environment, bool besideCommandOutput)
    {
        logging.ClearProviders();
        if (environment.IsDevelopment())
        {
            logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "HH:mm:ss ";
            });
        }
        else
        {
            logging.AddJsonConsole(console =>
            {
                console.IncludeScopes = true;
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            });
        }
        if (besideCommandOutput) logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
