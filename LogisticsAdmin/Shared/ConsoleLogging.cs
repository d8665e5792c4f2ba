using Microsoft.Extensions.Logging.Console;

namespace LogisticsAdmin.Shared;

public static class ConsoleLogging
{
    /// <summary>
    /// Logs one JSON object per line in Production and one plain line in Development. Messages carry ids, never names or phone numbers.
    /// Until <paramref name="hasStarted"/>, what the framework writes about a failed start is left out: the app says it in one sentence.
    /// </summary>
    public static void WriteToConsole(this ILoggingBuilder logging, IHostEnvironment environment, bool besideCommandOutput, Func<bool> hasStarted)
    {
        logging.ClearProviders();
        foreach (var reporter in new[] { "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.Extensions.Hosting.Internal.Host" })
            logging.AddFilter(reporter, level => hasStarted() && level >= LogLevel.Warning);
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
