namespace LogisticsAdmin.Features.Outbox.Robots;

/// <summary>Whether a robot tells anything.</summary>
public enum RobotState
{
    Enabled = 1,

    /// <summary>Set up, and silent for the time being.</summary>
    Paused = 2,
    Retired = 3,
}
