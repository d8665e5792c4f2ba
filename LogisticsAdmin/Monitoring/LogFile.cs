using LogisticsAdmin.Shared;
using Serilog;
using Serilog.Formatting.Compact;

namespace LogisticsAdmin.Monitoring;

public static class LogFile
{
    /// <summary>
    /// Also writes the log to files, when a folder for them is set: one JSON object per line, <c>logistics-20261126.json</c>. Throws when the
    /// folder can't be written, because the file writer itself would be silent about it.
    /// </summary>
    public static void WriteToFile(this ILoggingBuilder logging, IConfiguration configuration)
    {
        var options = configuration.GetSection("LogFile").Get<LogFileOptions>() ?? new LogFileOptions();
        if (string.IsNullOrWhiteSpace(options.Directory)) return;
        if (!Path.IsPathFullyQualified(options.Directory) || options.Files < 1 || options.Megabytes < 1)
        {
            throw new StartupProblem(
                "LogFile:Directory must be an absolute path, and LogFile:Files and LogFile:Megabytes at least 1. Correct appsettings.json or the "
                + "environment. 日志目录须为绝对路径，文件个数和大小至少为 1，请更正 LogFile 设置。");
        }
        Directory.CreateDirectory(options.Directory);
        using (new FileStream(Path.Combine(options.Directory, ".probe.tmp"), FileMode.Create, FileAccess.Write, FileShare.Read, 1, FileOptions.DeleteOnClose))
        {
        }
        logging.AddSerilog(
            new LoggerConfiguration()
                .MinimumLevel.Verbose()
                .WriteTo.File(
                    new CompactJsonFormatter(), Path.Combine(options.Directory, "logistics-.json"), rollingInterval: RollingInterval.Day,
                    fileSizeLimitBytes: options.Megabytes * 1024L * 1024, rollOnFileSizeLimit: true, retainedFileCountLimit: options.Files)
                .CreateLogger(),
            dispose: true);
    }
}
