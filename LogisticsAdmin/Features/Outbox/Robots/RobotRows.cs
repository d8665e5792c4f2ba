namespace LogisticsAdmin.Features.Outbox.Robots;

/// <summary>A robot without its address and secret. <paramref name="Host"/> is the host of the address.</summary>
public sealed record RobotRow(
    long Id, long Version, string Name, RobotProvider Provider, string Host, bool HasSecret, string Language, bool IsEnabled, bool ForEmergencies,
    bool ForOverdue, bool ForUrgentNotices, DateTimeOffset? RetiredAt, DateTimeOffset? LastSentAt, int Waiting, int Dead)
{
    public RobotState State => RetiredAt is not null ? RobotState.Retired : IsEnabled ? RobotState.Enabled : RobotState.Paused;
}
