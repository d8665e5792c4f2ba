namespace LogisticsAdmin.Features.Outbox.Robots;

/// <summary>The settings of section <c>Robots</c>.</summary>
public sealed class RobotOptions
{
    /// <summary>
    /// Where robots may be besides the two providers, such as <c>https://robots.example.edu</c>: scheme, host and port. An administrator can't make
    /// the app send to any other machine.
    /// </summary>
    public IList<string> AllowedOrigins { get; set; } = [];
}
