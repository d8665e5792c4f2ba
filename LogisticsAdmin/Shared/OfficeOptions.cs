namespace LogisticsAdmin.Shared;

/// <summary>Settings of the office itself.</summary>
public sealed class OfficeOptions
{
    /// <summary>IANA name of the zone in which the office's days and months are counted.</summary>
    public string TimeZone { get; set; } = "Asia/Shanghai";
}
