namespace LogisticsAdmin.Monitoring;

/// <summary>The settings of section <c>LogFile</c>.</summary>
public sealed class LogFileOptions
{
    /// <summary>The absolute path of the folder for log files; empty: no files are written.</summary>
    public string Directory { get; set; } = "";

    /// <summary>How many files are kept; there is one a day, and a further one when a file is full.</summary>
    public int Files { get; set; } = 31;

    /// <summary>The size at which a file is full.</summary>
    public int Megabytes { get; set; } = 100;
}
