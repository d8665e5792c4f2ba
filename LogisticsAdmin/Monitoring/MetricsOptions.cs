namespace LogisticsAdmin.Monitoring;

/// <summary>The settings of section <c>Metrics</c>.</summary>
public sealed class MetricsOptions
{
    /// <summary>What a collector on another machine sends as bearer token; without one only this machine may ask.</summary>
    public string? Token { get; set; }
}
